import type { ReadCount } from '../ports/read-models.js';

export type Count = { -readonly [Name in keyof ReadCount]: ReadCount[Name] };

const zero = (): Count => ({ hits: 0, misses: 0, errors: 0, calls: 0 });

/** How the reads of each collection were answered, since the process started or the counts were set to zero. */
export class ReadCounts {
  readonly #counts = new Map<string, Count>();

  /** To be counted up. */
  of(collection: string): Count {
    const known = this.#counts.get(collection);
    if (known !== undefined) return known;
    const count = zero();
    this.#counts.set(collection, count);
    return count;
  }

  /** Of all of them together. */
  sum(collections: readonly string[]): ReadCount {
    const sum = zero();
    for (const name of collections) {
      const { hits, misses, errors, calls } = this.#counts.get(name) ?? zero();
      sum.hits += hits;
      sum.misses += misses;
      sum.errors += errors;
      sum.calls += calls;
    }
    return sum;
  }

  reset(): void {
    this.#counts.clear();
  }
}
