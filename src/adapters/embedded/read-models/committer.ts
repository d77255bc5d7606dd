import { GenerationConflict, type DocumentWrite, type GenerationCommit } from '../../../ports/read-models.js';
import type { CollectionWriter } from './collection-writer.js';
import type { DocumentStore } from './document-store.js';
import { collectionOf, type Registry } from './registry.js';
import type { CollectionRecord, GenerationRecord } from './registry-records.js';
import { GatheredWrites, transactionTarget, type Batch, type WriteTarget } from './write-target.js';

/** So many documents may wait for the writing thread; then the projector waits. */
const MOST_PENDING = 20_000;

/** Gathered writes don't see one another, so that of two of one document only the last may be there. */
const lastOfEach = (writes: readonly DocumentWrite[]): Iterable<DocumentWrite> => {
  if (writes.length < 2) return writes;
  const last = new Map<string, DocumentWrite>();
  for (const write of writes) last.set(`${write.collection}/${write.id}`, write);
  return last.values();
};

/** Writes what projections commit. */
export class Committer {
  readonly #batch: Batch;
  readonly #registry: Registry;
  readonly #documents: DocumentStore;
  readonly #writer: CollectionWriter;
  #commits = 0;
  #handedOver: Promise<void> = Promise.resolve();
  #failure: { readonly cause: unknown } | undefined;

  constructor(batch: Batch, registry: Registry, documents: DocumentStore, writer: CollectionWriter) {
    this.#batch = batch;
    this.#registry = registry;
    this.#documents = documents;
    this.#writer = writer;
  }

  /** Within a transaction. */
  write(commits: readonly GenerationCommit[]): void {
    for (const commit of commits) {
      const changed = this.#writeOne(commit, transactionTarget);
      if (changed !== undefined) this.#registry.save(changed);
      this.#registry.setCheckpoint(commit.generation, commit.checkpoint);
      this.#tell(commit);
    }
  }

  /**
   * Leaves the writing to lmdb's thread: read by id, the documents are there at once; queries wait for `drained`.
   * Undefined, and nothing done, where it takes a transaction: an index has learnt something.
   */
  handOver(commits: readonly GenerationCommit[]): Promise<void> | undefined {
    const writes = new GatheredWrites();
    for (const commit of commits) if (this.#writeOne(commit, writes) !== undefined) return undefined;
    this.#commits += 1;
    const number = this.#commits;
    for (const commit of commits) {
      this.#tell(commit, number);
      this.#registry.announceCheckpoint(commit.generation, commit.checkpoint);
    }
    const written = writes.handOver(this.#batch, () => {
      for (const { generation, checkpoint } of commits) this.#registry.enqueueCheckpoint(generation, checkpoint);
    });
    this.#handedOver = written.then(
      () => this.#written(number),
      (cause: unknown) => this.#failed(cause),
    );
    return this.#documents.pending.size > MOST_PENDING ? this.drained() : Promise.resolve();
  }

  /** Resolves when every document that was handed over before is committed. */
  async settled(): Promise<void> {
    if (this.#documents.pending.size > 0) await this.#handedOver;
  }

  /** Resolves at a moment when nothing is under way. */
  async drained(): Promise<void> {
    let awaited: Promise<void> | undefined;
    while (awaited !== this.#handedOver) {
      awaited = this.#handedOver;
      await awaited;
    }
  }

  /** The record of the generation where it has changed; nothing but the target is touched. */
  #writeOne({ generation, writes }: GenerationCommit, target: WriteTarget): GenerationRecord | undefined {
    const live = this.#registry.existing(generation);
    const stored = this.#registry.checkpoint(generation);
    if (stored !== generation.checkpoint) {
      throw new GenerationConflict(`${generation.projection} stands at ${stored}, not at ${generation.checkpoint}`);
    }
    const records = new Map<string, CollectionRecord>();
    for (const { collection, id, document } of lastOfEach(writes)) {
      const of = collectionOf(live, collection);
      records.set(collection, this.#writer.write(of, records.get(collection) ?? of.record, id, document, target));
    }
    const collections = live.record.collections.map((record) => records.get(record.name) ?? record);
    const isSame = collections.every((record, place) => record === live.record.collections[place]);
    return isSame ? undefined : { ...live.record, collections };
  }

  #tell({ generation, writes }: GenerationCommit, pendingIn?: number): void {
    const live = this.#registry.existing(generation);
    for (const { collection, id, document } of writes) {
      const of = collectionOf(live, collection);
      this.#documents.written(of, id, document);
      if (pendingIn !== undefined) this.#documents.pending.set(of.record.number, id, document, pendingIn);
    }
  }

  #written(commit: number): void {
    this.#documents.pending.committed(commit);
    if (commit === this.#commits) this.#registry.drained();
  }

  // What was read meanwhile may be what was never written: told, the projector begins again at the stored checkpoints.
  #failed(cause: unknown): void {
    this.#failure ??= { cause };
    this.#registry.forget();
    this.#documents.forget();
  }

  /** Once, where something that was handed over was lost. */
  throwFailure(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    this.#failure = undefined;
    throw new Error('the read models could not be written', { cause: failure.cause });
  }
}
