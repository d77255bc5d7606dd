import type { Db } from 'mongodb';
import { documentsOf, generationId, DOCUMENT_COLLECTIONS, type Control, type GenerationRecord } from './control.js';
import { generationRecords, isReplaced } from './generation-cache.js';
import { positionKey } from './query.js';

export interface SweepOptions {
  /** How long queries may still read a generation that was replaced. */
  readonly retirementMs: number;
}

/** A projector that is paused longer than this, and then writes what it had in hand, is on a server without transactions only. */
const DELETED_REMEMBERED_MS = 3_600_000;

const retireReplaced = async (control: Control): Promise<void> => {
  const records = await control.generations.find({ state: 'serving' }).toArray();
  const replaced = records.filter((record) => isReplaced(record, records)).map(({ _id }) => _id);
  if (replaced.length > 0) await control.generations.updateMany({ _id: { $in: replaced } }, [{ $set: { state: 'retired', retiredAt: '$$NOW' } }]);
};

/** Collections first, generations after: one that is being made is known before its collections are. */
const dropUnknown = async (database: Db, control: Control, retirementMs: number): Promise<void> => {
  const collections = await database.listCollections({ name: DOCUMENT_COLLECTIONS }, { nameOnly: true }).toArray();
  const over = { $lte: ['$retiredAt', { $subtract: ['$$NOW', retirementMs] }] };
  const gone = await control.generations.find({ state: 'retired', $expr: over }).project<{ _id: string }>({ _id: 1 }).toArray();
  const ids = new Set(gone.map(({ _id }) => _id));
  const kept = await control.generations.find({ _id: { $nin: [...ids] } }).project<{ _id: string }>({ _id: 1 }).toArray();
  const known = new Set(kept.map(({ _id }) => _id));
  for (const { name } of collections) {
    const [, projection = '', generation = ''] = DOCUMENT_COLLECTIONS.exec(name) ?? [];
    if (!known.has(generationId({ projection, generation: Number(generation) }))) await database.dropCollection(name);
  }
  await control.generations.deleteMany({ _id: { $in: [...ids] } });
};

const forgetDeleted = async (database: Db, record: GenerationRecord): Promise<void> => {
  const deletedAt = { $lt: new Date(Date.now() - DELETED_REMEMBERED_MS) };
  const position = { $lte: positionKey(BigInt(record.checkpoint)) };
  for (const { name } of record.collections) await documentsOf(database, record, name).deleteMany({ deletedAt, position });
};

/** Removes what nobody reads any more; whatever a crash leaves over is found the next time. */
export const sweep = async (database: Db, control: Control, { retirementMs }: SweepOptions): Promise<void> => {
  await retireReplaced(control);
  await dropUnknown(database, control, retirementMs);
  for (const record of await generationRecords(control)) await forgetDeleted(database, record);
};
