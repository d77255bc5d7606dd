import { eventSchemas } from '../../domain/events.js';
import type { Document } from '../../ports/read-models.js';
import { projection, type LogRecord, type ProjectionRule } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import {
  EVENTS_PER_BLOCK, EVENTS_PER_CHUNK, MARK_LENGTH, markOf, NEWEST, newestTraceBlock, traceBlocks, traceChunks, traceCorrelations,
  type TraceBlock, type TracedCorrelation, type TracedEvents,
} from './document.js';

const MARKS_PER_BLOCK = 2 * MARK_LENGTH * EVENTS_PER_BLOCK;

const isFull = ({ marks }: TraceBlock): boolean => marks.length >= MARKS_PER_BLOCK;

const blockWith = (newest: TraceBlock | undefined, { id, position, metadata: { commandId } }: LogRecord): TraceBlock => {
  const to = orderedPosition(position);
  const marks = markOf(id) + markOf(commandId);
  if (newest === undefined) return { id: NEWEST, number: 0, after: orderedPosition(0n), to, marks };
  if (isFull(newest)) return { id: NEWEST, number: newest.number + 1, after: newest.to, to, marks };
  return { ...newest, to, marks: newest.marks + marks };
};

const withEvent = <Events extends TracedEvents>(events: Events, { stream, revision, position }: LogRecord): Events => {
  const known = events.streams.indexOf(stream);
  const place = `${known === -1 ? events.streams.length : known}@${revision}@${position}`;
  return { ...events, streams: known === -1 ? [...events.streams, stream] : events.streams, places: [...events.places, place] };
};

const correlationWith = (found: TracedCorrelation | undefined, event: LogRecord, id: string): TracedCorrelation => {
  const correlation = found ?? { id, streams: [], places: [], count: 0 };
  const placed = correlation.count < EVENTS_PER_CHUNK ? withEvent(correlation, event) : correlation;
  return { ...placed, count: correlation.count + 1 };
};

// The documents came from these collections, which hold nothing else.
const newestIn = ([newest]: readonly Document[]): TraceBlock | undefined => newest as TraceBlock | undefined;
const correlationIn = ([correlation]: readonly Document[]): TracedCorrelation | undefined => correlation as TracedCorrelation | undefined;

const rulesOf = (eventType: string): readonly ProjectionRule[] => [
  {
    eventType,
    collection: traceBlocks.name,
    lookup: { collection: newestTraceBlock.name, ids: () => [NEWEST] },
    ids: (_, found) => {
      const newest = newestIn(found);
      return newest !== undefined && isFull(newest) ? [String(newest.number)] : [];
    },
    apply: (block, _event, id, _number, found) => {
      const newest = newestIn(found);
      return newest === undefined ? block : { ...newest, id };
    },
  },
  {
    eventType,
    collection: traceChunks.name,
    lookup: { collection: traceCorrelations.name, ids: ({ metadata }) => [metadata.correlationId] },
    ids: ({ metadata: { correlationId } }, found) => {
      const count = correlationIn(found)?.count ?? 0;
      return count < EVENTS_PER_CHUNK ? [] : [`${correlationId}/${Math.floor(count / EVENTS_PER_CHUNK)}`];
    },
    apply: (chunk, event, id) => withEvent((chunk as TracedEvents | undefined) ?? { id, streams: [], places: [] }, event),
  },
  {
    eventType,
    collection: traceCorrelations.name,
    ids: ({ metadata }) => [metadata.correlationId],
    apply: (correlation, event, id) => correlationWith(correlation as TracedCorrelation | undefined, event, id),
  },
  {
    eventType,
    collection: newestTraceBlock.name,
    ids: () => [NEWEST],
    apply: (newest, event) => blockWith(newest as TraceBlock | undefined, event),
  },
];

/** Finds every event by its id, its command and its correlation. What it says and why is in the log. */
export const auditTracesProjection = projection({
  name: 'audit-traces',
  version: 2,
  batched: true,
  collections: [traceBlocks, traceChunks, traceCorrelations, newestTraceBlock],
  rules: [...eventSchemas.keys()].flatMap(rulesOf),
});
