import type {
  Generation,
  GenerationCommit,
  GenerationFailure,
  ReadModelStore,
  Rebuild,
  RebuildStop,
  SharedCommit,
  StoredDocument,
} from '../../ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, KeptDocuments, Query } from '../../ports/read-models.js';
import type { Position } from '../../ports/event-store.js';
import { putRebuild, putRebuildStop, storedRebuilds, storedRebuildStops } from './rebuild-records.js';
import { changesOf } from './change-stream.js';
import { CommitSession } from './commit-session.js';
import { CommitWriter } from './commit.js';
import { connectMongo, type MongoConnection, type MongoOptions } from './connection.js';
import { controlOf, prepareControl, type Control, type GenerationRecord } from './control.js';
import { GenerationCache } from './generation-cache.js';
import { GenerationKeeper } from './generation-keeper.js';
import { ReadDocuments } from './read-documents.js';
import { MongoQueries } from './read-model-queries.js';
import { endTenure, takeTenure } from './tenure.js';
import { asUnavailable, reaching } from './unavailable.js';

export interface MongoReadModelsOptions {
  /** How long a generation that was replaced can still be read (default 60 s). */
  readonly retirementMs?: number;
}

const RETIREMENT_MS = 60_000;

interface Adapters {
  readonly connection: MongoConnection;
  readonly control: Control;
  readonly cache: GenerationCache;
  readonly keeper: GenerationKeeper;
  readonly writer: CommitWriter;
  readonly session: CommitSession;
  readonly reads: ReadDocuments;
  readonly ownsConnection: boolean;
}

/** Read models in MongoDB: a collection for each collection of each generation, and `readModels.*` for what is known of them. */
export class MongoReadModels implements ReadModelStore {
  readonly #parts: Adapters;
  readonly #fence: bigint | undefined;
  readonly #queries: MongoQueries;
  readonly kept: KeptDocuments;
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
    return new MongoReadModels({ connection, control, cache, keeper, writer, session, reads: new ReadDocuments(), ownsConnection }, undefined);
  }

  private constructor(parts: Adapters, fence: bigint | undefined) {
    this.#parts = parts;
    this.#fence = fence;
    this.#queries = new MongoQueries(parts.connection.database, parts.cache, parts.reads);
    this.kept = parts.reads;
    if (parts.connection.transactions) this.changes = (signal) => this.#changes(signal);
  }

  get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return this.#queries.get(collection, id);
  }

  getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    return this.#queries.getMany(collection, ids);
  }

  find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    return this.#queries.find(collection, query);
  }

  count<D extends Document>(collection: CollectionDefinition<D>, filter?: Filter): Promise<number> {
    return this.#queries.count(collection, filter);
  }

  findIn(generation: Generation, collection: string, query: Query): Promise<readonly Document[]> {
    return this.#queries.findIn(generation, collection, query);
  }

  load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return this.#queries.load(generation, collection, ids);
  }

  async generations(): Promise<readonly Generation[]> {
    return reaching(async () => (await this.#parts.cache.read()).map(describe));
  }

  async createGeneration(projection: string, version: number, collections: readonly CollectionDefinition[], now: Date): Promise<Generation> {
    return reaching(async () => describe(await this.#parts.keeper.create(projection, version, collections, now, this.#fence)));
  }

  async commit(commits: readonly GenerationCommit[]): Promise<void> {
    await reaching(() => this.#parts.writer.commit(commits, this.#fence));
  }

  async share(generations: readonly Generation[], position: Position): Promise<void> {
    await reaching(() => this.#parts.keeper.share(generations, position, this.#fence));
  }

  async advance(commit: SharedCommit): Promise<void> {
    await reaching(() => this.#parts.writer.advance(commit, this.#fence));
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

  readonly rebuilds = (): Promise<readonly Rebuild[]> => reaching(() => storedRebuilds(this.#parts.control));
  readonly rebuildStops = (): Promise<readonly RebuildStop[]> => reaching(() => storedRebuildStops(this.#parts.control));
  readonly requestRebuildStop = (stop: RebuildStop): Promise<void> => reaching(() => putRebuildStop(this.#parts.control, stop));

  async recordRebuild(rebuild: Rebuild): Promise<void> {
    await reaching(async () => {
      await this.#parts.keeper.assertOwned(this.#fence);
      await putRebuild(this.#parts.control, rebuild);
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
}

const UNKNOWN_TIME = new Date(0).toISOString();

const describe = ({ projection, version, generation, state, checkpoint, createdAt = UNKNOWN_TIME, failure = null, fanOut = null }: GenerationRecord): Generation => ({
  projection,
  version,
  generation,
  state: state === 'serving' ? 'serving' : 'building',
  checkpoint: BigInt(checkpoint),
  createdAt,
  failure,
  fanOut: fanOut && { ...fanOut, position: BigInt(fanOut.position) },
});
