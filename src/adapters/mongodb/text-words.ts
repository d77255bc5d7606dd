import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import { documentWords } from '../embedded/read-models/matcher.js';
import type { DocumentRecord } from './query.js';

const RECORDS_AT_ONCE = 1_000;

/** The words by which `$text` finds the document; undefined where the collection is not searched. */
export const wordsIn = (document: object, fields: readonly string[]): readonly string[] | undefined =>
  fields.length === 0 ? undefined : [...documentWords(document, fields)];

/** Called when other fields are searched from now on. A document written meanwhile has the new words already. */
export const rewriteWords = async (collection: Collection<DocumentRecord>, fields: readonly string[]): Promise<void> => {
  let changes: AnyBulkWriteOperation<DocumentRecord>[] = [];
  const flush = async (): Promise<void> => {
    if (changes.length > 0) await collection.bulkWrite(changes, { ordered: false });
    changes = [];
  };
  for await (const { _id, position, document } of collection.find({ document: { $exists: true } })) {
    const words = document === undefined ? undefined : wordsIn(document, fields);
    const update = words === undefined ? { $unset: { words: true as const } } : { $set: { words } };
    changes.push({ updateOne: { filter: { _id, position }, update } });
    if (changes.length >= RECORDS_AT_ONCE) await flush();
  }
  await flush();
};
