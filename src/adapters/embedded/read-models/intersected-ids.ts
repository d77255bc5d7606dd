import type { KeyRange } from './index-plan.js';
import { idOf } from './key-encoding.js';
import type { KeyDatabase } from './key-streams.js';

/** Steps to the next entry before a leap is tried: a leap costs several of them. */
const STEPS = 2;

/** Entries of one range from a place on. */
class Cursor {
  readonly #database: KeyDatabase;
  readonly #range: KeyRange;
  readonly #looked: () => void;
  #keys: Iterator<Buffer>;
  head: Buffer | undefined;

  constructor(database: KeyDatabase, range: KeyRange, looked: () => void) {
    this.#database = database;
    this.#range = range;
    this.#looked = looked;
    this.#keys = database.getKeys({ start: range.start, end: range.end })[Symbol.iterator]();
    this.next();
  }

  /** What the entries of all ranges are compared by: the order and the id. */
  get suffix(): Buffer | undefined {
    return this.head?.subarray(this.#range.orderedFrom);
  }

  next(): void {
    this.#looked();
    const next = this.#keys.next();
    this.head = next.done === true ? undefined : next.value;
  }

  /** To the first entry that does not come before this suffix. */
  leapTo(suffix: Buffer): void {
    for (let step = 0; step < STEPS; step += 1) {
      if (this.suffix === undefined || Buffer.compare(this.suffix, suffix) >= 0) return;
      this.next();
    }
    if (this.suffix === undefined || Buffer.compare(this.suffix, suffix) >= 0) return;
    this.close();
    const { start, end, orderedFrom } = this.#range;
    this.#keys = this.#database.getKeys({ start: Buffer.concat([start.subarray(0, orderedFrom), suffix]), end })[Symbol.iterator]();
    this.next();
  }

  close(): void {
    this.#keys.return?.();
  }
}

/** The ids that stand in each of the ranges, in their order; ends after looking at `most` entries, and says so. */
export function* intersectedIds(database: KeyDatabase, ranges: readonly KeyRange[], most: number, onMost: () => void): Generator<string> {
  let looked = 0;
  const cursors = ranges.map((range) => new Cursor(database, range, () => (looked += 1)));
  const [first, ...others] = cursors;
  try {
    while (first?.head !== undefined && first.suffix !== undefined) {
      if (looked > most) return onMost();
      const { head, suffix } = first;
      const behind = others.find((cursor) => {
        cursor.leapTo(suffix);
        return cursor.suffix === undefined || !cursor.suffix.equals(suffix);
      });
      if (behind === undefined) {
        yield idOf(head);
        first.next();
      } else if (behind.suffix === undefined) return undefined;
      else first.leapTo(behind.suffix);
    }
  } finally {
    for (const cursor of cursors) cursor.close();
  }
  return undefined;
}
