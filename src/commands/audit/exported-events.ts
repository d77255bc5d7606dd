import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import { AUDITED_CATEGORIES } from './export-lines.js';

/** An event with its place among all events of payments and coupons, from 0. */
export interface ExportedEvent {
  readonly event: RecordedEvent<DomainEvent>;
  readonly index: number;
}

export interface ExportRange {
  /** Where the export goes on: after this position of the log, whose event has the index before `index`. */
  readonly after: Position;
  readonly index: number;
  /** The index at which it ends. */
  readonly end: number;
}

const EVENTS_PER_BLOCK = 256;

/** The events of payments and coupons in the order of the log, in blocks: the next one is read when it is asked for. */
export async function* exportedEvents(store: Pick<EventStore<DomainEvent>, 'readAll'>, { after, index, end }: ExportRange): AsyncGenerator<readonly ExportedEvent[]> {
  let block: ExportedEvent[] = [];
  let next = index;
  if (next >= end) return;
  for await (const event of store.readAll({ categories: AUDITED_CATEGORIES, after })) {
    block.push({ event, index: next });
    next += 1;
    if (next >= end) break;
    if (block.length < EVENTS_PER_BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
