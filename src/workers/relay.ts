import type { DomainEvent } from '../domain/events.js';
import type { Checkpoints } from '../ports/checkpoints.js';
import type { EventBus } from '../ports/event-bus.js';
import { followLog, type FollowLogServices } from './loops/follow-log.js';

export interface RelayServices extends FollowLogServices {
  readonly bus: EventBus<DomainEvent>;
}

export const RELAY = 'relay';

/** Republishes events that the bus lost with its data, or that a restored backup lacks. */
const asFarAsPublished = (checkpoints: Checkpoints, bus: EventBus<DomainEvent>): Checkpoints => ({
  get: async (name) => {
    const [checkpoint, published] = await Promise.all([checkpoints.get(name), bus.publishedUpTo()]);
    return published < checkpoint ? published : checkpoint;
  },
  set: (name, position) => checkpoints.set(name, position),
});

/**
 * Publishes the log in order; the checkpoint follows the bus's acknowledgements. A reset checkpoint, or an emptied bus,
 * republishes everything. Runs until the signal aborts.
 */
export const runRelay = ({ bus, ...services }: RelayServices, signal: AbortSignal): Promise<void> =>
  followLog(
    { ...services, checkpoints: asFarAsPublished(services.checkpoints, bus) },
    { name: RELAY, handle: (events) => bus.publish(events) },
    signal,
  );
