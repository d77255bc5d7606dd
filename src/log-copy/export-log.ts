import type { DomainEvent } from '../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../ports/event-store.js';
import { toLine } from './log-lines.js';

export type LogSource = Pick<EventStore<DomainEvent>, 'readAll' | 'readStream' | 'head'>;

export interface ExportProgress {
  readonly events: number;
  readonly position: Position;
}

export interface ExportOptions {
  readonly source: LogSource;
  readonly after: Position;
  readonly write: (lines: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

const EVENTS_PER_WRITE = 512;

/** Writes the events that are in the log now, in its order, until the signal aborts; whole lines only. */
export const exportLog = async ({ source, after, write, signal, onProgress }: ExportOptions): Promise<ExportProgress> => {
  let events = 0;
  let position = after;
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    await write(lines.join(''));
    events += lines.length;
    lines = [];
    onProgress({ events, position });
  };
  for await (const event of source.readAll({ after })) {
    if (signal.aborted) break;
    lines.push(toLine(event));
    position = event.position;
    if (lines.length === EVENTS_PER_WRITE) await flush();
  }
  await flush();
  return { events, position };
};

/** True when this very event is in the log at its position: a file is continued from the same log only. */
export const isIn = async (source: LogSource, event: RecordedEvent<DomainEvent>): Promise<boolean> => {
  for await (const standing of source.readStream(event.stream, { fromRevision: event.revision, limit: 1 })) {
    return standing.id === event.id && standing.position === event.position;
  }
  return false;
};
