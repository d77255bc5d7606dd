import type { LogEnvironment } from './log-environment.js';
import { categoryOf } from './stored-event.js';

const OFFSET_BYTES = 4;
const WINDOW_GROWTH = 4;

/** Maps categories to positions: one entry per category and transaction, with all its positions in that transaction. */
export class CategoryIndex {
  readonly #environment: LogEnvironment;

  constructor(environment: LogEnvironment) {
    this.#environment = environment;
  }

  /** Call within a batch of writes. `streams`: of the events from this position on, one after another. */
  add(firstPosition: number, streams: readonly string[]): void {
    const positions = new Map<string, number[]>();
    streams.forEach((stream, index) => {
      const category = categoryOf(stream);
      const known = positions.get(category);
      if (known === undefined) positions.set(category, [firstPosition + index]);
      else known.push(firstPosition + index);
    });
    for (const [category, found] of positions) this.#put(category, found);
  }

  /** The first positions, in order, that lie in one of the categories, after `after` and up to `until`. */
  positions(categories: readonly string[], after: number, until: number, limit: number): readonly number[] {
    const wanted = [...new Set(categories)];
    const [only] = wanted;
    if (wanted.length === 1 && only !== undefined) return this.#ofCategory(only, after, until, limit);
    const found: number[] = [];
    // Windows keep it short: `limit` positions of each category would be far more than are needed.
    for (let from = after, width = limit; found.length < limit && from < until; from += width, width *= WINDOW_GROWTH) {
      const end = Math.min(until, from + width);
      const inWindow = wanted.flatMap((category) => this.#ofCategory(category, from, end, limit));
      found.push(...inWindow.sort((a, b) => a - b));
    }
    return found.slice(0, limit);
  }

  #put(category: string, positions: readonly number[]): void {
    const first = positions[0] ?? 0;
    const offsets = Buffer.allocUnsafe(positions.length * OFFSET_BYTES);
    positions.forEach((position, index) => offsets.writeUInt32LE(position - first, index * OFFSET_BYTES));
    void this.#environment.categories.put([category, first], offsets);
  }

  #ofCategory(category: string, after: number, until: number, limit: number): number[] {
    const { categories } = this.#environment;
    const [floor] = [...categories.getKeys({ start: [category, after], end: [category, 0], reverse: true, limit: 1 })];
    const start: [string, number] = floor ?? [category, after];
    const positions: number[] = [];
    for (const { key, value } of categories.getRange({ start, end: [category, until + 1] })) {
      for (let at = 0; at < value.length; at += OFFSET_BYTES) {
        const position = key[1] + value.readUInt32LE(at);
        if (position > until) return positions;
        if (position > after) positions.push(position);
        if (positions.length === limit) return positions;
      }
    }
    return positions;
  }
}
