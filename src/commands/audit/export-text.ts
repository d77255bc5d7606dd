import { canonicalJson } from '../../primitives/canonical-json.js';
import { csvText } from '../../primitives/csv.js';
import type { ExportedEvent } from './exported-events.js';
import { checkpointLine, eventLine, type EventLineOptions } from './export-lines.js';
import { withoutSecrets } from './without-secrets.js';

/** Notes of checkpoints by the size of the tree that they are about. */
export type Notes = ReadonlyMap<number, string>;

/** The lines of docs/audit-format.md. `notes`: where an export has everything, with the checkpoints on its way. */
export const ndjson = (block: readonly ExportedEvent[], notes: Notes | null, options: EventLineOptions): string =>
  block
    .map(({ event, index }) => {
      const note = notes?.get(index + 1);
      const line = eventLine(event, index, options);
      return note === undefined ? line : line + checkpointLine(note);
    })
    .join('');

const COLUMNS = [
  'index', 'stream', 'revision', 'id', 'type', 'occurredAt', 'actorId', 'amount', 'currency', 'reason', 'correlationId', 'causationId', 'commandId', 'hash', 'data',
] as const;

const textIn = (data: object, name: string): string => {
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : '';
};

const quotedIn = (data: object, name: 'total' | 'currency'): string => ('quote' in data && typeof data.quote === 'object' && data.quote !== null ? textIn(data.quote, name) : '');

const rowOf = ({ event: { id, type, stream, revision, data, metadata }, index }: ExportedEvent): readonly (string | number | null)[] => [
  index,
  stream,
  revision,
  id,
  type,
  metadata.occurredAt,
  metadata.actorId,
  textIn(data, 'amount') || textIn(data, 'discount') || textIn(data, 'price') || quotedIn(data, 'total'),
  textIn(data, 'currency') || quotedIn(data, 'currency'),
  textIn(data, 'reason'),
  metadata.correlationId,
  metadata.causationId,
  metadata.commandId,
  metadata.hash ?? null,
  canonicalJson(withoutSecrets({ type, data })),
];

export const csvHead = (): string => csvText([COLUMNS]);
export const csv = (block: readonly ExportedEvent[]): string => (block.length === 0 ? '' : csvText(block.map(rowOf)));
