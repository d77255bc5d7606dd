import type { Clock } from '../../ports/clock.js';
import type { Position } from '../../ports/event-store.js';

interface Waiter {
  readonly position: Position;
  readonly deadline: number;
  readonly resolve: (passed: boolean) => void;
}

/** Those who wait for a position to be projected: resolved in one go as it passes, with one timer for all of them. */
export class PositionWaiters {
  readonly #clock: Clock;
  /** By position. */
  #waiting: Waiter[] = [];
  #sleep: { readonly until: number; readonly controller: AbortController } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  wait(position: Position, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const deadline = this.#clock.now().getTime() + timeoutMs;
      let place = this.#waiting.length;
      while (place > 0 && (this.#waiting[place - 1]?.position ?? 0n) > position) place -= 1;
      this.#waiting.splice(place, 0, { position, deadline, resolve });
      if (this.#sleep === undefined) void this.#expire();
      else if (deadline < this.#sleep.until) this.#sleep.controller.abort();
    });
  }

  /** Everything up to this position is projected; `complete` is false when a stopped projection lacks it. */
  pass(position: Position, complete: boolean): void {
    let count = 0;
    while (count < this.#waiting.length && (this.#waiting[count]?.position ?? 0n) <= position) count += 1;
    if (count === 0) return;
    // The timer is left to run out: to end and start one for each commit costs more than the waiting.
    for (const { resolve } of this.#waiting.splice(0, count)) resolve(complete);
  }

  /** Nobody will project any more. */
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
