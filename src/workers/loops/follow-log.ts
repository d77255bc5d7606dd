import type { DomainEvent } from '../../domain/events.js';
import type { Checkpoints } from '../../ports/checkpoints.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, RecordedEvent } from '../../ports/event-store.js';
import { CoalescedCheckpoint } from '../../primitives/coalesced-checkpoint.js';
import type { DoneCommands } from './past-commands.js';
import { retrying } from '../../primitives/retrying.js';

export interface LogFollower {
  /** Durable: a follower of this name goes on where it stopped. */
  readonly name: string;
  /** Absent: all. */
  readonly categories?: readonly string[];
  /** Called with events in log order, at least once each: must be idempotent. A throw is tried again, after a while. */
  readonly handle: (events: readonly RecordedEvent<DomainEvent>[], signal: AbortSignal) => Promise<void>;
}

export interface FollowLogServices {
  readonly store: EventStore<DomainEvent>;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly onFailure: (follower: string, error: unknown, retryInMs: number) => void;
  /** Absent: nothing is known to be done, the store is asked. */
  readonly past?: DoneCommands;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;

/** Follows the log until the signal aborts: handle, then checkpoint, which is written while the next events are handled. Nothing is skipped, whatever fails. */
export const followLog = async (services: FollowLogServices, follower: LogFollower, signal: AbortSignal): Promise<void> => {
  const { store, checkpoints, clock, onFailure } = services;
  const { name, handle } = follower;
  const filter = follower.categories === undefined ? {} : { categories: follower.categories };
  const follow = async (progressed: () => void): Promise<void> => {
    let reached = await checkpoints.get(name);
    const checkpoint = new CoalescedCheckpoint(checkpoints, name, () => reached);
    try {
      for await (const { events, position } of store.subscribe({ after: reached, ...filter, signal: AbortSignal.any([signal, checkpoint.failed]) })) {
        if (events.length > 0) await handle(events, signal);
        if (signal.aborted) return;
        reached = position;
        // A crash repeats what was handled after the last write.
        checkpoint.saveBehind();
        progressed();
      }
    } finally {
      await checkpoint.save().catch(() => undefined);
    }
    checkpoint.failed.throwIfAborted();
    if (!signal.aborted) throw new Error('the subscription ended');
  };
  const failed = (error: unknown, retryInMs: number): void => onFailure(name, error, retryInMs);
  await retrying({ clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure: failed }, follow);
};
