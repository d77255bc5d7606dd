import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { ErasureDocument } from '../../projections/erasures/document.js';
import { erasuresAfter, erasuresUpTo } from '../../projections/erasures/queries.js';

const PAGE = 500;
/** What was written while an account was being deleted is forgotten moments later: such deletions are carried out again. */
const JUST_BEFORE = 10;

const eventAt = async (store: EventStore<DomainEvent>, { stream, revision }: ErasureDocument): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  for await (const event of store.readStream(stream, { fromRevision: revision, limit: 1 })) return [event];
  return [];
};

/** The events that erased something after the position, and the last ones before it, in order. */
export const erasuresSince = async (store: EventStore<DomainEvent>, readModels: ReadModels, position: Position): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  const events: RecordedEvent<DomainEvent>[] = [];
  for (const found of [...(await erasuresUpTo(readModels, position, JUST_BEFORE))].reverse()) events.push(...(await eventAt(store, found)));
  for (let skip = 0; ; skip += PAGE) {
    const page = await erasuresAfter(readModels, position, skip, PAGE);
    for (const found of page) events.push(...(await eventAt(store, found)));
    if (page.length < PAGE) return events;
  }
};
