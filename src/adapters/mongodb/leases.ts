import type { Collection, Db } from 'mongodb';
import { LeasesUnavailable, type Lease, type Leases } from '../../ports/leases.js';
import { reaching } from './unavailable.js';

interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly fence: bigint;
  readonly until: Date;
}

const DUPLICATE_KEY = 11_000;

/** True when an upsert lost against another one of the same id. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;

/** One document per name, never deleted, so that fences only grow. Each step is one update; the time is the server's. */
export class MongoLeases implements Leases {
  readonly #leases: Collection<LeaseDocument>;

  constructor(database: Db) {
    this.#leases = database.collection<LeaseDocument>('leases', { useBigInt64: true, writeConcern: { w: 'majority', journal: true } });
  }

  async acquire(name: string, holder: string, ttlMs: number): Promise<Lease | null> {
    const isFree = { $lte: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] };
    const own = { $literal: holder };
    const steps = [
      { $set: { granted: { $or: [isFree, { $eq: ['$holder', own] }] } } },
      {
        $set: {
          holder: { $cond: ['$granted', own, '$holder'] },
          fence: { $cond: ['$granted', { $add: [{ $ifNull: ['$fence', 0n] }, 1n] }, '$fence'] },
          until: { $cond: ['$granted', { $add: ['$$NOW', ttlMs] }, '$until'] },
        },
      },
      { $unset: 'granted' },
    ];
    try {
      const lease = await reaching(() => this.#leases.findOneAndUpdate({ _id: name }, steps, { upsert: true, returnDocument: 'after' }), LeasesUnavailable);
      return lease?.holder === holder ? { name, holder, fence: lease.fence } : null;
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async renew({ name, holder, fence }: Lease, ttlMs: number): Promise<boolean> {
    const until = [{ $set: { until: { $add: ['$$NOW', ttlMs] } } }];
    const { matchedCount } = await reaching(() => this.#leases.updateOne({ _id: name, holder, fence }, until), LeasesUnavailable);
    return matchedCount === 1;
  }

  async release({ name, holder, fence }: Lease): Promise<void> {
    await reaching(() => this.#leases.updateOne({ _id: name, holder, fence }, { $set: { until: new Date(0) } }), LeasesUnavailable);
  }
}
