import {
  GenerationConflict,
  type Generation,
  type GenerationCommit,
  type GenerationFailure,
  type ReadModelStore,
  type Rebuild,
  type RebuildStop,
  type SharedCommit,
  type StoredDocument,
} from '../../../ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, KeptDocuments, Query } from '../../../ports/read-models.js';
import type { Position } from '../../../ports/event-store.js';
import type { Committer } from './committer.js';
import { openReadModelFolder, type Environment } from './environment.js';
import { currentFence, dropLease, takeLease } from './lease.js';
import { ownMovement, sharedMovement, type Movement } from './movement.js';
import { partsOf, type Adapters } from './read-model-parts.js';
import type { Registry } from './registry.js';
import { ReadModelQueries } from './read-model-queries.js';
import { putRebuild, putRebuildStop, storedRebuilds, storedRebuildStops } from './rebuild-records.js';
import type { LmdbReadModelsOptions } from './read-model-options.js';

export type { LmdbReadModelsOptions } from './read-model-options.js';

/** Read models in one LMDB environment without sync. Each call works in one go, so it never sees half a commit. */
export class LmdbReadModels implements ReadModelStore {
  readonly #parts: Adapters;
  readonly #environment: Environment;
  readonly #registry: Registry;
  readonly #queries: ReadModelQueries;
  readonly #committer: Committer;
  readonly #options: LmdbReadModelsOptions;
  readonly #fence: bigint | undefined;

  static async open(options: LmdbReadModelsOptions): Promise<LmdbReadModels> {
    const { folder, onDiscarded = () => undefined, bootId, exclusive = false, cache } = options;
    const parts = partsOf(await openReadModelFolder(folder, onDiscarded, bootId), exclusive, cache);
    parts.sweeper.start();
    return new LmdbReadModels(parts, options, undefined);
  }

  private constructor(parts: Adapters, options: LmdbReadModelsOptions, fence: bigint | undefined) {
    this.#parts = parts;
    this.#environment = parts.environment;
    this.#registry = parts.registry;
    this.#queries = new ReadModelQueries(parts, options);
    this.#committer = parts.committer;
    this.#options = options;
    this.#fence = fence;
  }

  fenced(fence: bigint): LmdbReadModels {
    return new LmdbReadModels(this.#parts, this.#options, fence);
  }

  get kept(): KeptDocuments {
    return this.#parts.kept;
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

  async generations(): Promise<readonly Generation[]> {
    return this.#registry.all().map(({ record }) => this.#registry.describe(record));
  }

  async createGeneration(
    projection: string,
    version: number,
    collections: readonly CollectionDefinition[],
    now: Date,
  ): Promise<Generation> {
    await this.#committer.drained();
    return this.#write(() => this.#registry.describe(this.#registry.create(projection, version, collections, now)));
  }

  load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    return this.#queries.load(generation, collection, ids);
  }

  async commit(commits: readonly GenerationCommit[]): Promise<void> {
    const isPlain = commits.every(({ fanOut }) => fanOut === undefined);
    await this.#move(ownMovement(this.#registry.checkpoints, commits), isPlain);
  }

  async share(generations: readonly Generation[], position: Position): Promise<void> {
    await this.#committer.drained();
    this.#write(() => this.#registry.checkpoints.share(generations, position));
  }

  async advance(commit: SharedCommit): Promise<void> {
    await this.#move(sharedMovement(this.#registry.checkpoints, commit), true);
  }

  async activate(generation: Generation): Promise<void> {
    await this.#committer.drained();
    this.#write(() => {
      const { record } = this.#registry.existing(generation);
      for (const other of this.#registry.all()) {
        if (other.record.projection === record.projection && other.record !== record) this.#registry.remove(other.record);
      }
      this.#registry.save({ ...record, state: 'serving' });
    });
    this.#parts.sweeper.start();
  }

  async drop(generation: Generation): Promise<void> {
    await this.#committer.drained();
    this.#write(() => {
      const live = this.#registry.get(generation.projection, generation.generation);
      if (live !== undefined) this.#registry.remove(live.record);
    });
    this.#parts.sweeper.start();
  }

  async recordFailure(generation: Generation, failure: GenerationFailure | null): Promise<void> {
    await this.#committer.drained();
    this.#write(() => this.#registry.save({ ...this.#registry.existing(generation).record, failure }));
  }

  async ensureIndexes(generation: Generation, collections: readonly CollectionDefinition[]): Promise<void> {
    await this.#committer.drained();
    this.#write(() => undefined);
    await this.#parts.indexes.ensure(generation, collections);
    this.#parts.sweeper.start();
  }

  readonly rebuilds = async (): Promise<readonly Rebuild[]> => storedRebuilds(this.#environment.control);
  readonly recordRebuild = async (rebuild: Rebuild): Promise<void> => this.#committer.between(() => this.#write(() => putRebuild(this.#environment.control, rebuild)));
  readonly rebuildStops = async (): Promise<readonly RebuildStop[]> => storedRebuildStops(this.#environment.control);
  readonly requestRebuildStop = async (stop: RebuildStop): Promise<void> => this.#committer.between(() => this.#write(() => putRebuildStop(this.#environment.control, stop)));

  async lease(holder: string, now: Date, durationMs: number): Promise<bigint | undefined> {
    this.#committer.throwFailure();
    return this.#committer.between(() => this.#write(() => takeLease(this.#environment.control, holder, now, durationMs)));
  }

  async releaseLease(holder: string): Promise<void> {
    await this.#committer.between(() => this.#write(() => dropLease(this.#environment.control, holder)));
  }

  async swept(): Promise<void> {
    await this.#parts.sweeper.idle();
  }

  async close(): Promise<void> {
    await this.#parts.sweeper.stop();
    await this.#committer.drained().catch(() => undefined);
    await this.#environment.close();
  }

  async #move(movement: Movement, mayBeHandedOver: boolean): Promise<void> {
    if (this.#options.exclusive === true) {
      this.#assertOwned();
      this.#committer.throwFailure();
      const handedOver = mayBeHandedOver ? this.#committer.handOver(movement) : undefined;
      if (handedOver !== undefined) return handedOver;
      await this.#committer.drained();
    }
    this.#write(() => this.#committer.write(movement));
  }

  #assertOwned(): void {
    if (this.#fence === undefined || currentFence(this.#environment.control) <= this.#fence) return;
    throw new GenerationConflict(`another projector works since tenure ${this.#fence}`);
  }

  #write<Result>(action: () => Result): Result {
    try {
      return this.#environment.root.transactionSync(() => {
        this.#assertOwned();
        return action();
      });
    } catch (error) {
      this.#committer.giveUp();
      throw error;
    }
  }
}
