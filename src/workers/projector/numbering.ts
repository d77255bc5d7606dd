import type { Position } from '../../ports/event-store.js';
import type { DocumentWrite, ReadModelStore } from '../../ports/read-model-store.js';
import { numbersOf, orderedPosition, type NumberDocument } from '../../projections/kernel/stored-collections.js';
import type { ProjectionRun } from './projection-run.js';

interface Given {
  readonly number: number;
  readonly at: Position;
}

const isNumber = (document: object | undefined): document is NumberDocument => document !== undefined && 'number' in document;

/** The numbers of one numbered collection while a batch is applied. */
export class Numbering {
  readonly #collection: string;
  readonly #known = new Map<string, number>();
  readonly #given = new Map<string, Given>();
  #base = 0;

  constructor(collection: string) {
    this.#collection = collection;
  }

  get last(): number {
    return this.#base + this.#given.size;
  }

  async load(readModels: ReadModelStore, { generation, numbers, position }: ProjectionRun, ids: readonly string[]): Promise<void> {
    const collection = numbersOf(this.#collection);
    const kept = await readModels.load(generation, collection, ids);
    for (const { document } of kept) if (isNumber(document)) this.#known.set(document.id, document.number);
    const query = { filter: { at: { $lte: orderedPosition(position) } }, sort: { number: -1 }, limit: 1 } as const;
    const last = numbers.get(this.#collection) ?? (await readModels.findIn(generation, collection, query)).find(isNumber)?.number ?? 0;
    // Without transactions a crash may have left numbers of events after the checkpoint: the first of them, without a gap.
    this.#base = [...this.#known.values()].reduce((most, number) => Math.max(most, number), last);
  }

  /** The number of a document, or that which it gets when it is made now. */
  numberOf(id: string): number {
    return this.#known.get(id) ?? this.#given.get(id)?.number ?? this.last + 1;
  }

  /** The document was made by the event at this position. */
  give(id: string, at: Position): void {
    if (!this.#known.has(id) && !this.#given.has(id)) this.#given.set(id, { number: this.last + 1, at });
  }

  forgetGiven(): void {
    this.#given.clear();
  }

  writes(): readonly DocumentWrite[] {
    const collection = numbersOf(this.#collection);
    return [...this.#given].map(([id, { number, at }]) => {
      const document: NumberDocument = { id, number, at: orderedPosition(at) };
      return { collection, id, document, position: at };
    });
  }
}
