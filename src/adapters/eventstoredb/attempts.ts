import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreUnavailable } from '../../ports/event-store.js';
import { asUnavailable, isRefusal } from './failures.js';

export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly attemptMs: number;
  /** The limit of all attempts together, counted from the last progress. Infinity: until the signal aborts. */
  readonly giveUpAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { firstDelayMs: 25, longestDelayMs: 2_000, attemptMs: 4_000, giveUpAfterMs: 10_000 };

export class Attempts {
  readonly #policy: RetryPolicy;
  readonly #signal: AbortSignal;
  #delayMs: number;
  #since = performance.now();

  constructor(policy: RetryPolicy, signal: AbortSignal) {
    this.#policy = policy;
    this.#signal = signal;
    this.#delayMs = policy.firstDelayMs;
  }

  get deadlineMs(): number {
    return Math.max(1, Math.min(this.#policy.attemptMs, this.#leftMs));
  }

  progressed(): void {
    this.#delayMs = this.#policy.firstDelayMs;
    this.#since = performance.now();
  }

  /** Waits for the next attempt; rejects with EventStoreUnavailable when there is none. */
  async failed(error: unknown): Promise<void> {
    if (this.#signal.aborted) throw new EventStoreUnavailable('the event store is closed', { cause: error });
    if (isRefusal(error) && this.#policy.giveUpAfterMs !== Infinity) throw asUnavailable(error, 'the event store refused');
    const pauseMs = this.#delayMs * (0.5 + Math.random() / 2);
    if (pauseMs >= this.#leftMs) throw asUnavailable(error, 'the event store is unreachable');
    this.#delayMs = Math.min(this.#delayMs * 2, this.#policy.longestDelayMs);
    // An abort ends the pause; the next attempt then fails at once.
    await delay(pauseMs, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  get #leftMs(): number {
    return this.#policy.giveUpAfterMs - (performance.now() - this.#since);
  }
}
