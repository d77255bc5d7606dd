import type { Control } from './control.js';
import { isDuplicateKey } from './leases.js';

const PROJECTOR = 'projector';
const NEVER_TAKEN = new Date(0);

/** Takes or renews the right to project; the generations then refuse those who had it before. */
export const takeTenure = async (control: Control, holder: string, now: Date, durationMs: number): Promise<bigint | undefined> => {
  const own = { $literal: holder };
  const isOurs = { $eq: ['$holder', own] };
  const isFree = { $lte: [{ $ifNull: ['$until', NEVER_TAKEN] }, now] };
  const next = { $add: [{ $ifNull: ['$fence', 0n] }, 1n] };
  const ifGranted = (value: unknown, otherwise: string): object => ({ $cond: ['$granted', value, otherwise] });
  const steps = [
    { $set: { granted: { $or: [isFree, isOurs] } } },
    {
      $set: {
        fence: ifGranted({ $cond: [isOurs, '$fence', next] }, '$fence'),
        holder: ifGranted(own, '$holder'),
        until: ifGranted(new Date(now.getTime() + durationMs), '$until'),
      },
    },
    { $unset: 'granted' },
  ];
  try {
    const tenure = await control.tenures.findOneAndUpdate({ _id: PROJECTOR }, steps, { upsert: true, returnDocument: 'after' });
    if (tenure?.holder !== holder) return undefined;
    const { fence } = tenure;
    await control.generations.updateMany({ fence: { $lt: fence } }, { $set: { fence } });
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
