import { streamIdOf } from '../../domain/record/record-place.js';
import type { AnyResource } from '../../domain/record/resource.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { writableRecord, type RecordTarget, type RecordUseRejection } from './record-access.js';
import { missingReference } from './references.js';

/** Restores a deleted record if its unique values are free, there is room and its references exist. */
export const restoreRecord =
  (resource: AnyResource) =>
  (services: CommandServices) =>
  async (target: RecordTarget, context: CommandContext): Promise<Outcome<null, RecordUseRejection>> => {
    const { recordId, scope } = target;
    const writable = await writableRecord(services, resource, target, context);
    if (!writable.ok) return writable;
    const { entry, isRepeat } = writable;
    const names = isRepeat ? [] : Object.keys(resource.references);
    const missing = await missingReference(services, resource, entry, names);
    if (missing !== undefined) return missing;
    const data = { recordId, actorId: context.actorId, at: services.clock.now().toISOString() };
    const streamId = streamIdOf(recordId, scope);
    const restored = await services.handler.handle(resource, streamId, { type: 'RestoreRecord', data }, context);
    if (!restored.ok) return restored;
    const ended = await missingReference(services, resource, entry, names);
    if (ended === undefined) return succeeded(null, restored);
    if (entry.status === 'deleted') {
      await services.handler.handle(resource, streamId, { type: 'DeleteRecord', data }, derivedContext(context, 'take-back'));
    }
    return ended;
  };
