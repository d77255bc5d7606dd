import { v5 as uuidv5 } from 'uuid';
import { reject, type Refusal } from '../domain/decider.js';
import type { InvoiceRejection } from '../domain/invoice/decider.js';
import type { BillingData, InvoiceContent } from '../domain/invoice/events.js';
import { compareMoney } from '../domain/money.js';
import type { Actor } from './actor.js';
import { canonicalJson } from './canonical-json.js';
import type { CommandContext } from './context.js';
import { manualInvoiceContent, type ListedInvoice } from './invoice-content.js';
import { invoiceAggregate, paymentAggregate } from './money-aggregates.js';
import type { Outcome } from './outcome.js';
import { isAdmin } from './payment-access.js';
import type { CommandServices } from './services.js';

export interface RequestInvoiceInput extends ListedInvoice {
  readonly actor: Actor;
  readonly billing: BillingData;
}

export type RequestInvoiceRejection =
  | InvoiceRejection
  | 'invoice-not-permitted'
  | 'payment-not-opened'
  | 'payment-already-ended'
  | 'payment-already-invoiced'
  | 'amount-mismatch'
  | 'currency-mismatch';

/** What an invoice says has to be what the payment says. */
const differenceFromPayment = async (
  { handler }: CommandServices,
  content: InvoiceContent,
): Promise<Refusal<RequestInvoiceRejection> | undefined> => {
  const { state: payment } = await handler.load(paymentAggregate, content.paymentId);
  if (payment.status === 'none' || payment.quote === null) return reject('payment-not-opened');
  if (payment.status !== 'opened' && payment.status !== 'captured') {
    return reject('payment-already-ended', { status: payment.status });
  }
  const { total, currency, lines } = payment.quote;
  if (payment.payerId !== content.userId) return reject('invoice-inconsistent', { reason: 'payer' });
  if (content.currency !== currency) return reject('currency-mismatch', { expected: currency, found: content.currency });
  if (compareMoney(content.total, total) !== 0) return reject('amount-mismatch', { amount: total, currency });
  const bought = new Set(lines.map(({ courseId }) => courseId));
  const foreign = content.items.find(({ courseId }) => !bought.has(courseId));
  return foreign && reject('invoice-inconsistent', { reason: 'course-not-bought', courseId: foreign.courseId });
};

/** A payment has one invoice, whose id is the payment's; a voided one may be replaced by the next in line. */
const firstFreeInvoiceId = async ({ handler }: CommandServices, paymentId: string): Promise<string> => {
  let invoiceId = paymentId;
  while ((await handler.load(invoiceAggregate, invoiceId)).state.status === 'void') {
    invoiceId = uuidv5('replacement', invoiceId);
  }
  return invoiceId;
};

/** By hand, by an admin, for a payment that has no invoice. The ordered writer gives it its number. */
export const requestInvoice =
  (services: CommandServices) =>
  async (
    { actor, billing, ...listed }: RequestInvoiceInput,
    context: CommandContext,
  ): Promise<Outcome<{ readonly invoiceId: string }, RequestInvoiceRejection>> => {
    if (!isAdmin(actor)) return reject('invoice-not-permitted');
    const made = manualInvoiceContent(listed);
    if (!made.ok) return made;
    const { content } = made;
    const difference = await differenceFromPayment(services, content);
    if (difference !== undefined) return difference;
    const invoiceId = await firstFreeInvoiceId(services, content.paymentId);
    const data = { invoiceId, content, billing, at: services.clock.now().toISOString() };
    const handled = await services.handler.handle(invoiceAggregate, invoiceId, { type: 'RequestInvoice', data }, context);
    if (!handled.ok) return handled;
    const { state: invoice, position } = handled;
    const isThisOne = invoice.status !== 'none' && canonicalJson([invoice.content, invoice.billing]) === canonicalJson([content, billing]);
    return isThisOne ? { ok: true, value: { invoiceId }, position } : reject('payment-already-invoiced', { invoiceId });
  };
