import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import { aggregates } from '../../domain/aggregates.js';
import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { followLog, type FollowLogServices } from '../loops/follow-log.js';
import { assignNumbers, seriesOf, seriesStream, type InvoiceRequest, type NumberSeriesServices } from './number-series.js';

export interface InvoiceWorkerServices extends FollowLogServices, NumberSeriesServices {
  readonly handler: CommandHandler;
  /** Called when a numbered invoice could not be issued; its number stays in the series. */
  readonly onRefused: (invoiceId: string, invoiceNumber: string, rejection: string) => void;
}

export const INVOICE_WORKER = 'invoice-worker';

const isRequest = (event: RecordedEvent<DomainEvent>): event is InvoiceRequest & RecordedEvent<DomainEvent> =>
  event.type === 'InvoiceRequested';

/** Numbers requested invoices in log order and issues them, as the one writer. Runs until the signal aborts. */
export const runInvoiceWorker = (services: InvoiceWorkerServices, signal: AbortSignal): Promise<void> =>
  followLog(
    services,
    { name: INVOICE_WORKER, categories: ['invoice'], handle: (events) => issueRequested(services, events.filter(isRequest)) },
    signal,
  );

const commandIdOf = ({ id }: InvoiceRequest): string => uuidV5('issue-invoice', id);

const issueRequested = async (services: InvoiceWorkerServices, all: readonly InvoiceRequest[]): Promise<void> => {
  const last = all.at(-1);
  if (last !== undefined) await services.past?.upTo(last.position);
  const requests = all.filter((request) => services.past?.has(commandIdOf(request)) !== true);
  const bySeries = new Map<string, [InvoiceRequest, ...InvoiceRequest[]]>();
  for (const request of requests) {
    const stream = seriesStream(seriesOf(request.data));
    const others = bySeries.get(stream);
    if (others === undefined) bySeries.set(stream, [request]);
    else others.push(request);
  }
  for (const ofSeries of bySeries.values()) {
    const numbers = await assignNumbers(services, ofSeries);
    await Promise.all(ofSeries.map((request) => issue(services, request, numbers.get(request.data.invoiceId))));
  }
};

const issue = async (
  { handler, clock, onRefused }: InvoiceWorkerServices,
  request: InvoiceRequest,
  invoiceNumber: string | undefined,
): Promise<void> => {
  const { id, data: { invoiceId }, metadata } = request;
  if (invoiceNumber === undefined) throw new Error(`invoice ${invoiceId} got no number`);
  const command = { type: 'IssueInvoice', data: { invoiceNumber, at: clock.now().toISOString() } } as const;
  const handled = await handler.handle(aggregates.invoice, invoiceId, command, {
    commandId: commandIdOf(request),
    actorId: null,
    correlationId: metadata.correlationId,
    causationId: id,
  });
  if (!handled.ok) onRefused(invoiceId, invoiceNumber, handled.rejection);
};
