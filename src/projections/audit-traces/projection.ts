import { eventSchemas } from '../../domain/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection, projection, type LogRecord, type ProjectionRule } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';

/** Where an event stands. */
export interface TracePlaceDocument extends Document {
  /** Its correlation, and its command where that is another id. */
  readonly keys: readonly string[];
  readonly stream: string;
  readonly revision: number;
  /** Its position, in the order of strings. */
  readonly at: string;
}

export const tracePlaces = collection<TracePlaceDocument>({ projection: 'audit-traces', name: 'auditTracePlaces', indexes: [{ keys: 1, at: 1 }], writtenOnce: true });

const placed = ({ id, stream, revision, position, metadata: { correlationId, commandId } }: LogRecord): TracePlaceDocument => ({
  id,
  keys: correlationId === commandId ? [correlationId] : [correlationId, commandId],
  stream,
  revision,
  at: orderedPosition(position),
});

const ruleOf = (eventType: string): ProjectionRule => ({
  eventType,
  collection: tracePlaces.name,
  ids: ({ id }) => [id],
  apply: (_, event) => placed(event),
});

/** Finds every event by its id, its command and its correlation. What it says and why is in the log. */
export const auditTracesProjection = projection({
  name: 'audit-traces',
  version: 1,
  batched: true,
  collections: [tracePlaces],
  rules: [...eventSchemas.keys()].map(ruleOf),
});
