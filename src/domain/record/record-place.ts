import { OWNER, type AnyResource } from './resource.js';
import type { RecordFields } from './record-book.js';

export interface Placed {
  readonly recordId: string;
  readonly ownerId: string;
  readonly fields: RecordFields;
}

// Ids are joined with dots, so that a dot inside of one must not look like a joint.
const joinable = (value: unknown): string => String(value).replaceAll('%', '%25').replaceAll('.', '%2E');

/** The id of a new record: its key where it has one, else the id that is proposed. */
export const recordIdFor = ({ key }: AnyResource, fields: RecordFields, proposed: string): string =>
  key === null ? proposed : key.map((name) => joinable(fields[name])).join('.');

/** What the records of one stream have in common; null where each has a stream of its own. */
export const scopeOf = ({ within }: AnyResource, { ownerId, fields }: Omit<Placed, 'recordId'>): string | null => {
  if (within === null || within === 'all') return within;
  return within === OWNER ? ownerId : String(fields[within]);
};

/** The id of the stream that a record lies in. */
export const streamIdOf = (recordId: string, scope: string | null): string => scope ?? recordId;
