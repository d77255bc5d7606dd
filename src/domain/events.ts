import { aggregates, type Aggregates } from './aggregates.js';
import { invoiceSeriesEvents } from './invoice/events.js';
import type { EventOf, EventSchema } from './kernel/event-schema.js';
import { PROCESS_NAMES, processEvents } from './process/events.js';

/** Events of streams that no decider of this folder decides: the ordered writer's, and those of the processes. */
const otherEvents: Readonly<Record<string, readonly EventSchema[]>> = {
  invoiceSeries: invoiceSeriesEvents,
  ...Object.fromEntries(PROCESS_NAMES.map((name) => [name, processEvents])),
};

type AggregateSchema = { [Category in keyof Aggregates]: Aggregates[Category]['events'][number] }[keyof Aggregates];
type OtherSchema = (typeof invoiceSeriesEvents | typeof processEvents)[number];

/** Every kind of event there is, by the category of the streams that hold it. docs/events.md is made from it. */
export const eventCatalogue: Readonly<Record<string, readonly EventSchema[]>> = {
  ...Object.fromEntries(Object.values(aggregates).map(({ category, events }) => [category, events])),
  ...otherEvents,
};

export const eventSchemas: ReadonlyMap<string, EventSchema> = new Map(
  Object.values(eventCatalogue)
    .flat()
    .map((schema) => [schema.type, schema]),
);

export type DomainEvent = EventOf<AggregateSchema | OtherSchema>;
export type EventType = DomainEvent['type'];
export type EventOfType<T extends EventType> = Extract<DomainEvent, { type: T }>;
