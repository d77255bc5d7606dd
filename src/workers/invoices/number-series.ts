import { StreamContended } from '../../commands/write-path/command-handler.js';
import { stampEvents } from '../../commands/write-path/stamp-events.js';
import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { EventStore, NewEvent, Position, RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

export type InvoiceRequest = RecordedEvent<EventOfType<'InvoiceRequested'>>;

export interface NumberSeriesServices {
  readonly store: EventStore<DomainEvent>;
  readonly codec: EventCodec;
  readonly clock: Clock;
}

interface Series {
  readonly series: 'INV' | 'CN';
  readonly year: number;
}

const MAX_ATTEMPTS = 20;

export const seriesOf = ({ content, requestedAt }: InvoiceRequest['data']): Series => ({
  series: content.kind === 'invoice' ? 'INV' : 'CN',
  year: new Date(requestedAt).getUTCFullYear(),
});

export const seriesStream = ({ series, year }: Series): string => `invoiceSeries-${series}.${year}`;

/** The end of a series: its revision, and the numbers assigned after a position, by invoice. */
const readTail = async (store: EventStore<DomainEvent>, stream: string, after: Position) => {
  const numbers = new Map<string, string>();
  let revision = -1;
  for await (const event of store.readStream(stream, { direction: 'backwards' })) {
    revision = Math.max(revision, event.revision);
    if (event.position < after) break;
    if (event.type === 'InvoiceNumberAssigned') numbers.set(event.data.invoiceId, event.data.invoiceNumber);
  }
  return { revision, numbers };
};

const assignment = (request: InvoiceRequest, of: Series, sequence: number, assignedAt: string): EventOfType<'InvoiceNumberAssigned'> => ({
  type: 'InvoiceNumberAssigned',
  data: {
    ...of,
    sequence,
    invoiceNumber: `${of.series}-${of.year}-${String(sequence).padStart(6, '0')}`,
    invoiceId: request.data.invoiceId,
    assignedAt,
  },
});

/**
 * Numbers the requests of one series, which come in log order. Requests that have a number (an earlier attempt may have died
 * after the append) keep it. A number is the event's place in its stream, and the append expects that place: there is no gap and
 * no double, whoever else writes.
 */
export const assignNumbers = async (
  { store, codec, clock }: NumberSeriesServices,
  requests: readonly [InvoiceRequest, ...InvoiceRequest[]],
): Promise<ReadonlyMap<string, string>> => {
  const series = seriesOf(requests[0].data);
  const stream = seriesStream(series);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    // A number is younger than its request, so older events can't hold one of these.
    const { revision: last, numbers } = await readTail(store, stream, requests[0].position);
    const missing = requests.filter(({ data }) => !numbers.has(data.invoiceId));
    if (missing.length === 0) return numbers;
    const occurredAt = clock.now().toISOString();
    const events = missing.flatMap((request, index): readonly NewEvent<DomainEvent>[] => {
      const revision = last + 1 + index;
      const assigned = assignment(request, series, revision + 1, occurredAt);
      numbers.set(assigned.data.invoiceId, assigned.data.invoiceNumber);
      const context = {
        commandId: uuidV5('assign-invoice-number', request.id),
        actorId: null,
        correlationId: request.metadata.correlationId,
        causationId: request.id,
      };
      return stampEvents([assigned], { codec, context, occurredAt, stream, revision, previousHash: undefined });
    });
    const appended = await store.append(stream, last === -1 ? 'no_stream' : last, events);
    if (appended.ok) return numbers;
  }
  throw new StreamContended(`gave up on ${stream} after ${MAX_ATTEMPTS} conflicts`);
};
