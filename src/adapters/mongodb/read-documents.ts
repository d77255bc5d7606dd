import type { KeptDocuments, ReadCount } from '../../ports/read-models.js';
import { ReadCounts } from '../../primitives/read-counts.js';

/** Nothing is kept: each document is read from the server, and nothing has to be forgotten. */
export class ReadDocuments implements KeptDocuments {
  readonly #counts = new ReadCounts();

  /** Counts a call, and what it read or that it failed. */
  async counted<Result>(collection: string, read: () => Promise<Result>, documentsIn: (result: Result) => number): Promise<Result> {
    const count = this.#counts.of(collection);
    count.calls += 1;
    try {
      const result = await read();
      count.misses += documentsIn(result);
      return result;
    } catch (error) {
      count.errors += 1;
      throw error;
    }
  }

  reads(collections: readonly string[]): ReadCount {
    return this.#counts.sum(collections);
  }

  resetReads(): void {
    this.#counts.reset();
  }

  forget(): void {
    // There is nothing.
  }
}
