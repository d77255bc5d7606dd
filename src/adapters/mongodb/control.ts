import type { Binary, Collection, Db, Document as MongoDocument } from 'mongodb';
import type { FanOutPlace, GenerationFailure } from '../../ports/read-model-store.js';
import type { DocumentRecord } from './query.js';

/** A generation, and what the writer needs to know of its collections. */
export interface GenerationRecord {
  readonly _id: string;
  readonly projection: string;
  readonly version: number;
  readonly generation: number;
  readonly state: 'building' | 'serving' | 'retired';
  /** In decimal: a position may need more than 64 bits. */
  readonly checkpoint: string;
  /** Fence of the last projector that wrote it. */
  readonly fence: bigint;
  readonly collections: readonly CollectionRecord[];
  /** Queries under way still read it for a while. */
  readonly retiredAt?: Date;
  /** Absent in records of older programs, as is the failure. */
  readonly createdAt?: string;
  readonly failure?: GenerationFailure | null;
  readonly fanOut?: FanOutRecord | null;
}

export type FanOutRecord = Omit<FanOutPlace, 'position'> & { readonly position: string };

export interface CollectionRecord {
  readonly name: string;
  readonly text: readonly string[];
}

export interface ProjectionRecord {
  readonly _id: string;
  readonly lastGeneration: number;
}

export interface RebuildRecord {
  readonly _id: string;
  readonly state: 'requested' | 'running' | 'done' | 'failed' | 'stopped';
  readonly requestedAt: string;
  readonly position: string;
  readonly head: string;
  readonly failure: string | null;
}

export interface RebuildStopRecord {
  readonly _id: string;
  readonly requestedAt: string;
}

export interface TenureRecord {
  readonly _id: string;
  readonly holder: string | null;
  readonly fence: bigint;
  readonly until: Date;
  /** The session in which the holder commits. */
  readonly session?: Binary | null;
  /** The session of the holder before. */
  readonly previous?: Binary | null;
}

/**
 * Touched by whatever changes generations: the one document that listeners listen to. It also keeps the checkpoint that
 * level generations share, so that a commit touches no other.
 */
export interface ChangeRecord {
  readonly _id: string;
  readonly changes: bigint;
  readonly checkpoint?: string;
  /** Ids of the generations that share it. */
  readonly sharing?: readonly string[];
  /** Fence of the last projector that wrote it. */
  readonly fence?: bigint;
}

/** The collections of records about the read models, and the database of their documents. */
export interface Control {
  readonly generations: Collection<GenerationRecord>;
  readonly projections: Collection<ProjectionRecord>;
  readonly rebuilds: Collection<RebuildRecord>;
  readonly rebuildStops: Collection<RebuildStopRecord>;
  readonly tenures: Collection<TenureRecord>;
  readonly changes: Collection<ChangeRecord>;
}

const PREFIX = 'readModels';

export const controlOf = (database: Db): Control => {
  const collection = <Schema extends MongoDocument>(name: string): Collection<Schema> =>
    database.collection<Schema>(`${PREFIX}.${name}`, { useBigInt64: true });
  return {
    generations: collection('generations'),
    projections: collection('projections'),
    rebuilds: collection('rebuilds'),
    rebuildStops: collection('rebuildStops'),
    tenures: collection('tenures'),
    changes: collection('changes'),
  };
};

/** Before the first change: a transaction must not have to make a collection. */
export const prepareControl = async (control: Control): Promise<void> => {
  await control.generations.createIndex({ projection: 1, generation: 1 }, { unique: true });
  await control.changes.updateOne({ _id: CHANGES }, { $inc: { changes: 0n } }, { upsert: true });
};

export const CHANGES = 'generations';

interface OfGeneration {
  readonly projection: string;
  readonly generation: number;
}

export const generationId = ({ projection, generation }: OfGeneration): string => `${projection}/${generation}`;

/** Every collection that holds documents: readModels.<projection>.<generation>.<name>. */
export const DOCUMENT_COLLECTIONS = /^readModels\.([^.]+)\.(\d+)\.(.+)$/;

export const documentsOf = (database: Db, { projection, generation }: OfGeneration, name: string): Collection<DocumentRecord> =>
  database.collection<DocumentRecord>(`${PREFIX}.${projection}.${generation}.${name}`);
