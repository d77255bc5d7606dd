import type { Collection, Db } from 'mongodb';
import { GenerationConflict, type Generation, type StoredDocument } from '../../ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, Query } from '../../ports/read-models.js';
import { documentsOf, generationId, type GenerationRecord } from './control.js';
import type { GenerationCache } from './generation-cache.js';
import type { ReadDocuments } from './read-documents.js';
import { mongoFilter, mongoSort, withoutId, type DocumentRecord } from './query.js';
import { reaching } from './unavailable.js';

/** A query that takes longer is given up; shorter than the retirement of what it reads. */
const LONGEST_QUERY_MS = 15_000;

/** Reads documents: those of the generation that serves, or of a named one. */
export class MongoQueries {
  readonly #database: Db;
  readonly #cache: GenerationCache;
  readonly #reads: ReadDocuments;

  constructor(database: Db, cache: GenerationCache, reads: ReadDocuments) {
    this.#database = database;
    this.#cache = cache;
    this.#reads = reads;
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return (await this.getMany(collection, [id]))[0];
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    const read = async (): Promise<readonly (D | undefined)[]> => {
      const serving = await this.#cache.serving(collection.projection);
      const found = serving === undefined ? [] : await this.#records(serving, collection.name, ids);
      return inOrder(ids, found).map((record) => typed<D>(record?.document));
    };
    return this.#reads.counted(collection.name, () => reaching(read), () => ids.length);
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    const wanted = mongoFilter(query.filter ?? {});
    const read = async (): Promise<readonly D[]> => {
      const serving = await this.#cache.serving(collection.projection);
      if (serving === undefined) return [];
      return (await this.#found(serving, collection.name, wanted, query)).flatMap((document) => typed<D>(document) ?? []);
    };
    return this.#reads.counted(collection.name, () => reaching(read), (found) => found.length);
  }

  async count<D extends Document>(collection: CollectionDefinition<D>, filter: Filter = {}): Promise<number> {
    const wanted = mongoFilter(filter);
    return reaching(async () => {
      const serving = await this.#cache.serving(collection.projection);
      return serving === undefined ? 0 : this.#collection(serving, collection.name).countDocuments(wanted, { maxTimeMS: LONGEST_QUERY_MS });
    });
  }

  async findIn(generation: Generation, collection: string, query: Query): Promise<readonly Document[]> {
    return reaching(async () => this.#found(await this.#existing(generation, collection), collection, mongoFilter(query.filter ?? {}), query));
  }

  async load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return reaching(async () => {
      const found = await this.#records(await this.#existing(generation, collection), collection, ids);
      return inOrder(ids, found).map((kept) => ({ document: kept?.document, position: BigInt(kept?.position ?? 0) }));
    });
  }

  async #existing(generation: Generation, collection: string): Promise<GenerationRecord> {
    const record = await this.#cache.get(generationId(generation));
    if (record?.collections.some(({ name }) => name === collection) === true) return record;
    throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone, or has no ${collection}`);
  }

  async #found(record: GenerationRecord, name: string, wanted: ReturnType<typeof mongoFilter>, { sort, skip = 0, limit }: Query): Promise<readonly Document[]> {
    if (limit !== undefined && limit <= 0) return [];
    const options = { projection: withoutId, sort: mongoSort(sort), skip, limit: limit ?? 0, maxTimeMS: LONGEST_QUERY_MS, allowDiskUse: true };
    const records = await this.#collection(record, name).find(wanted, options).toArray();
    return records.flatMap(({ document }) => document ?? []);
  }

  #collection(record: GenerationRecord, name: string): Collection<DocumentRecord> {
    return documentsOf(this.#database, record, name);
  }

  async #records(record: GenerationRecord, name: string, ids: readonly string[]): Promise<readonly DocumentRecord[]> {
    return this.#collection(record, name)
      .find({ _id: { $in: ids } }, { projection: { words: 0 }, maxTimeMS: LONGEST_QUERY_MS })
      .toArray();
  }
}

const inOrder = (ids: readonly string[], records: readonly DocumentRecord[]): readonly (DocumentRecord | undefined)[] => {
  const byId = new Map(records.map((record) => [record._id, record]));
  return ids.map((id) => byId.get(id));
};

// A collection holds nothing but the documents of its type: only its projection's rules write there.
const typed = <D extends Document>(document: Document | undefined): D | undefined => document as D | undefined;
