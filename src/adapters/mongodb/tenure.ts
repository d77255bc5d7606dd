import { Binary, type Db } from 'mongodb';
import { CHANGES, type Control } from './control.js';
import { isDuplicateKey } from './leases.js';

const PROJECTOR = 'projector';
const NEVER_TAKEN = new Date(0);

export interface TenureRequest {
  readonly holder: string;
  readonly now: Date;
  readonly durationMs: number;
  readonly session: Binary | undefined;
}

const stepsOf = ({ holder, now, durationMs, session }: TenureRequest): object[] => {
  const own = { $literal: holder };
  const isOurs = { $eq: ['$holder', own] };
  const isFree = { $lte: [{ $ifNull: ['$until', NEVER_TAKEN] }, now] };
  const next = { $add: [{ $ifNull: ['$fence', 0n] }, 1n] };
  const ifGranted = (value: unknown, otherwise: string): object => ({ $cond: ['$granted', value, otherwise] });
  return [
    { $set: { granted: { $or: [isFree, isOurs] } } },
    {
      $set: {
        fence: ifGranted({ $cond: [isOurs, '$fence', next] }, '$fence'),
        holder: ifGranted(own, '$holder'),
        until: ifGranted(new Date(now.getTime() + durationMs), '$until'),
        previous: ifGranted({ $cond: [isOurs, '$previous', '$session'] }, '$previous'),
        session: ifGranted({ $literal: session ?? null }, '$session'),
      },
    },
    { $unset: 'granted' },
  ];
};

/**
 * Ends the transaction that the tenure before may have left open, also our own after a broken connection. Without the right to
 * end it, it ends by itself in a minute.
 */
const endTransactionOf = async (database: Db, session: Binary): Promise<void> => {
  await database.command({ killSessions: [{ id: session }] }).catch(() => undefined);
};

/** Takes or renews the right to project; the generations then refuse earlier holders. */
export const takeTenure = async (database: Db, control: Control, request: TenureRequest): Promise<bigint | undefined> => {
  try {
    const tenure = await control.tenures.findOneAndUpdate({ _id: PROJECTOR }, stepsOf(request), { upsert: true, returnDocument: 'after' });
    if (tenure?.holder !== request.holder) return undefined;
    const { fence, previous } = tenure;
    const outdated = { fence: { $lt: fence } };
    const outdatedShared = { _id: CHANGES, $nor: [{ fence: { $gte: fence } }] };
    const [generations, shared] = await Promise.all([
      control.generations.countDocuments(outdated, { limit: 1 }),
      control.changes.countDocuments(outdatedShared),
    ]);
    if (generations + shared === 0) return fence;
    if (previous instanceof Binary) await endTransactionOf(database, previous);
    await control.changes.updateOne(outdatedShared, { $set: { fence } });
    await control.generations.updateMany(outdated, { $set: { fence } });
    return fence;
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
};

export const endTenure = async (control: Control, holder: string): Promise<void> => {
  await control.tenures.updateOne({ _id: PROJECTOR, holder }, { $set: { holder: null, until: NEVER_TAKEN } });
};

export const currentFence = async (control: Control): Promise<bigint> => (await control.tenures.findOne({ _id: PROJECTOR }))?.fence ?? 0n;
