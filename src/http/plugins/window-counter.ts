import { RecentlyUsed } from '../../primitives/recently-used.js';

export interface Limit {
  /** How many count in one window. */
  readonly max: number;
  readonly windowMs: number;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

const KEYS = 20_000;

/** Counts per key in windows that begin with the first of a key. The keys that were not used for longest are forgotten. */
export class WindowCounter {
  readonly #windows: RecentlyUsed<Window>;

  constructor(
    readonly limit: Limit,
    keys = KEYS,
  ) {
    this.#windows = new RecentlyUsed(keys);
  }

  /** Counts one more. Gives 0, or how many milliseconds it is too early: then it is not counted. */
  take(key: string, now: Date): number {
    const time = now.getTime();
    const known = this.#windows.get(key);
    const window = known === undefined || known.endsAt <= time ? { count: 0, endsAt: time + this.limit.windowMs } : known;
    if (window.count >= this.limit.max) return window.endsAt - time;
    window.count += 1;
    if (window !== known) this.#windows.set(key, window);
    return 0;
  }

  /** One of those that were counted does not count after all. */
  giveBack(key: string): void {
    const window = this.#windows.get(key);
    if (window !== undefined && window.count > 0) window.count -= 1;
  }
}
