import type { GenerationFailure, Generation, GenerationCommit, ReadModelStore, Rebuild, RebuildStop, SharedCommit } from '../../../src/ports/read-model-store.js';
import type { CollectionDefinition, Document, Filter, Query } from '../../../src/ports/read-models.js';

export type WriteDeath = Readonly<{ atWrite: number; /** it is written, but nobody hears of it */ afterwards: boolean }>;

/** A process's view of the read models, up to the moment it dies: from the given write on, everything fails. */
export class MortalReadModels implements ReadModelStore {
  #store: ReadModelStore;
  readonly #death: WriteDeath;
  readonly #onDeath: () => void;
  #writes = 0;
  /** Stretches of the log that were written. */
  commits = 0;
  #dead = false;

  constructor(store: ReadModelStore, death: WriteDeath, onDeath: () => void) {
    this.#store = store;
    this.#death = death;
    this.#onDeath = onDeath;
  }

  get kept() {
    return this.#store.kept;
  }

  get = <D extends Document>(collection: CollectionDefinition<D>, id: string) => this.#alive().get(collection, id);
  getMany = <D extends Document>(collection: CollectionDefinition<D>, ids: readonly string[]) => this.#alive().getMany(collection, ids);
  find = <D extends Document>(collection: CollectionDefinition<D>, query: Query) => this.#alive().find(collection, query);
  count = <D extends Document>(collection: CollectionDefinition<D>, filter?: Filter) => this.#alive().count(collection, filter);
  generations = async () => this.#alive().generations();
  load = async (generation: Generation, collection: string, ids: readonly string[]) => this.#alive().load(generation, collection, ids);
  rebuilds = async () => this.#alive().rebuilds();
  rebuildStops = async () => this.#alive().rebuildStops();
  requestRebuildStop = (stop: RebuildStop) => this.#write((store) => store.requestRebuildStop(stop));
  lease = async (holder: string, now: Date, durationMs: number) => this.#alive().lease(holder, now, durationMs);
  createGeneration = (projection: string, version: number, collections: readonly CollectionDefinition[], now: Date) =>
    this.#write((store) => store.createGeneration(projection, version, collections, now));
  recordFailure = (generation: Generation, failure: GenerationFailure | null) => this.#write((store) => store.recordFailure(generation, failure));
  share = (generations: readonly Generation[], position: bigint) => this.#write((store) => store.share(generations, position));
  advance = (commit: SharedCommit) => this.#stretch((store) => store.advance(commit));
  findIn = async (generation: Generation, collection: string, query: Query) => this.#alive().findIn(generation, collection, query);
  commit = (commits: readonly GenerationCommit[]) => this.#stretch((store) => store.commit(commits));
  activate = (generation: Generation) => this.#write((store) => store.activate(generation));
  drop = (generation: Generation) => this.#write((store) => store.drop(generation));
  recordRebuild = (rebuild: Rebuild) => this.#write((store) => store.recordRebuild(rebuild));
  ensureIndexes = async (generation: Generation, collections: readonly CollectionDefinition[]) =>
    this.#alive().ensureIndexes(generation, collections);

  // The death of a process is that of all its views.
  fenced = (fence: bigint): ReadModelStore => {
    this.#store = this.#store.fenced(fence);
    return this;
  };

  // The dead release nothing and close nothing.
  releaseLease = async () => undefined;
  close = async () => undefined;

  #alive(): ReadModelStore {
    if (this.#dead) throw new Error('the process was killed');
    return this.#store;
  }

  #stretch(action: (store: ReadModelStore) => Promise<void>): Promise<void> {
    this.commits += 1;
    return this.#write(action);
  }

  async #write<Result>(action: (store: ReadModelStore) => Promise<Result>): Promise<Result> {
    const store = this.#alive();
    this.#writes += 1;
    if (this.#writes < this.#death.atWrite) return action(store);
    this.#dead = true;
    if (this.#death.afterwards) await action(store);
    this.#onDeath();
    throw new Error('the process was killed');
  }
}
