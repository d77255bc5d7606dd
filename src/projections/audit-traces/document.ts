import { hash } from 'node:crypto';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Events that stand side by side in the log. To find one, its block is known here, and read in the log. */
export interface TraceBlock extends Document {
  readonly number: number;
  /** The position before its first event, and that of its last one, in the order of strings. */
  readonly after: string;
  readonly to: string;
  /** Of each event in the order of the log a mark of its id and one of its command's. */
  readonly marks: string;
}

/** An event as `<place of its stream in streams>@<revision>@<position>`. */
type Place = string;

/** Some events of one correlation, in the order of the log. */
export interface TracedEvents extends Document {
  readonly streams: readonly string[];
  readonly places: readonly Place[];
}

/** The first events of a correlation; its id is the correlation's. */
export interface TracedCorrelation extends TracedEvents {
  /** Of all its events. Those that `places` lacks are in chunks, `<correlation>/<1, 2, …>`, as many in each. */
  readonly count: number;
}

export const NEWEST = 'newest';
export const EVENTS_PER_BLOCK = 2_048;
export const EVENTS_PER_CHUNK = 256;

const projection = 'audit-traces';

// An id of its own for each event and each command would be two places of the store at random for each event: most of what a
// purchase costs there. Without transactions a crash may come between the collections: those that are counted by come last.
export const traceBlocks = collection<TraceBlock>({ projection, name: 'auditTraceBlocks', indexes: [], writtenOnce: true });
export const traceChunks = collection<TracedEvents>({ projection, name: 'auditTraceChunks', indexes: [] });
export const traceCorrelations = collection<TracedCorrelation>({ projection, name: 'auditTraceCorrelations', indexes: [] });
export const newestTraceBlock = collection<TraceBlock>({ projection, name: 'auditTraceNewestBlock', indexes: [] });

export const MARK_LENGTH = 6;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The end of an id is random in all versions of UUIDs. Of a million events one in ten is taken for another one, and then looked at. */
export const markOf = (id: string): string => (UUID.test(id) ? id : hash('sha1', id, 'hex')).slice(-MARK_LENGTH);
