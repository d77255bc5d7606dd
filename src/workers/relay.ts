import type { DomainEvent } from '../domain/events.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { EventBus } from '../ports/event-bus.js';
import { followLog, type FollowLogServices } from './loops/follow-log.js';

export interface RelayServices extends FollowLogServices {
  readonly bus: EventBus<DomainEvent>;
}

export const RELAY = 'relay';

/** What the bus lost, because its data is gone or was restored from a backup, is published again. */
const asFarAsPublished = (checkpoints: Checkpoints, bus: EventBus<DomainEvent>): Checkpoints => ({
  get: async (name) => {
    const [checkpoint, published] = await Promise.all([checkpoints.get(name), bus.publishedUpTo()]);
    return published < checkpoint ? published : checkpoint;
  },
  set: (name, position) => checkpoints.set(name, position),
});

/**
 * Publishes the log, in order and nothing but the log; the checkpoint follows what the bus has acknowledged. Resetting
 * the checkpoint, or emptying the bus, publishes everything again. Runs until the signal aborts.
 */
export const runRelay = ({ bus, ...services }: RelayServices, signal: AbortSignal): Promise<void> =>
  followLog(
    { ...services, checkpoints: asFarAsPublished(services.checkpoints, bus) },
    { name: RELAY, handle: (events) => bus.publish(events) },
    signal,
  );
