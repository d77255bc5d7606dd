import { reject } from '../../domain/kernel/decider.js';
import { recordIdFor, scopeOf, streamIdOf } from '../../domain/record/record-place.js';
import type { AnyResource, FieldsOf } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { ruleOf } from '../access/record-rules.js';
import { streamFacts } from '../access/stream-facts.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { RecordUseRejection } from './record-access.js';
import { cascading, missingReference } from './references.js';

export interface CreateRecordInput<R extends AnyResource> {
  readonly actor: Actor;
  /** Absent: the actor. */
  readonly ownerId?: string;
  /** Set where another thing gives the record its id. */
  readonly recordId?: string;
  readonly fields: FieldsOf<R>;
}

type Created = Outcome<{ readonly recordId: string }, RecordUseRejection>;

/**
 * Creates a record. References are looked up before and after: an accepted record is in the log before the end of what it refers
 * to; one that came too late is deleted again and refused.
 */
export const createRecord =
  <R extends AnyResource>(resource: R) =>
  (services: CommandServices) =>
  async (input: CreateRecordInput<R>, context: CommandContext): Promise<Created> => {
    const { actor, ownerId = actor.accountId, fields } = input;
    const { handler, clock } = services;
    const values = { ownerId, fields };
    const recordId = recordIdFor(resource, fields, input.recordId ?? uuidV5(resource.category, context.commandId));
    const streamId = streamIdOf(recordId, scopeOf(resource, values));
    const acting = { recordId, actorId: context.actorId, at: clock.now().toISOString() };
    const takeBack = () =>
      handler.handle(resource, streamId, { type: 'DeleteRecord', data: acting }, derivedContext(context, 'take-back'));

    const isRepeat = (await handler.load(resource, streamId)).commands.has(context.commandId);
    // A reference that has ended since the first attempt ends the record only where it cascades.
    const names = isRepeat ? cascading(resource) : Object.keys(resource.references);
    const missing = await missingReference(services, resource, values, names);
    if (missing !== undefined) {
      // The first attempt may have died between the record and the second look.
      if (isRepeat) await takeBack();
      return missing;
    }
    const may = isRepeat || (await ruleOf(resource, 'create').holds(actor, values, streamFacts(services)));
    if (!may) return reject('record-not-permitted');
    const command = { type: 'CreateRecord', data: { ...acting, ownerId, fields } } as const;
    const created = await handler.handle(resource, streamId, command, context);
    if (!created.ok) return created;
    const ended = await missingReference(services, resource, values, names);
    if (ended === undefined) return succeeded({ recordId }, created);
    await takeBack();
    return ended;
  };
