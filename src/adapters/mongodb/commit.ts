import { MongoServerError, type AnyBulkWriteOperation, type ClientSession, type Db } from 'mongodb';
import { GenerationConflict, type DocumentWrite, type GenerationCommit } from '../../ports/read-models.js';
import type { CommitSession } from './commit-session.js';
import type { MongoConnection } from './connection.js';
import { CHANGES, documentsOf, generationId, type Control, type GenerationRecord } from './control.js';
import type { GenerationCache } from './generation-cache.js';
import { positionKey, type DocumentRecord } from './query.js';
import { currentFence } from './tenure.js';
import { wordsIn } from './text-words.js';

type Write = AnyBulkWriteOperation<DocumentRecord>;

interface Target {
  readonly commit: GenerationCommit;
  readonly record: GenerationRecord;
  readonly writes: ReadonlyMap<string, readonly Write[]>;
}

const recordOf = ({ id, document, position }: DocumentWrite, text: readonly string[]): Readonly<Record<string, unknown>> => {
  const kept = { _id: id, position: positionKey(position) };
  if (document === undefined) return { $mergeObjects: [{ $literal: kept }, { deletedAt: '$$NOW' }] };
  return { $literal: { ...kept, document, words: wordsIn(document, text) } };
};

/** Changes nothing when what is kept is not older. Without transactions a deleted document is remembered for that. */
const guarded = (write: DocumentWrite, text: readonly string[], transactions: boolean): Write => {
  const { id: _id, position } = write;
  if (write.document === undefined && transactions) return { deleteOne: { filter: { _id, position: { $lt: positionKey(position) } } } };
  const isNewer = { $gte: ['$position', positionKey(position)] };
  return { updateOne: { filter: { _id }, update: [{ $replaceWith: { $cond: [isNewer, '$$ROOT', recordOf(write, text)] } }], upsert: true } };
};

/** Writes documents and checkpoints: in one transaction, or one after the other with the documents first. */
export class CommitWriter {
  readonly #connection: MongoConnection;
  readonly #database: Db;
  readonly #control: Control;
  readonly #cache: GenerationCache;
  readonly #session: CommitSession;

  constructor(connection: MongoConnection, control: Control, cache: GenerationCache, session: CommitSession) {
    this.#connection = connection;
    this.#database = connection.database;
    this.#control = control;
    this.#cache = cache;
    this.#session = session;
  }

  async commit(commits: readonly GenerationCommit[], fence: bigint | undefined): Promise<void> {
    const targets = await Promise.all(commits.map((commit) => this.#target(commit)));
    if (targets.length === 0) return;
    if (!this.#connection.transactions) return this.#inSteps(targets, fence);
    try {
      await this.#session.transaction(async (session) => {
        await this.#advance(targets, fence, session);
        await this.#write(targets, session);
      });
    } catch (error) {
      // The new owner kills the old owner's open transaction.
      if (fence !== undefined && error instanceof MongoServerError && (await currentFence(this.#control)) > fence) throw conflict(targets);
      throw error;
    }
  }

  async #inSteps(targets: readonly Target[], fence: bigint | undefined): Promise<void> {
    const guards = targets.map(({ commit }) => this.#guard(commit, fence));
    if ((await this.#control.generations.countDocuments({ $or: guards })) < targets.length) throw conflict(targets);
    await this.#write(targets);
    await this.#advance(targets, fence);
  }

  async #target(commit: GenerationCommit): Promise<Target> {
    const { generation } = commit;
    const record = await this.#cache.get(generationId(generation));
    if (record === undefined) throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone`);
    const last = new Map<string, Map<string, Write>>();
    for (const write of commit.writes) {
      const collection = record.collections.find(({ name }) => name === write.collection);
      if (collection === undefined) throw new GenerationConflict(`${record.projection} has no collection ${write.collection}`);
      const writes = last.get(write.collection) ?? new Map<string, Write>();
      last.set(write.collection, writes.set(write.id, guarded(write, collection.text, this.#connection.transactions)));
    }
    return { commit, record, writes: new Map([...last].map(([name, writes]) => [name, [...writes.values()]])) };
  }

  async #write(targets: readonly Target[], session?: ClientSession): Promise<void> {
    for (const { record, writes } of targets) {
      for (const [name, operations] of writes) {
        await documentsOf(this.#database, record, name).bulkWrite([...operations], { ordered: true, ...(session && { session }) });
      }
    }
  }

  async #advance(targets: readonly Target[], fence: bigint | undefined, session?: ClientSession): Promise<void> {
    const options = session === undefined ? {} : { session };
    const { matchedCount } = await this.#control.generations.bulkWrite(
      targets.map(({ commit }) => ({
        updateOne: { filter: this.#guard(commit, fence), update: { $set: { checkpoint: commit.checkpoint.toString() } } },
      })),
      { ordered: true, ...options },
    );
    if (matchedCount < targets.length) throw conflict(targets);
    await this.#control.changes.updateOne({ _id: CHANGES }, { $inc: { changes: 1n } }, options);
  }

  #guard({ generation }: GenerationCommit, fence: bigint | undefined) {
    return {
      _id: generationId(generation),
      state: { $ne: 'retired' as const },
      checkpoint: generation.checkpoint.toString(),
      ...(fence === undefined ? {} : { fence: { $lte: fence } }),
    };
  }
}

const conflict = (targets: readonly Target[]): GenerationConflict => {
  const claimed = targets.map(({ commit: { generation } }) => `${generation.projection} at ${generation.checkpoint}`);
  return new GenerationConflict(`one of these has moved or another projector works on it: ${claimed.join(', ')}`);
};
