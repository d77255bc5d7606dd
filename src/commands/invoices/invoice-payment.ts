import { aggregates } from '../../domain/aggregates.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import type { Payment } from '../../domain/payment/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { invoiceFor, type QuotedPayment } from './payment-documents.js';

type Services = Pick<CommandServices, 'handler'>;
export type Requested = Outcome<null, InvoiceRejection | 'payment-not-opened'>;

type Quoted = Readonly<{ ok: true; payment: Payment; quoted: QuotedPayment }>;

/** The quote never changes after the payment was opened, nor does what a refund took from its lines, however late they are read. */
export const quotedPayment = async ({ handler }: Services, paymentId: string): Promise<Quoted | Refusal<'payment-not-opened'>> => {
  const { state: payment } = await handler.load(aggregates.payment, paymentId);
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

/** Requests the invoice of a payment, line by line as quoted. Its id is the payment's. */
export const invoicePayment =
  (services: Services) =>
  async ({ paymentId, at }: { readonly paymentId: string; readonly at: string }, context: CommandContext): Promise<Requested> => {
    const found = await quotedPayment(services, paymentId);
    return found.ok ? requestDocument(services, paymentId, invoiceFor(found.quoted), at, context) : found;
  };
