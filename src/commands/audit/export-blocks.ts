import type { DomainEvent } from '../../domain/events.js';
import type { EventStore } from '../../ports/event-store.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { exportedEvents, type ExportedEvent, type ExportRange } from './exported-events.js';
import { originOf, type Coverage } from './export-coverage.js';
import { headerLine, trailerLine, type EventLineOptions } from './export-lines.js';
import { csv, csvHead, ndjson } from './export-text.js';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where an export goes on. */
export type ExportPlace = Pick<ExportRange, 'after' | 'index'>;
export const START_OF_EXPORT: ExportPlace = { after: 0n, index: 0 };

export interface Export extends EventLineOptions {
  readonly format: ExportFormat;
  /** The name of the log where nothing was ever signed. */
  readonly origin: string;
  readonly coverage: Coverage;
  /** Null: all events, in the format of docs/audit-format.md; else those that a search finds. */
  readonly choose: ((block: readonly ExportedEvent[]) => Promise<readonly ExportedEvent[]>) | null;
  /** What was searched for, as it was asked. */
  readonly search: Readonly<Record<string, unknown>>;
}

export interface ExportBlock {
  readonly text: string;
  /** What comes after this block; the end of the export comes after its last event. */
  readonly next: ExportPlace;
}

const placeAfter = (block: readonly ExportedEvent[], before: ExportPlace): ExportPlace => {
  const last = block.at(-1);
  return last === undefined ? before : { after: last.event.position, index: last.index + 1 };
};

const headOf = ({ format, choose, coverage, origin }: Export): string => {
  if (format === 'csv') return csvHead();
  return choose === null ? headerLine(originOf(coverage) ?? origin) : '';
};

const lastLineOf = ({ format, choose, coverage: { size, root, note }, search }: Export): string => {
  if (format === 'csv') return '';
  return choose === null ? trailerLine(size, root, note) : `${canonicalJson({ search, size, root, checkpoint: note })}\n`;
};

/** The text of an export in blocks, from a place in it on: the next one is made when it is asked for. */
export async function* exportBlocks(store: Pick<EventStore<DomainEvent>, 'readAll'>, made: Export, from: ExportPlace): AsyncGenerator<ExportBlock> {
  const { format, coverage, choose } = made;
  let next = from;
  if (from.index === 0) yield { text: headOf(made), next };
  for await (const block of exportedEvents(store, { ...from, end: coverage.size })) {
    const chosen = choose === null ? block : await choose(block);
    next = placeAfter(block, next);
    yield { text: format === 'csv' ? csv(chosen) : ndjson(chosen, choose === null ? coverage.notes : null, made), next };
  }
  yield { text: lastLineOf(made), next };
}
