import type { DocumentWrite, SharedCommit } from '../../../ports/read-model-store.js';
import type { CollectionWriter } from './collection-writer.js';
import type { DocumentStore } from './document-store.js';
import type { Movement } from './movement.js';
import { collectionOf, type Registry } from './registry.js';
import type { CollectionRecord, GenerationRecord } from './registry-records.js';
import { GatheredWrites, transactionTarget, type Batch, type WriteTarget } from './write-target.js';

/** The most documents that may wait to be written; then the projector waits. */
const MOST_PENDING = 20_000;
/** Waking the writing thread costs as much as writing a few documents, so commits are gathered for this time. */
const GATHERED_FOR_MS = 10;
const MOST_GATHERED = 2_000;

type WritesOfOne = SharedCommit['commits'][number];

/** Gathered writes don't see one another, so that of two of one document only the last may be there. */
const lastOfEach = (writes: readonly DocumentWrite[]): Iterable<DocumentWrite> => {
  if (writes.length < 2) return writes;
  const last = new Map<string, DocumentWrite>();
  for (const write of writes) last.set(`${write.collection}/${write.id}`, write);
  return last.values();
};

export class Committer {
  readonly #batch: Batch;
  readonly #registry: Registry;
  readonly #documents: DocumentStore;
  readonly #writer: CollectionWriter;
  #gathered = new GatheredWrites();
  /** The number of the commit that is being gathered. */
  #number = 1;
  #isGathering = false;
  /** The number of the last commit that was written or lost. */
  #ended = 0;
  #timer: NodeJS.Timeout | undefined;
  /** One at a time: a commit must not be written when the one before was not. */
  #sending: Promise<void> | undefined;
  /** Those who wait for the writing thread; then nothing more is handed to it. */
  #waiting = 0;
  #hasGivenUp = false;
  #failure: { readonly cause: unknown } | undefined;

  constructor(batch: Batch, registry: Registry, documents: DocumentStore, writer: CollectionWriter) {
    this.#batch = batch;
    this.#registry = registry;
    this.#documents = documents;
    this.#writer = writer;
  }

  /** Within a transaction. */
  write(movement: Movement): void {
    movement.assertInPlace();
    for (const commit of movement.commits) {
      const changed = this.#writeOne(commit, transactionTarget);
      if (changed !== undefined) this.#registry.save(changed);
      this.#tell(commit);
    }
    movement.store();
  }

  /**
   * Leaves the writing to lmdb's thread: read by id, the documents are there at once; queries wait for `settled`.
   * Undefined, and nothing done, where it takes a transaction: an index's metadata changed (multikey or truncated key).
   */
  handOver(movement: Movement): Promise<void> | undefined {
    movement.assertInPlace();
    const writes = new GatheredWrites();
    for (const commit of movement.commits) if (this.#writeOne(commit, writes) !== undefined) return undefined;
    this.#gathered.add(writes);
    for (const commit of movement.commits) this.#tell(commit, this.#number);
    movement.announce();
    this.#isGathering = true;
    if (this.#gathered.writes.length >= MOST_GATHERED) this.#send();
    else this.#timer ??= setTimeout(() => this.#send(), GATHERED_FOR_MS);
    return this.#documents.pending.size > MOST_PENDING ? this.drained() : Promise.resolve();
  }

  /** Resolves when every document that was handed over before is committed. */
  async settled(): Promise<void> {
    if (this.#documents.pending.size === 0) return;
    const last = this.#isGathering ? this.#number : this.#number - 1;
    while (this.#ended < last) {
      this.#send();
      await this.#sending;
    }
  }

  /** Resolves at a moment when nothing is under way. */
  async drained(): Promise<void> {
    while (this.#isGathering || this.#sending !== undefined) {
      this.#send();
      await this.#sending;
    }
  }

  /** Runs the action when nothing is being written. A transaction begun before would have this thread wait for the writing one. */
  async between<Result>(action: () => Result): Promise<Result> {
    this.#waiting += 1;
    try {
      await this.#sending;
      return action();
    } finally {
      this.#waiting -= 1;
      if (this.#timer === undefined) this.#send();
    }
  }

  /** Throws once after a commit was lost. */
  throwFailure(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    this.#failure = undefined;
    throw new Error('the read models could not be written', { cause: failure.cause });
  }

  /**
   * Call after a failed write: documents that were read may never be written. The projector restarts at the stored checkpoints,
   * and later writes must not get past them.
   */
  giveUp(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ended = this.#number;
    this.#hasGivenUp = this.#sending !== undefined;
    this.#startGathering();
    this.#registry.checkpoints.forgetAnnounced();
    this.#registry.forget();
    this.#documents.forget();
  }

  /** Hands over the gathered writes, once nothing else is being written. */
  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isGathering || this.#sending !== undefined || this.#waiting > 0) return;
    const [gathered, number] = [this.#gathered, this.#number];
    this.#startGathering();
    this.#sending = gathered
      .handOver(this.#batch, () => this.#registry.checkpoints.enqueueAnnounced())
      .then(
        () => this.#documents.pending.committed(number),
        (cause: unknown) => this.#failed(cause),
      )
      .then(() => this.#sent(number));
  }

  #sent(number: number): void {
    this.#sending = undefined;
    this.#ended = Math.max(this.#ended, number);
    // Documents read during the write may be older than it.
    if (this.#hasGivenUp) this.#documents.forget();
    this.#hasGivenUp = false;
    if (!this.#isGathering) this.#registry.checkpoints.forgetAnnounced();
    else if (this.#timer === undefined) this.#send();
  }

  #startGathering(): void {
    this.#gathered = new GatheredWrites();
    this.#isGathering = false;
    this.#number += 1;
  }

  #failed(cause: unknown): void {
    this.#failure ??= { cause };
    this.giveUp();
  }

  /** The record of the generation where it has changed; nothing but the target is touched. */
  #writeOne({ generation, writes }: WritesOfOne, target: WriteTarget): GenerationRecord | undefined {
    const live = this.#registry.existing(generation);
    const records = new Map<string, CollectionRecord>();
    for (const write of lastOfEach(writes)) {
      const { collection } = write;
      const of = collectionOf(live, collection);
      records.set(collection, this.#writer.write(of, records.get(collection) ?? of.record, write, target));
    }
    const collections = live.record.collections.map((record) => records.get(record.name) ?? record);
    const isSame = collections.every((record, place) => record === live.record.collections[place]);
    return isSame ? undefined : { ...live.record, collections };
  }

  #tell({ generation, writes }: WritesOfOne, pendingIn?: number): void {
    const live = this.#registry.existing(generation);
    for (const { collection, id, document, writtenOnce } of writes) {
      const of = collectionOf(live, collection);
      if (writtenOnce !== true) this.#documents.written(of, id, document);
      if (pendingIn !== undefined) this.#documents.pending.set(of.record.number, id, document, pendingIn);
    }
  }
}
