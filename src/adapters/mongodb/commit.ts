import { MongoServerError, type AnyBulkWriteOperation, type ClientSession, type Db } from 'mongodb';
import { GenerationConflict, type DocumentWrite, type GenerationCommit, type SharedCommit } from '../../ports/read-model-store.js';
import type { CommitSession } from './commit-session.js';
import type { MongoConnection } from './connection.js';
import { CHANGES, documentsOf, generationId, type Control, type GenerationRecord } from './control.js';
import type { GenerationCache } from './generation-cache.js';
import { positionKey, type DocumentRecord } from './query.js';
import { currentFence } from './tenure.js';
import { wordsIn } from './text-words.js';

type Write = AnyBulkWriteOperation<DocumentRecord>;
type Fence = bigint | undefined;

interface Target {
  readonly record: GenerationRecord;
  readonly writes: ReadonlyMap<string, readonly Write[]>;
}

/** Checkpoints that move with the documents. */
interface Movement {
  /** Rejects with GenerationConflict unless they stand where they are said to; for servers without transactions. */
  assertInPlace(): Promise<void>;
  /** Moves them; rejects with GenerationConflict when they stood elsewhere. */
  move(options: { readonly session?: ClientSession }): Promise<void>;
  readonly conflict: GenerationConflict;
}

/** Undefined: the document is deleted. */
const recordOf = ({ id, document, position }: DocumentWrite, text: readonly string[]): DocumentRecord | undefined => {
  if (document === undefined) return undefined;
  const words = wordsIn(document, text);
  return { _id: id, position: positionKey(position), document, ...(words === undefined ? {} : { words }) };
};

/** In a transaction with the checkpoint: nobody else writes, and nothing older comes. */
const plain = (write: DocumentWrite, text: readonly string[]): Write => {
  const filter = { _id: write.id };
  const replacement = recordOf(write, text);
  return replacement === undefined ? { deleteOne: { filter } } : { replaceOne: { filter, replacement, upsert: true } };
};

/** Changes nothing when what is kept is not older. A deleted document is remembered for that. */
const guarded = (write: DocumentWrite, text: readonly string[]): Write => {
  const { id: _id } = write;
  const position = positionKey(write.position);
  const isNewer = { $gte: ['$position', position] };
  const found = recordOf(write, text);
  const record = found === undefined ? { $mergeObjects: [{ $literal: { _id, position } }, { deletedAt: '$$NOW' }] } : { $literal: found };
  return { updateOne: { filter: { _id }, update: [{ $replaceWith: { $cond: [isNewer, '$$ROOT', record] } }], upsert: true } };
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

  async commit(commits: readonly GenerationCommit[], fence: Fence): Promise<void> {
    if (commits.length > 0) await this.#write(commits, ownMovement(this.#control, commits, fence), fence);
  }

  async advance(shared: SharedCommit, fence: Fence): Promise<void> {
    await this.#write(shared.commits, sharedMovement(this.#control, shared, fence), fence);
  }

  async #write(commits: SharedCommit['commits'], movement: Movement, fence: Fence): Promise<void> {
    const targets = await Promise.all(commits.map((commit) => this.#target(commit)));
    if (targets.every(({ writes }) => writes.size === 0)) return movement.move({});
    if (!this.#connection.transactions) return this.#inSteps(targets, movement);
    try {
      await this.#session.transaction(async (session) => {
        await movement.move({ session });
        await this.#writeDocuments(targets, { session });
      });
    } catch (error) {
      // The new owner kills the old owner's open transaction.
      if (fence !== undefined && error instanceof MongoServerError && (await currentFence(this.#control)) > fence) throw movement.conflict;
      throw error;
    }
  }

  async #inSteps(targets: readonly Target[], movement: Movement): Promise<void> {
    await movement.assertInPlace();
    await this.#writeDocuments(targets, {});
    await movement.move({});
  }

  async #target(commit: SharedCommit['commits'][number]): Promise<Target> {
    const { generation } = commit;
    const record = await this.#cache.get(generationId(generation));
    if (record === undefined) throw new GenerationConflict(`generation ${generation.generation} of ${generation.projection} is gone`);
    const written = this.#connection.transactions ? plain : guarded;
    const last = new Map<string, Map<string, Write>>();
    for (const write of commit.writes) {
      const collection = record.collections.find(({ name }) => name === write.collection);
      if (collection === undefined) throw new GenerationConflict(`${record.projection} has no collection ${write.collection}`);
      const writes = last.get(write.collection) ?? new Map<string, Write>();
      last.set(write.collection, writes.set(write.id, written(write, collection.text)));
    }
    return { record, writes: new Map([...last].map(([name, writes]) => [name, [...writes.values()]])) };
  }

  /**
   * In a transaction one collection after the other, because a session takes one operation at a time. Without, projections
   * side by side, each in its own order. A failure is told when all are over, so that nothing is written behind it.
   */
  async #writeDocuments(targets: readonly Target[], options: { readonly session?: ClientSession }): Promise<void> {
    const write = async ({ record, writes }: Target): Promise<void> => {
      for (const [name, operations] of writes) {
        await documentsOf(this.#database, record, name).bulkWrite([...operations], { ordered: true, ...options });
      }
    };
    if (options.session !== undefined) {
      for (const target of targets) await write(target);
      return;
    }
    const failures = (await Promise.allSettled(targets.map(write))).filter((result) => result.status === 'rejected');
    if (failures[0] !== undefined) throw failures[0].reason;
  }
}

const owned = (fence: Fence) => (fence === undefined ? {} : { fence: { $lte: fence } });

const ownMovement = ({ generations, changes }: Control, commits: readonly GenerationCommit[], fence: Fence): Movement => {
  const claimed = commits.map(({ generation }) => `${generation.projection} at ${generation.checkpoint}`);
  const conflict = new GenerationConflict(`one of these has moved or another projector works on it: ${claimed.join(', ')}`);
  const guards = commits.map(({ generation }) => ({
    _id: generationId(generation),
    state: { $ne: 'retired' as const },
    checkpoint: generation.checkpoint.toString(),
    ...owned(fence),
  }));
  const changesOf = ({ checkpoint, fanOut }: GenerationCommit) => ({
    checkpoint: checkpoint.toString(),
    ...(fanOut === undefined ? {} : { fanOut: fanOut && { ...fanOut, position: fanOut.position.toString() } }),
  });
  return {
    conflict,
    assertInPlace: async () => {
      if ((await generations.countDocuments({ $or: guards })) < guards.length) throw conflict;
    },
    move: async (options) => {
      const moves = commits.map((commit, place) => ({ updateOne: { filter: guards[place] ?? {}, update: { $set: changesOf(commit) } } }));
      const { matchedCount } = await generations.bulkWrite(moves, { ordered: true, ...options });
      if (matchedCount < commits.length) throw conflict;
      await changes.updateOne({ _id: CHANGES }, { $inc: { changes: 1n } }, options);
    },
  };
};

const sharedMovement = ({ changes }: Control, { from, to }: SharedCommit, fence: Fence): Movement => {
  const conflict = new GenerationConflict(`the shared checkpoint does not stand at ${from}, or another projector works`);
  const guard = { _id: CHANGES, checkpoint: from.toString(), ...owned(fence) };
  return {
    conflict,
    assertInPlace: async () => {
      if ((await changes.countDocuments(guard)) === 0) throw conflict;
    },
    move: async (options) => {
      const { matchedCount } = await changes.updateOne(guard, { $set: { checkpoint: to.toString() }, $inc: { changes: 1n } }, options);
      if (matchedCount === 0) throw conflict;
    },
  };
};
