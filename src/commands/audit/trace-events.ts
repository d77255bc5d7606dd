import { grouped } from '../../primitives/grouped.js';
import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, RecordedEvent } from '../../ports/event-store.js';

export interface TracedPlace {
  readonly stream: string;
  readonly revision: number;
  /** The order of the log. */
  readonly at: string;
}

/** Finds events: a read model, or a walk through the log. */
export interface TraceIndex {
  /** Stretches of the log that may have the event of this id or events of the command of this id. */
  stretches(id: string): AsyncIterable<{ readonly after: Position; readonly to: Position }>;
  /** The events of a correlation, in the order of the log, after a place in it. */
  of(correlationId: string, page: { readonly after?: string | undefined; readonly limit: number }): Promise<readonly TracedPlace[]>;
}

export interface TraceServices {
  readonly store: Pick<EventStore<DomainEvent>, 'readStream' | 'readAll'>;
  readonly index: TraceIndex;
}

export interface FoundTrace {
  readonly events: readonly RecordedEvent<DomainEvent>[];
  /** What `after` is for the events that come after these; null: these are all. */
  readonly next: string | null;
}

/** Whatever happens to one of these belongs to what it came from, also when somebody else asks for it a year later. */
const FOLLOWED: ReadonlySet<string> = new Set(['payment', 'checkout', 'invoice', 'mail']);
const MOST_CORRELATIONS = 100;
const MOST_FOLLOWED = 200;
/** Events of a followed stream that are looked at for further correlations. */
const MOST_OF_STREAM = 1_000;
/** Streams are read in stretches: to read over a few other events costs less than to read again. */
const WIDEST_GAP = 50;

const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

const paymentOfInvoice = async ({ store }: TraceServices, invoiceId: string): Promise<string | undefined> => {
  for await (const { type, data } of store.readStream(`invoice-${invoiceId}`, { limit: 1 })) {
    if (type === 'InvoiceRequested') return 'paymentId' in data.content && typeof data.content.paymentId === 'string' ? data.content.paymentId : undefined;
  }
  return undefined;
};

const correlationsIn = async ({ store }: TraceServices, stream: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const { metadata } of store.readStream(stream, { limit: MOST_OF_STREAM })) found.add(metadata.correlationId);
  return found;
};

/** The correlations of the event of this id, and of the command of this id. */
const correlationsBelow = async ({ store, index }: TraceServices, id: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for await (const { after, to } of index.stretches(id)) {
    for await (const event of store.readAll({ after })) {
      if (event.position > to) break;
      if (event.id === id || event.metadata.commandId === id) found.add(event.metadata.correlationId);
    }
    if (found.size > 0) return found;
  }
  return found;
};

/** The correlations that an id stands for: of an event, a command, a correlation, a payment or an invoice. */
const correlationsOf = async (services: TraceServices, id: string): Promise<ReadonlySet<string>> => {
  const [first] = await services.index.of(id, { limit: 1 });
  const found = new Set(first === undefined ? [] : [id]);
  const paymentId = await paymentOfInvoice(services, id);
  const streams = [`payment-${id}`, `checkout-${id}`, `invoice-${id}`, `mail-${id}`, ...(paymentId === undefined ? [] : [`payment-${paymentId}`, `checkout-${paymentId}`])];
  const ofStreams = await Promise.all(streams.map((stream) => correlationsIn(services, stream)));
  for (const correlation of ofStreams.flatMap((correlations) => [...correlations])) found.add(correlation);
  // The id of a payment, an invoice or a mail is none of an event or a command, for which the whole log may have to be looked through.
  if (ofStreams.every(({ size }) => size === 0)) for (const correlation of await correlationsBelow(services, id)) found.add(correlation);
  return found;
};

/** The places of all events of these correlations, and of those that the streams of purchases and mails among them have. */
const placesOf = async (services: TraceServices, start: ReadonlySet<string>, page: { readonly after?: string | undefined; readonly limit: number }): Promise<readonly TracedPlace[]> => {
  const correlations = new Set(start);
  const followed = new Set<string>();
  const places = new Map<string, TracedPlace>();
  for (const correlation of correlations) {
    // The streams of earlier pages lead to correlations, too.
    const all = await services.index.of(correlation, { limit: page.limit });
    const later = page.after === undefined ? all : await services.index.of(correlation, page);
    for (const place of later) places.set(place.at, place);
    for (const { stream } of [...all, ...later]) {
      if (!FOLLOWED.has(categoryOf(stream)) || followed.has(stream) || followed.size >= MOST_FOLLOWED) continue;
      followed.add(stream);
      for (const further of await correlationsIn(services, stream)) if (correlations.size < MOST_CORRELATIONS) correlations.add(further);
    }
  }
  return [...places.values()].sort((one, other) => (one.at < other.at ? -1 : 1));
};

const stretchesOf = (revisions: readonly number[]): readonly { readonly from: number; readonly to: number }[] => {
  const stretches: { from: number; to: number }[] = [];
  for (const revision of revisions.toSorted((one, other) => one - other)) {
    const last = stretches.at(-1);
    if (last !== undefined && revision - last.to <= WIDEST_GAP) last.to = revision;
    else stretches.push({ from: revision, to: revision });
  }
  return stretches;
};

const eventsAt = async ({ store }: TraceServices, places: readonly TracedPlace[]): Promise<readonly RecordedEvent<DomainEvent>[]> => {
  const wanted = new Set(places.map(({ stream, revision }) => `${stream}@${revision}`));
  const events: RecordedEvent<DomainEvent>[] = [];
  for (const [stream, placed] of grouped(places, (place) => place.stream)) {
    for (const { from, to } of stretchesOf(placed.map(({ revision }) => revision))) {
      for await (const event of store.readStream(stream, { fromRevision: from, limit: to - from + 1 })) if (wanted.has(`${stream}@${event.revision}`)) events.push(event);
    }
  }
  return events.sort((one, other) => (one.position < other.position ? -1 : 1));
};

/** All events of what an id stands for, in the order of the log, at most `limit`. Undefined: the id stands for nothing. */
export const traceEvents = async (services: TraceServices, id: string, page: { readonly after?: string | undefined; readonly limit: number }): Promise<FoundTrace | undefined> => {
  const correlations = await correlationsOf(services, id);
  if (correlations.size === 0) return undefined;
  const places = await placesOf(services, correlations, { after: page.after, limit: page.limit + 1 });
  const shown = places.slice(0, page.limit);
  return { events: await eventsAt(services, shown), next: places.length > page.limit ? (shown.at(-1)?.at ?? null) : null };
};
