import { aggregates } from '../../domain/aggregates.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import type { Payment } from '../../domain/payment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { standingInvoice } from './standing-invoice.js';
import { invoiceFor, type QuotedPayment } from './payment-documents.js';

type Services = Pick<CommandServices, 'handler'>;
export type Requested = Outcome<null, InvoiceRejection | 'payment-not-opened'>;

type Quoted = Readonly<{ ok: true; payment: Payment; quoted: QuotedPayment }>;

/** The quote never changes after the payment was opened, nor does what a refund took from its lines, however late they are read. */
export const quotedPayment = async ({ handler }: Services, paymentId: string): Promise<Quoted | Refusal<'payment-not-opened'>> => {
  const { state: payment } = await handler.load(aggregates.payment, paymentId, 'lately');
  if (payment.status === 'none') return reject('payment-not-opened');
  const { payerId, method, quote } = payment;
  if (payerId === null || method === null || quote === null) return reject('payment-not-opened');
  return { ok: true, payment, quoted: { paymentId, payerId, method, quote } };
};

export const requestDocument = async ({ handler }: Services, invoiceId: string, content: InvoiceContent, at: string, context: CommandContext): Promise<Requested> => {
  const data = { invoiceId, content, billing: null, at };
  const handled = await handler.handle(aggregates.invoice, invoiceId, { type: 'RequestInvoice', data }, context);
  return done(handled, null);
};

/**
 * Requests the invoice of a payment, line by line as quoted, unless one that a person made stands. Its id is the payment's, or the
 * next in line where that one is void. Once: a repeat replaces none that was voided since.
 */
export const invoicePayment =
  (services: Services) =>
  async ({ paymentId, at }: { readonly paymentId: string; readonly at: string }, context: CommandContext): Promise<Requested> => {
    const found = await quotedPayment(services, paymentId);
    if (!found.ok) return found;
    const { invoiceId, position, replacesInvoiceOfWorker } = await standingInvoice(services, paymentId);
    if (replacesInvoiceOfWorker) return succeeded(null, { position, changed: false });
    return requestDocument(services, invoiceId, invoiceFor(found.quoted), at, context);
  };
