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
} from '../../../ports/read-models.js';
import type { Committer } from './committer.js';
import type { DocumentStore } from './document-store.js';
import { openReadModelFolder, type Environment } from './environment.js';
import { currentFence, dropLease, takeLease } from './lease.js';
import { QueryReader } from './query-reader.js';
import { partsOf, type Adapters } from './read-model-parts.js';
import { collectionOf, type LiveCollection, type Registry } from './registry.js';
import type { Sweeper } from './sweeper.js';

export interface LmdbReadModelsOptions {
  readonly folder: string;
  /** Documents a query may read in vain, or sort in memory (default 1,000). */
  readonly scanLimit?: number;
  /** Tests: a query past the scan limit throws UnindexedQuery; otherwise it is answered and told. */
  readonly strict?: boolean;
  readonly onUnindexed?: (query: string) => void;
  /** Called when the content could not be trusted; the projector builds it again. */
  readonly onDiscarded?: (reason: string) => void;
  /** No other process writes documents here: decoded ones are kept, and others' changes are not looked for. */
  readonly exclusive?: boolean;
  /** Tests simulate the restart of a machine with it. */
  readonly bootId?: string | null;
}

const noReport = (): void => undefined;

type StoredRebuild = Omit<Rebuild, 'position' | 'head'> & { readonly position: string; readonly head: string };

/** Read models in one LMDB environment without sync. Each call works in one go, so it never sees half a commit. */
export class LmdbReadModels implements ReadModelStore {
  readonly #parts: Adapters;
  readonly #environment: Environment;
  readonly #registry: Registry;
  readonly #documents: DocumentStore;
  readonly #committer: Committer;
  readonly #sweeper: Sweeper;
  readonly #options: LmdbReadModelsOptions;
  readonly #fence: bigint | undefined;

  static async open(options: LmdbReadModelsOptions): Promise<LmdbReadModels> {
    const { folder, onDiscarded = noReport, bootId, exclusive = false } = options;
    const parts = partsOf(await openReadModelFolder(folder, onDiscarded, bootId), exclusive);
    parts.sweeper.start();
    return new LmdbReadModels(parts, options, undefined);
  }

  private constructor(parts: Adapters, options: LmdbReadModelsOptions, fence: bigint | undefined) {
    this.#parts = parts;
    this.#environment = parts.environment;
    this.#registry = parts.registry;
    this.#documents = parts.documents;
    this.#committer = parts.committer;
    this.#sweeper = parts.sweeper;
    this.#options = options;
    this.#fence = fence;
  }

  fenced(fence: bigint): LmdbReadModels {
    return new LmdbReadModels(this.#parts, this.#options, fence);
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    const live = this.#serving(collection);
    return live === undefined ? undefined : typed<D>(this.#documents.read(live, id));
  }

  async getMany<D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]): Promise<readonly (D | undefined)[]> {
    const live = this.#serving(collection);
    return ids.map((id) => (live === undefined ? undefined : typed<D>(this.#documents.read(live, id))));
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: Query): Promise<readonly D[]> {
    await this.#committer.settled();
    const live = this.#serving(collection);
    return live === undefined ? [] : (this.#reader(live).find(live.record, query) as readonly D[]);
  }

  async count<D extends Document>(collection: CollectionDefinition<D>, filter: Filter = {}): Promise<number> {
    await this.#committer.settled();
    const live = this.#serving(collection);
    return live === undefined ? 0 : this.#reader(live).count(live.record, filter);
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

  async load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const live = collectionOf(this.#registry.existing(generation), collection);
    return ids.map((id) => ({ document: this.#documents.read(live, id), position: 0n }));
  }

  async commit(commits: readonly GenerationCommit[]): Promise<void> {
    if (this.#options.exclusive === true) {
      this.#assertOwned();
      this.#committer.throwFailure();
      const handedOver = this.#committer.handOver(commits);
      if (handedOver !== undefined) return handedOver;
      await this.#committer.drained();
    }
    this.#write(() => this.#committer.write(commits));
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
    this.#sweeper.start();
  }

  async drop(generation: Generation): Promise<void> {
    await this.#committer.drained();
    this.#write(() => {
      const live = this.#registry.get(generation.projection, generation.generation);
      if (live !== undefined) this.#registry.remove(live.record);
    });
    this.#sweeper.start();
  }

  async recordFailure(generation: Generation, failure: GenerationFailure | null): Promise<void> {
    await this.#committer.drained();
    this.#write(() => this.#registry.save({ ...this.#registry.existing(generation).record, failure }));
  }

  async ensureIndexes(generation: Generation, collections: readonly CollectionDefinition[]): Promise<void> {
    await this.#committer.drained();
    this.#write(() => undefined);
    await this.#parts.indexes.ensure(generation, collections);
    this.#sweeper.start();
  }

  async rebuilds(): Promise<readonly Rebuild[]> {
    return this.#environment.control
      .all<StoredRebuild>('rebuild')
      .map((rebuild) => ({ ...rebuild, position: BigInt(rebuild.position), head: BigInt(rebuild.head) }));
  }

  async recordRebuild(rebuild: Rebuild): Promise<void> {
    const stored: StoredRebuild = { ...rebuild, position: rebuild.position.toString(), head: rebuild.head.toString() };
    this.#write(() => this.#environment.control.put(stored, 'rebuild', rebuild.projection));
  }

  async lease(holder: string, now: Date, durationMs: number): Promise<bigint | undefined> {
    this.#committer.throwFailure();
    return this.#write(() => takeLease(this.#environment.control, holder, now, durationMs));
  }

  async releaseLease(holder: string): Promise<void> {
    this.#write(() => dropLease(this.#environment.control, holder));
  }

  async swept(): Promise<void> {
    await this.#sweeper.idle();
  }

  async close(): Promise<void> {
    await this.#sweeper.stop();
    await this.#committer.drained().catch(() => undefined);
    await this.#environment.close();
  }

  #serving({ projection, name }: CollectionDefinition): LiveCollection | undefined {
    return this.#registry.serving(projection)?.collections.get(name);
  }

  #reader(live: LiveCollection): QueryReader {
    const { scanLimit = 1_000, strict = false, onUnindexed = noReport } = this.#options;
    return new QueryReader(
      this.#environment.keys,
      {
        read: (_record, id) => this.#documents.readStored(live, id),
        ids: () => this.#documents.ids(live),
        size: () => this.#documents.size(live),
      },
      { scanLimit, strict, onUnindexed },
    );
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

// A collection holds nothing but the documents of its type: only its projection's rules write there.
const typed = <D extends Document>(document: Document | undefined): D | undefined => document as D | undefined;
