import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { RecordRejection } from '../../domain/record/decider.js';
import { streamIdOf } from '../../domain/record/record-place.js';
import type { RecordEntry } from '../../domain/record/record-book.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { Actor } from '../actor.js';
import { ruleOf } from '../access/record-rules.js';
import { streamFacts } from '../access/stream-facts.js';
import type { CommandContext } from '../context.js';
import type { CommandServices } from '../services.js';
import { cascading, missingReference } from './references.js';

export type RecordUseRejection = RecordRejection | 'record-reference-missing' | 'record-not-permitted';

export interface RecordTarget {
  readonly recordId: string;
  /** The value that all records of the stream share; null where a record has a stream of its own. */
  readonly scope: string | null;
  readonly actor: Actor;
}

type Found =
  | Readonly<{ ok: true; entry: RecordEntry; isRepeat: boolean }>
  | Refusal<'record-not-found' | 'record-not-permitted'>;

/** The record, if this account may write it; not found, if the account may not even see it. */
export const writableRecord = async (
  services: CommandServices,
  resource: AnyResource,
  { recordId, scope, actor }: RecordTarget,
  { commandId }: CommandContext,
): Promise<Found> => {
  const { state, commands } = await services.handler.load(resource, streamIdOf(recordId, scope));
  const entry = state.records.get(recordId);
  const notFound = reject('record-not-found', { recordId });
  if (entry === undefined) return notFound;
  const facts = streamFacts(services);
  const mayWrite = await ruleOf(resource, 'write').holds(actor, entry, facts);
  if (!mayWrite) return (await ruleOf(resource, 'read').holds(actor, entry, facts)) ? reject('record-not-permitted') : notFound;
  const isGone = (await missingReference(services, resource, entry, cascading(resource))) !== undefined;
  return isGone ? notFound : { ok: true, entry, isRepeat: commands.has(commandId) };
};
