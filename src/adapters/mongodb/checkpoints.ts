import type { Collection, Db, UpdateFilter } from 'mongodb';
import { CheckpointsUnavailable, FenceLost, type Checkpoints } from '../../ports/checkpoints.js';
import type { Position } from '../../ports/event-store.js';
import { isDuplicateKey } from './leases.js';
import { reaching } from './unavailable.js';

interface CheckpointDocument {
  readonly _id: string;
  /** In decimal: positions may need more than 64 bits. */
  readonly position?: string;
  readonly fence?: bigint;
}

/** Written and read by majority: a fail-over neither loses a checkpoint nor brings an old one back. */
export class MongoCheckpoints implements Checkpoints {
  readonly #checkpoints: Collection<CheckpointDocument>;

  constructor(database: Db) {
    this.#checkpoints = database.collection<CheckpointDocument>('checkpoints', {
      useBigInt64: true,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
    });
  }

  async get(name: string, fence?: bigint): Promise<Position> {
    const read = () => this.#checkpoints.findOne({ _id: name });
    const found = await reaching(fence === undefined ? read : () => this.#update(name, { $set: { fence } }, fence), CheckpointsUnavailable);
    return BigInt(found?.position ?? 0);
  }

  async set(name: string, position: Position, fence?: bigint): Promise<void> {
    const values = { position: position.toString(), ...(fence === undefined ? {} : { fence }) };
    await reaching(() => this.#update(name, { $set: values }, fence), CheckpointsUnavailable);
  }

  /** When a greater fence has claimed the document, the upsert fails on its id. */
  async #update(name: string, change: UpdateFilter<CheckpointDocument>, fence: bigint | undefined, again = true): Promise<CheckpointDocument | null> {
    const unclaimed = fence === undefined ? {} : { $or: [{ fence: { $lte: fence } }, { fence: { $exists: false } }] };
    try {
      return await this.#checkpoints.findOneAndUpdate({ _id: name, ...unclaimed }, change, { upsert: true, returnDocument: 'after' });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Two first writers get the same error: the second attempt tells.
      if (again) return this.#update(name, change, fence, false);
      if (fence === undefined) throw error;
      throw new FenceLost(name, fence);
    }
  }
}
