import { OWNER, type AnyResource } from './resource.js';
import type { RecordFields } from './record-book.js';

export interface Placed {
  readonly recordId: string;
  readonly ownerId: string;
  readonly fields: RecordFields;
}

// Ids are joined with dots, so a dot inside an id is escaped.
const joinable = (value: unknown): string => String(value).replaceAll('%', '%25').replaceAll('.', '%2E');

/** The id of a new record: its key, or else the proposed id. */
export const recordIdFor = ({ key }: AnyResource, fields: RecordFields, proposed: string): string =>
  key === null ? proposed : key.map((name) => joinable(fields[name])).join('.');

/** The value that all records of a stream share; null where each has a stream of its own. */
export const scopeOf = ({ within }: AnyResource, { ownerId, fields }: Omit<Placed, 'recordId'>): string | null => {
  if (within === null || within === 'all') return within;
  return within === OWNER ? ownerId : String(fields[within]);
};

export const streamIdOf = (recordId: string, scope: string | null): string => scope ?? recordId;
