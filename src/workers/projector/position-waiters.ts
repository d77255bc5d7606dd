import type { Clock } from '../../ports/clock.js';
import type { Position } from '../../ports/event-store.js';

interface Waiter {
  readonly position: Position;
  readonly projections: readonly string[];
  readonly deadline: number;
  readonly resolve: (passed: boolean) => void;
}

/** True when these projections have passed the position; undefined while it is unknown. */
export type HasPassed = (position: Position, projections: readonly string[]) => boolean | undefined;

/** Callers that wait for projections to pass a position, with one timer for all of them. */
export class PositionWaiters {
  readonly #clock: Clock;
  #waiting: Waiter[] = [];
  #sleep: { readonly until: number; readonly controller: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  wait(position: Position, timeoutMs: number, projections: readonly string[]): Promise<boolean> {
    return new Promise((resolve) => {
      const deadline = this.#clock.now().getTime() + timeoutMs;
      let place = this.#waiting.length;
      while (place > 0 && (this.#waiting[place - 1]?.position ?? 0n) > position) place -= 1;
      this.#waiting.splice(place, 0, { position, projections, deadline, resolve });
      if (this.#sleep === undefined) void this.#expire();
      else if (deadline < this.#sleep.until) this.#sleep.controller.abort();
    });
  }

  /** Resolves the waiters for positions up to `reached` (absent: all) whose answer is known now. */
  release(hasPassed: HasPassed, reached?: Position): void {
    const unknown: Waiter[] = [];
    let count = 0;
    for (const waiter of this.#waiting) {
      if (reached !== undefined && waiter.position > reached) break;
      count += 1;
      const passed = hasPassed(waiter.position, waiter.projections);
      if (passed === undefined) unknown.push(waiter);
      else waiter.resolve(passed);
    }
    // The timer runs out by itself: ending and starting one for each commit costs more than the waiting.
    if (unknown.length < count) this.#waiting.splice(0, count, ...unknown);
  }

  giveUp(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve(false);
    this.#sleep?.controller.abort();
  }

  async #expire(): Promise<void> {
    while (this.#waiting.length > 0) {
      const until = this.#waiting.reduce((earliest, { deadline }) => Math.min(earliest, deadline), Infinity);
      this.#sleep = { until, controller: new AbortController() };
      await this.#clock.until(new Date(until), this.#sleep.controller.signal);
      const now = this.#clock.now().getTime();
      const expired = this.#waiting.filter(({ deadline }) => deadline <= now);
      this.#waiting = this.#waiting.filter(({ deadline }) => deadline > now);
      for (const { resolve } of expired) resolve(false);
    }
    this.#sleep = undefined;
  }
}
