import { streamIdOf } from '../../domain/record/record-place.js';
import type { AnyResource } from '../../domain/record/resource.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { writableRecord, type RecordTarget, type RecordUseRejection } from './record-access.js';

export const deleteRecord =
  (resource: AnyResource) =>
  (services: CommandServices) =>
  async (target: RecordTarget, context: CommandContext): Promise<Outcome<null, RecordUseRejection>> => {
    const { recordId, scope } = target;
    const writable = await writableRecord(services, resource, target, context);
    if (!writable.ok) return writable;
    const data = { recordId, actorId: context.actorId, at: services.clock.now().toISOString() };
    const deleted = await services.handler.handle(resource, streamIdOf(recordId, scope), { type: 'DeleteRecord', data }, context);
    return done(deleted, null);
  };
