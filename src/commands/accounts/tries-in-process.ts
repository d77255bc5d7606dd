import { CacheShare } from '../../primitives/cache-budget.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';

/** Of a turn with its key. */
const ENTRY_BYTES = 160;

/** What one process knows of password tries beside the log: those under way, and the turns that networks have used. */
export class TriesInProcess {
  readonly #underWay = new Map<string, number>();
  readonly #turns: RecentlyUsed<number>;

  constructor(cache = new CacheShare()) {
    const capacity = cache.join(() => this.#turns.weight);
    this.#turns = new RecentlyUsed(capacity, (_, key) => ENTRY_BYTES + key.length);
  }

  underWay(triesId: string): number {
    return this.#underWay.get(triesId) ?? 0;
  }

  /** Counts the try as under way until it is recorded: tries side by side can't all be the first. */
  async during<Result>(triesId: string, step: () => Promise<Result>): Promise<Result> {
    this.#underWay.set(triesId, this.underWay(triesId) + 1);
    try {
      return await step();
    } finally {
      const left = this.underWay(triesId) - 1;
      if (left === 0) this.#underWay.delete(triesId);
      else this.#underWay.set(triesId, left);
    }
  }

  /** False: the network has had its try in this turn. */
  takeTurn(triesId: string, network: string, turn: number): boolean {
    const key = `${triesId} ${network}`;
    if (this.#turns.get(key) === turn) return false;
    this.#turns.set(key, turn);
    return true;
  }
}
