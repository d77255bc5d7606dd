import type { Clock } from '../../src/ports/clock.js';

interface Wait {
  readonly time: number;
  readonly resolve: () => void;
}

/** Time stands still until a test moves it. Waits that have become due are resolved in the order of their times. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waits = new Set<Wait>();
  readonly #watchers = new Set<() => void>();

  constructor(start: string | Date = '2026-03-01T12:00:00.000Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  set(time: string | Date): void {
    this.#now = new Date(time).getTime();
    const due = [...this.#waits].filter((wait) => wait.time <= this.#now).sort((a, b) => a.time - b.time);
    for (const wait of due) wait.resolve();
  }

  advance(milliseconds: number): void {
    this.set(new Date(this.#now + milliseconds));
  }

  /** When the next wait is due; undefined when nobody waits. */
  get nextDue(): Date | undefined {
    const times = [...this.#waits].map((wait) => wait.time);
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }

  /** Resolves once somebody waits, at the latest until `time` when one is given: then it is safe to advance. */
  async whenWaiting(time?: string | Date): Promise<void> {
    const latest = time === undefined ? Number.POSITIVE_INFINITY : new Date(time).getTime();
    while (![...this.#waits].some((wait) => wait.time <= latest)) {
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  after(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.until(new Date(this.#now + milliseconds), signal);
  }

  until(time: Date, signal: AbortSignal): Promise<void> {
    if (signal.aborted || time.getTime() <= this.#now) return Promise.resolve();
    return new Promise((resolve) => {
      const wait: Wait = {
        time: time.getTime(),
        resolve: () => {
          this.#waits.delete(wait);
          signal.removeEventListener('abort', wait.resolve);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal.addEventListener('abort', wait.resolve);
      for (const notify of this.#watchers) notify();
      this.#watchers.clear();
    });
  }
}
