import { CacheShare } from '../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';

export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Of a window with its key. */
const ENTRY_BYTES = 160;

/** Counts per key in windows that begin with the key's first request. Forgets the keys that were not used for longest. */
export class WindowCounter {
  readonly #windows: RecentlyUsed<Window>;

  /** `cache`: what all counters together may take in memory. */
  constructor(
    readonly limit: Limit,
    cache = new CacheShare(),
  ) {
    const capacity = cache.join(() => this.#windows.weight);
    this.#windows = new RecentlyUsed(capacity, (_, key) => ENTRY_BYTES + key.length);
  }

  /** Counts one more, or as many, and gives 0; once the limit is reached it counts nothing and gives the milliseconds to wait. */
  take(key: string, now: Date, many = 1): number {
    const time = now.getTime();
    const known = this.#windows.get(key);
    const window = known === undefined || known.endsAt <= time ? { count: 0, endsAt: time + this.limit.windowMs } : known;
    if (window.count >= this.limit.max) return window.endsAt - time;
    window.count += many;
    if (window !== known) this.#windows.set(key, window);
    return 0;
  }

  giveBack(key: string): void {
    const window = this.#windows.get(key);
    if (window !== undefined && window.count > 0) window.count -= 1;
  }
}
