import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DomainEvent } from '../../../domain/events.js';
import type { SubscribeOptions, SubscriptionBatch } from '../../../ports/event-store.js';
import type { DurablePosition } from './durable-position.js';
import type { LogReader, LogStretch } from './log-reader.js';
import { OverdueReport } from '../../../primitives/overdue-report.js';
import type { Follower, RecentEvents } from './recent-events.js';

const DEFAULT_BATCH = 512;
/** A live reader is told of events that its filter left out after this time, or after this many events. */
const UNREPORTED_MS = 100;
const UNREPORTED = 4_096;

export interface SubscriptionSource {
  readonly durable: DurablePosition;
  readonly reader: LogReader;
  readonly recent: RecentEvents;
}

/** Catches up, then follows. Holds nothing but its position while the reader is busy with a batch. */
export async function* subscription(
  source: SubscriptionSource,
  { after, batchSize = DEFAULT_BATCH, categories, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
  const { durable, reader, recent } = source;
  const wanted = categories === undefined ? undefined : new Set(categories);
  const follower: Follower = { position: Number(after) };
  let live = false;

  const fromRecent = (until: number): LogStretch | undefined => {
    const end = Math.min(until, follower.position + batchSize);
    const events = recent.between(follower.position, end, wanted);
    return events && { events, position: end };
  };

  let reported = follower.position;
  const wake = (): void => durable.wake();
  const overdue = new OverdueReport(UNREPORTED_MS, wake);
  signal.addEventListener('abort', wake);
  recent.join(follower);
  try {
    while (!signal.aborted && !durable.closed) {
      const until = durable.value;
      if (follower.position >= until) {
        const isReported = follower.position === reported;
        if (live && (isReported || !overdue.isDue())) await durable.change();
        else yield { events: [], position: BigInt((reported = follower.position)), live: (live = true) };
        continue;
      }
      let stretch = fromRecent(until);
      if (stretch === undefined) {
        // A long replay must leave the process time for its other work.
        await nextTurn();
        if (durable.closed) return;
        stretch = reader.stretch(follower.position, until, batchSize, categories);
      }
      follower.position = stretch.position;
      if (live && stretch.events.length === 0 && follower.position - reported < UNREPORTED) continue;
      live = follower.position >= durable.value;
      reported = follower.position;
      yield { events: stretch.events, position: BigInt(follower.position), live };
    }
  } finally {
    recent.leave(follower);
    overdue.stop();
    signal.removeEventListener('abort', wake);
  }
}
