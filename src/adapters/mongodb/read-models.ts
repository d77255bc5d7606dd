import {
  GenerationConflict,
  type CollectionDefinition,
  type Document,
  type Filter,
  type Generation,
  type GenerationCommit,
  type GenerationFailure,
  type Query,
  type ReadModelStore,
  type Rebuild,
  type StoredDocument,
} from '../../ports/read-models.js';
import { changesOf } from './change-stream.js';
import { CommitSession } from './commit-session.js';
import { CommitWriter } from './commit.js';
import { connectMongo, type MongoConnection, type MongoOptions } from './connection.js';
import { controlOf, documentsOf, generationId, prepareControl, type Control, type GenerationRecord } from './control.js';
import { GenerationCache } from './generation-cache.js';
import { GenerationKeeper } from './generation-keeper.js';
import { mongoFilter, mongoSort, withoutId, type DocumentRecord } from './query.js';
import { endTenure, takeTenure } from './tenure.js';
import { asUnavailable, reaching } from './unavailable.js';

export interface MongoReadModelsOptions {
  /** How long a generation that was replaced can still be read (default 60 s). */
  readonly retirementMs?: number;
}

const RETIREMENT_MS = 60_000;
/** A query that takes longer is given up; shorter than the retirement of what it reads. */
const LONGEST_QUERY_MS = 15_000;

interface Adapters {
  readonly connection: MongoConnection;
  readonly control: Control;
  readonly cache: GenerationCache;
  readonly keeper: GenerationKeeper;
  readonly writer: CommitWriter;
  readonly session: CommitSession;
  readonly ownsConnection: boolean;
}

/** Read models in MongoDB: a collection for each collection of each generation, and `readModels.*` for what is known of them. */
export class MongoReadModels implements ReadModelStore {
  readonly #parts: Adapters;
  readonly #fence: bigint | undefined;
  readonly changes?: (signal: AbortSignal) => AsyncIterable<void>;

  /** Rejects with ReadModelsUnavailable while no server answers. */
  static async open(options: MongoOptions & MongoReadModelsOptions): Promise<MongoReadModels> {
    const connection = await connectMongo(options);
    try {
      return await MongoReadModels.on(connection, options, true);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Uses a connection that others share; its opener closes it. */
  static async on(connection: MongoConnection, options: MongoReadModelsOptions = {}, ownsConnection = false): Promise<MongoReadModels> {
    const control = controlOf(connection.database);
    await reaching(() => prepareControl(control));
    const cache = new GenerationCache(control);
    const keeper = new GenerationKeeper(connection.database, control, cache, { retirementMs: options.retirementMs ?? RETIREMENT_MS });
    const session = new CommitSession(connection.client);
    const writer = new CommitWriter(connection, control, cache, session);
    return new MongoReadModels({ connection, control, cache, keeper, writer, session, ownsConnection }, undefined);
  }

  private constructor(parts: Adapters, fence: bigint | undefined) {
    this.#parts = parts;
    this.#fence = fence;
    if (parts.connection.transactions) this.changes = (signal) => this.#changes(signal);
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return (await this.getMany(collection, [id]))[0];
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    return reaching(async () => {
      const serving = await this.#parts.cache.serving(collection.projection);
      const found = serving === undefined ? [] : await this.#records(serving, collection.name, ids);
      return inOrder(ids, found).map((record) => typed<D>(record?.document));
    });
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, { filter = {}, sort, skip = 0, limit }: Query): Promise<readonly D[]> {
    const wanted = mongoFilter(filter);
    if (limit !== undefined && limit <= 0) return [];
    return reaching(async () => {
      const serving = await this.#parts.cache.serving(collection.projection);
      if (serving === undefined) return [];
      const found = await this.#collection(serving, collection.name)
        .find(wanted, { projection: withoutId, sort: mongoSort(sort), skip, limit: limit ?? 0, maxTimeMS: LONGEST_QUERY_MS, allowDiskUse: true })
        .toArray();
      return found.flatMap(({ document }) => typed<D>(document) ?? []);
    });
  }

  async count<D extends Document>(collection: CollectionDefinition<D>, filter: Filter = {}): Promise<number> {
    const wanted = mongoFilter(filter);
    return reaching(async () => {
      const serving = await this.#parts.cache.serving(collection.projection);
      return serving === undefined ? 0 : this.#collection(serving, collection.name).countDocuments(wanted, { maxTimeMS: LONGEST_QUERY_MS });
    });
  }

  async generations(): Promise<readonly Generation[]> {
    return reaching(async () => (await this.#parts.cache.read()).map(describe));
  }

  async createGeneration(projection: string, version: number, collections: readonly CollectionDefinition[], now: Date): Promise<Generation> {
    return reaching(async () => describe(await this.#parts.keeper.create(projection, version, collections, now, this.#fence)));
  }

  async load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return reaching(async () => {
      const record = await this.#parts.cache.get(generationId(generation));
      if (!record?.collections.some(({ name }) => name === collection)) {
        throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone, or has no ${collection}`);
      }
      const found = await this.#records(record, collection, ids);
      return inOrder(ids, found).map((kept) => ({ document: kept?.document, position: BigInt(kept?.position ?? 0) }));
    });
  }

  async commit(commits: readonly GenerationCommit[]): Promise<void> {
    await reaching(() => this.#parts.writer.commit(commits, this.#fence));
  }

  async activate(generation: Generation): Promise<void> {
    await reaching(() => this.#parts.keeper.activate(generation, this.#fence));
  }

  async drop(generation: Generation): Promise<void> {
    await reaching(() => this.#parts.keeper.drop(generation, this.#fence));
  }

  async recordFailure(generation: Generation, failure: GenerationFailure | null): Promise<void> {
    await reaching(() => this.#parts.keeper.recordFailure(generation, failure, this.#fence));
  }

  async ensureIndexes(generation: Generation, collections: readonly CollectionDefinition[]): Promise<void> {
    await reaching(() => this.#parts.keeper.ensureIndexes(generation, collections, this.#fence));
  }

  async rebuilds(): Promise<readonly Rebuild[]> {
    return reaching(async () => {
      const found = await this.#parts.control.rebuilds.find().sort({ _id: 1 }).toArray();
      return found.map(({ _id, position, head, ...rest }) => ({ projection: _id, ...rest, position: BigInt(position), head: BigInt(head) }));
    });
  }

  async recordRebuild({ projection, position, head, ...rest }: Rebuild): Promise<void> {
    await reaching(async () => {
      await this.#parts.keeper.assertOwned(this.#fence);
      const record = { ...rest, position: position.toString(), head: head.toString() };
      await this.#parts.control.rebuilds.replaceOne({ _id: projection }, record, { upsert: true });
    });
  }

  async lease(holder: string, now: Date, durationMs: number): Promise<bigint | undefined> {
    return reaching(async () => {
      const { connection, control, session } = this.#parts;
      const fence = await takeTenure(connection.database, control, { holder, now, durationMs, session: session.id });
      if (fence !== undefined) this.#parts.keeper.sweepNowAndThen();
      return fence;
    });
  }

  async releaseLease(holder: string): Promise<void> {
    await reaching(() => endTenure(this.#parts.control, holder));
  }

  fenced(fence: bigint): MongoReadModels {
    return new MongoReadModels(this.#parts, fence);
  }

  async close(): Promise<void> {
    await this.#parts.keeper.idle();
    await this.#parts.session.end();
    if (this.#parts.ownsConnection) await this.#parts.connection.close();
  }

  async *#changes(signal: AbortSignal): AsyncGenerator<void> {
    try {
      yield* changesOf(this.#parts.connection, this.#parts.control, signal);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  #collection(record: GenerationRecord, name: string) {
    return documentsOf(this.#parts.connection.database, record, name);
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

const UNKNOWN_TIME = new Date(0).toISOString();

const describe = ({ projection, version, generation, state, checkpoint, createdAt = UNKNOWN_TIME, failure = null }: GenerationRecord): Generation => ({
  projection,
  version,
  generation,
  state: state === 'serving' ? 'serving' : 'building',
  checkpoint: BigInt(checkpoint),
  createdAt,
  failure,
});
