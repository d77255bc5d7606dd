import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import { recentHead, type EventStore } from '../../ports/event-store.js';
import type { ProjectionProgress } from '../../ports/projection-progress.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { ProjectionName } from '../../projections/index.js';
import { retrying } from '../../primitives/retrying.js';
import { withEither } from '../../primitives/with-either.js';
import type { ProcessTimer } from '../../projections/process-timers/document.js';
import { nextTimers } from '../../projections/process-timers/queries.js';

export interface ProcessTimerServices {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModels;
  readonly progress: ProjectionProgress;
  readonly clock: Clock;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const READS: readonly ProjectionName[] = ['process-timers'];
const BATCH = 200;
const RETRY_MS = 1_000;
/** The longest wait, also with nothing due: a read model that lags must not delay a timer for ever. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Elapses the timers of one process. The read model knows the due ones; the process's own stream decides whether a timer still
 * counts, so a read model that lags or is rebuilt does no harm.
 */
export const runProcessTimers = async (
  services: ProcessTimerServices,
  process: string,
  elapse: (timer: ProcessTimer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  const { store, readModels, progress, clock, onFailure } = services;
  const wakeUp = new WakeUp();
  const watching = watchForEarlierTimers(store, process, wakeUp, signal);
  const elapseDue = async (): Promise<void> => {
    await progress.waitFor(await recentHead(store), 2_000, READS);
    const now = clock.now();
    const timers = await nextTimers(readModels, process, BATCH);
    const due = timers.filter(({ dueAt }) => dueAt <= now.toISOString());
    await Promise.all(due.map(elapse));
    if (due.length > 0) return;
    const latest = now.getTime() + LONGEST_WAIT_MS;
    const next = timers[0] === undefined ? latest : Math.min(Date.parse(timers[0].dueAt), latest);
    await wakeUp.wait(clock, new Date(next), signal);
  };
  const failed = (error: unknown, retryInMs: number): void => onFailure(`timers of ${process}`, error, retryInMs);
  while (!signal.aborted) await retrying({ clock, signal, firstMs: RETRY_MS, onFailure: failed }, elapseDue);
  await watching;
};

/** A wait that ends early when an earlier timer is set. */
class WakeUp {
  #waitingUntil = 0;
  #early: AbortController | undefined;
  #missed: number = Number.POSITIVE_INFINITY;

  set(time: number): void {
    this.#missed = Math.min(this.#missed, time);
    if (time < this.#waitingUntil) this.#early?.abort();
  }

  async wait(clock: Clock, until: Date, signal: AbortSignal): Promise<void> {
    // A timer set while the read model was being read may be missing in its answer.
    const end = Math.min(until.getTime(), Math.max(this.#missed, clock.now().getTime() + 50));
    this.#missed = Number.POSITIVE_INFINITY;
    this.#waitingUntil = end;
    this.#early = new AbortController();
    await withEither(signal, this.#early.signal, (either) => clock.until(new Date(end), either));
    this.#early = undefined;
  }
}

const watchForEarlierTimers = async (
  store: EventStore<DomainEvent>,
  process: string,
  wakeUp: WakeUp,
  signal: AbortSignal,
): Promise<void> => {
  try {
    for await (const { events } of store.subscribe({ after: await recentHead(store), categories: [process], signal })) {
      for (const event of events) {
        if (event.type === 'ProcessAdvanced' && event.data.dueAt !== null) wakeUp.set(Date.parse(event.data.dueAt));
      }
    }
  } catch {
    // The store is away: the wait's own limit looks again.
  }
};
