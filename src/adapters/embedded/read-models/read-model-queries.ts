import type { Generation, StoredDocument } from '../../../ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, Query } from '../../../ports/read-models.js';
import { QueryReader } from './query-reader.js';
import { oncePerShape } from './query-shape.js';
import type { LmdbReadModelsOptions } from './read-model-options.js';
import type { Adapters } from './read-model-parts.js';
import { collectionOf, type LiveCollection } from './registry.js';

/** Reads documents: those of the generation that serves, or of a named one. */
export class ReadModelQueries {
  readonly #parts: Adapters;
  readonly #options: LmdbReadModelsOptions;
  readonly #onUnindexed: (query: string) => void;

  constructor(parts: Adapters, options: LmdbReadModelsOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#onUnindexed = oncePerShape(options.onUnindexed ?? (() => undefined));
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    const live = this.#serving(collection);
    return live === undefined ? undefined : typed<D>(this.#parts.documents.read(live, id, this.#parts.counts.of(collection.name)));
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    const live = this.#serving(collection);
    const count = this.#parts.counts.of(collection.name);
    return ids.map((id) => (live === undefined ? undefined : typed<D>(this.#parts.documents.read(live, id, count))));
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    await this.#parts.committer.settled();
    const live = this.#serving(collection);
    return live === undefined ? [] : (this.#reader(live).find(live.record, query) as readonly D[]);
  }

  async count<D extends Document>(collection: CollectionDefinition<D>, filter: Filter = {}): Promise<number> {
    await this.#parts.committer.settled();
    const live = this.#serving(collection);
    return live === undefined ? 0 : this.#reader(live).count(live.record, filter);
  }

  async findIn(generation: Generation, collection: string, query: Query): Promise<readonly Document[]> {
    await this.#parts.committer.settled();
    const live = collectionOf(this.#parts.registry.existing(generation), collection);
    return this.#reader(live).find(live.record, query);
  }

  /** A commit is all or nothing, so the checkpoint tells which events are in the documents. */
  async load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const live = collectionOf(this.#parts.registry.existing(generation), collection);
    return ids.map((id) => ({ document: this.#parts.documents.read(live, id), position: 0n }));
  }

  #serving({ projection, name }: CollectionDefinition): LiveCollection | undefined {
    return this.#parts.registry.serving(projection)?.collections.get(name);
  }

  #reader(live: LiveCollection): QueryReader {
    const { scanLimit = 1_000, strict = false } = this.#options;
    const { documents, environment, counts } = this.#parts;
    const count = counts.of(live.record.name);
    return new QueryReader(
      environment.keys,
      {
        read: (_record, id) => documents.readStored(live, id, count),
        ids: () => documents.ids(live),
        size: () => documents.size(live),
      },
      { scanLimit, strict, onUnindexed: this.#onUnindexed },
    );
  }
}

// A collection holds nothing but the documents of its type: only its projection's rules write there.
const typed = <D extends Document>(document: Document | undefined): D | undefined => document as D | undefined;
