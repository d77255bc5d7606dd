import type { Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import { uniqueValuesOf, type UniqueRule } from './unique-values.js';

/** By the names of the declaration; JSON values. */
export type RecordFields = Readonly<Record<string, unknown>>;

export interface RecordEntry {
  readonly status: 'kept' | 'deleted';
  readonly ownerId: string;
  /** A deleted record keeps its references, and the rest only where it can be restored. */
  readonly fields: RecordFields;
  /** The files that its last change took from it. */
  readonly removedFiles?: readonly string[];
}

/** All records of one stream: one, or all within one thing. */
export interface RecordBook {
  readonly records: PersistentMap<RecordEntry>;
  /** The record that has a unique value. */
  readonly holders: PersistentMap<string>;
  /** The number of records, without deleted ones. */
  readonly kept: number;
}

interface Addressed {
  readonly recordId: string;
  readonly ownerId: string;
  readonly actorId: string | null;
}

interface Removing {
  readonly removedFiles?: readonly string[];
}

/** Names of types stay open here: each resource has its own. */
export type RecordEvent =
  | Message<`${string}Created`, Addressed & { fields: RecordFields; createdAt: string }>
  | Message<`${string}Changed`, Addressed & Removing & { fields: RecordFields; cleared?: readonly string[]; changedAt: string }>
  | Message<`${string}Deleted`, Addressed & Removing & { deletedAt: string }>
  | Message<`${string}Restored`, Addressed & { restoredAt: string }>;

export const emptyBook = (): RecordBook => ({ records: emptyMap(), holders: emptyMap(), kept: 0 });

export const keptRecord = (book: RecordBook, recordId: string): RecordEntry | undefined => {
  const entry = book.records.get(recordId);
  return entry?.status === 'kept' ? entry : undefined;
};

export const changedFields = (fields: RecordFields, changes: RecordFields, cleared: readonly string[] = []): RecordFields =>
  Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([name]) => !cleared.includes(name)));

/** The files of `before` that are not in `after`. */
export const filesRemoved = (names: readonly string[], before: RecordFields, after: RecordFields): Removing => {
  const removedFiles = names.flatMap((name) => {
    const file = before[name];
    return typeof file === 'string' && after[name] !== file ? [file] : [];
  });
  return removedFiles.length === 0 ? {} : { removedFiles };
};

const only = (names: readonly string[], fields: RecordFields): RecordFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

interface Folding {
  readonly unique: readonly UniqueRule[];
  readonly restorable: boolean;
  readonly referring: readonly string[];
}

const weight = (entry: RecordEntry | undefined): number => (entry?.status === 'kept' ? 1 : 0);

const withEntry = (book: RecordBook, recordId: string, entry: RecordEntry, unique: readonly UniqueRule[]): RecordBook => {
  const before = book.records.get(recordId);
  const given = before?.status === 'kept' ? uniqueValuesOf(unique, before.fields) : [];
  const taken = entry.status === 'kept' ? uniqueValuesOf(unique, entry.fields) : [];
  const freed = given.reduce((holders, { value }) => holders.delete(value), book.holders);
  return {
    records: book.records.set(recordId, entry),
    holders: taken.reduce((holders, { value }) => holders.set(value, recordId), freed),
    kept: book.kept - weight(before) + weight(entry),
  };
};

export const isCreated = (event: RecordEvent): event is Extract<RecordEvent, { data: { createdAt: string } }> => 'createdAt' in event.data;
export const isChanged = (event: RecordEvent): event is Extract<RecordEvent, { data: { changedAt: string } }> => 'changedAt' in event.data;
export const isDeleted = (event: RecordEvent): event is Extract<RecordEvent, { data: { deletedAt: string } }> => 'deletedAt' in event.data;

const removedBy = ({ data: { removedFiles } }: { readonly data: Removing }): Removing => (removedFiles === undefined ? {} : { removedFiles });

export const evolveBook = ({ unique, restorable, referring }: Folding) => (book: RecordBook, event: RecordEvent): RecordBook => {
  const { recordId, ownerId } = event.data;
  if (isCreated(event)) return withEntry(book, recordId, { status: 'kept', ownerId, fields: event.data.fields }, unique);
  const entry = book.records.get(recordId);
  if (entry === undefined) return book;
  if (isChanged(event)) {
    if (entry.status === 'deleted') return book;
    const { status } = entry;
    const fields = changedFields(entry.fields, event.data.fields, event.data.cleared);
    return withEntry(book, recordId, { status, ownerId: entry.ownerId, fields, ...removedBy(event) }, unique);
  }
  if (isDeleted(event)) {
    const fields = restorable ? entry.fields : only(referring, entry.fields);
    return withEntry(book, recordId, { status: 'deleted', ownerId: entry.ownerId, fields, ...removedBy(event) }, unique);
  }
  return restorable ? withEntry(book, recordId, { ...entry, status: 'kept' }, unique) : book;
};
