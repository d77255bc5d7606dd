import type { Position } from './event-store.js';
import type { CollectionDefinition, Document, KeptDocuments, Query, ReadModels } from './read-models.js';

/** One copy of a projection's collections. One generation per projection serves; a rebuild fills another beside it. */
export interface Generation {
  readonly projection: string;
  readonly version: number;
  readonly generation: number;
  readonly state: 'building' | 'serving';
  readonly checkpoint: Position;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Set while the projection has stopped at an event that it cannot apply. */
  readonly failure: GenerationFailure | null;
  /** Set while an event after the checkpoint has changed some of the documents that it changes. */
  readonly fanOut: FanOutPlace | null;
}

/** How far an event that changes all documents which an index finds has come. */
export interface FanOutPlace {
  readonly position: Position;
  /** The place of the rule among the projection's rules. */
  readonly rule: number;
  /** Documents up to this id are done. */
  readonly after: string;
}

export interface GenerationFailure {
  readonly reason: string;
  /** ISO 8601, UTC. */
  readonly since: string;
}

export interface DocumentWrite {
  readonly collection: string;
  readonly id: string;
  /** undefined deletes. */
  readonly document: Document | undefined;
  /** The position of the event behind it; an adapter without transactions guards the write with it. */
  readonly position: Position;
  /** Of a collection whose documents are written once (CollectionDefinition): nothing stood there before. */
  readonly writtenOnce?: boolean;
}

/** A document or its tombstone. */
export interface StoredDocument {
  readonly document: Document | undefined;
  /**
   * The document has the events up to here, even when the checkpoint is behind: without transactions a crash may come between the
   * two. 0n where the checkpoint is exact.
   */
  readonly position: Position;
}

export interface GenerationCommit {
  readonly generation: Generation;
  /** Where an adapter has no transactions, written in this order: all of one collection, then the next. */
  readonly writes: readonly DocumentWrite[];
  readonly checkpoint: Position;
  /** Absent: none, before and after. */
  readonly fanOut?: FanOutPlace | null;
}

/** What a stretch of the log did to generations that share their checkpoint: it moves from `from` to `to` for all of them. */
export interface SharedCommit {
  readonly from: Position;
  readonly to: Position;
  /** Only those that were written to. */
  readonly commits: readonly Pick<GenerationCommit, 'generation' | 'writes'>[];
}

/** The generation has moved on or is gone: another projector works on it. Nothing was written. */
export class GenerationConflict extends Error {
  override readonly name = 'GenerationConflict';
}

/** A requested rebuild and its progress. One process requests it, another carries it out. */
export interface Rebuild {
  readonly projection: string;
  readonly state: 'requested' | 'running' | 'done' | 'failed' | 'stopped';
  readonly requestedAt: string;
  readonly position: Position;
  readonly head: Position;
  readonly failure: string | null;
}

/** A wish that a rebuild be stopped. It names the one that was asked for at that time, so that it never stops a later one. */
export interface RebuildStop {
  readonly projection: string;
  /** `requestedAt` of the rebuild. */
  readonly requestedAt: string;
}

export interface ReadModelStore extends ReadModels {
  readonly kept: KeptDocuments;
  generations(): Promise<readonly Generation[]>;
  /** Makes an empty generation with its collections and indexes, numbered after the last one of this projection. */
  createGeneration(
    projection: string,
    version: number,
    collections: readonly CollectionDefinition[],
    now: Date,
  ): Promise<Generation>;
  /** The stored documents, in order of the ids. */
  load(generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]>;
  /**
   * Writes of several projections with their checkpoints, all or nothing per generation; each effect counts once:
   * rejects with GenerationConflict when a generation does not stand at `generation.checkpoint`.
   */
  commit(commits: readonly GenerationCommit[]): Promise<void>;
  /**
   * From now on these generations share one checkpoint, `position`, which none of them is behind. Those that shared it
   * until now and are not named keep what it was as their own.
   */
  share(generations: readonly Generation[], position: Position): Promise<void>;
  /**
   * Writes and moves the shared checkpoint, all or nothing, at the same cost however many generations share it. Rejects
   * with GenerationConflict when it does not stand at `from`.
   */
  advance(commit: SharedCommit): Promise<void>;
  /** As `find`, of a generation that need not serve. */
  findIn(generation: Generation, collection: string, query: Query): Promise<readonly Document[]>;
  /** Makes a generation serve, in one step, and drops the others of its projection. */
  activate(generation: Generation): Promise<void>;
  drop(generation: Generation): Promise<void>;
  /** Tells every process that the generation has failed; null: that it has recovered. */
  recordFailure(generation: Generation, failure: GenerationFailure | null): Promise<void>;
  /** Makes the indexes of an existing generation those that are declared now. */
  ensureIndexes(generation: Generation, collections: readonly CollectionDefinition[]): Promise<void>;
  rebuilds(): Promise<readonly Rebuild[]>;
  /** Replaces the projection's last one. */
  recordRebuild(rebuild: Rebuild): Promise<void>;
  rebuildStops(): Promise<readonly RebuildStop[]>;
  /** Replaces the projection's last one. */
  requestRebuildStop(stop: RebuildStop): Promise<void>;
  /**
   * Takes or renews the right to project. Answers its fence: greater than that of every earlier tenure, and unchanged when the
   * holder had the right last. Undefined while another live holder has it.
   */
  lease(holder: string, now: Date, durationMs: number): Promise<bigint | undefined>;
  releaseLease(holder: string): Promise<void>;
  /** This store restricted to one fence: once a later tenure has begun, writes reject with GenerationConflict. */
  fenced(fence: bigint): ReadModelStore;
  /**
   * Yields as soon as it listens, and then whenever generations may have changed in any process. Ends when the signal aborts or
   * the store closes. Absent where the store can't tell: then generations have to be read.
   */
  changes?(signal: AbortSignal): AsyncIterable<void>;
  close(): Promise<void>;
}
