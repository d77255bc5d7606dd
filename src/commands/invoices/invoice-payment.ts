import { aggregates } from '../../domain/aggregates.js';
import type { InvoiceRejection } from '../../domain/invoice/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import { isCaptured, type Payment } from '../../domain/payment/decider.js';
import { spreadAlone } from '../../domain/payment/refund-lines.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { creditNoteFor, invoiceFor, type QuotedPayment } from './payment-documents.js';

type Services = Pick<CommandServices, 'handler'>;
type Requested = Outcome<null, InvoiceRejection | 'payment-not-opened'>;

type Quoted = Readonly<{ ok: true; payment: Payment; quoted: QuotedPayment }>;

/** The quote never changes after the payment was opened, nor does what a refund took from its lines, however late they are read. */
const quotedPayment = async ({ handler }: Services, paymentId: string): Promise<Quoted | Refusal<'payment-not-opened'>> => {
  const { state: payment } = await handler.load(aggregates.payment, paymentId);
  if (payment.status === 'none') return reject('payment-not-opened');
  const { payerId, method, quote } = payment;
  if (payerId === null || method === null || quote === null) return reject('payment-not-opened');
  return { ok: true, payment, quoted: { paymentId, payerId, method, quote } };
};

const request = async ({ handler }: Services, invoiceId: string, content: InvoiceContent, at: string, context: CommandContext): Promise<Requested> => {
  const data = { invoiceId, content, billing: null, at };
  const handled = await handler.handle(aggregates.invoice, invoiceId, { type: 'RequestInvoice', data }, context);
  return done(handled, null);
};

/** Requests the invoice of a payment, line by line as quoted. Its id is the payment's. */
export const invoicePayment =
  (services: Services) =>
  async ({ paymentId, at }: { readonly paymentId: string; readonly at: string }, context: CommandContext): Promise<Requested> => {
    const found = await quotedPayment(services, paymentId);
    return found.ok ? request(services, paymentId, invoiceFor(found.quoted), at, context) : found;
  };

export interface CreditRefundInput {
  readonly paymentId: string;
  /** Also the id of the credit note. */
  readonly refundId: string;
  readonly amount: string;
  readonly at: string;
}

export const creditRefund =
  (services: Services) =>
  async ({ paymentId, refundId, amount, at }: CreditRefundInput, context: CommandContext): Promise<Requested> => {
    const found = await quotedPayment(services, paymentId);
    if (!found.ok) return found;
    const { payment, quoted } = found;
    const refund = isCaptured(payment) ? payment.refunds.get(refundId) : undefined;
    const taken = refund?.lines ?? spreadAlone(quoted.quote, amount);
    return request(services, refundId, creditNoteFor(quoted, amount, taken), at, context);
  };
