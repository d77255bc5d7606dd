import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import { isCaptured } from '../../domain/payment/decider.js';
import { compareMoney } from '../../domain/kernel/money.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../services.js';

export type PaymentDifference =
  | 'payment-not-opened'
  | 'payment-already-ended'
  | 'invoice-inconsistent'
  | 'amount-mismatch'
  | 'currency-mismatch';

/** Asked before amounts are: they are judged in the currency of the payment. */
export const foreignCurrency = async (
  { handler }: CommandServices,
  { paymentId, currency }: Pick<InvoiceContent, 'paymentId' | 'currency'>,
): Promise<Refusal<PaymentDifference> | undefined> => {
  const { state: payment } = await handler.load(aggregates.payment, paymentId);
  if (payment.status === 'none' || payment.quote === null) return reject('payment-not-opened');
  const expected = payment.quote.currency;
  return currency === expected ? undefined : reject('currency-mismatch', { expected, found: currency });
};

export const differenceFromPayment = async (
  { handler }: CommandServices,
  content: InvoiceContent,
): Promise<Refusal<PaymentDifference> | undefined> => {
  const { state: payment } = await handler.load(aggregates.payment, content.paymentId);
  if (payment.status === 'none' || payment.quote === null) return reject('payment-not-opened');
  if (payment.status !== 'opened' && payment.status !== 'captured') {
    return reject('payment-already-ended', { status: payment.status });
  }
  const { total, currency, lines } = payment.quote;
  if (payment.payerId !== content.userId) return reject('invoice-inconsistent', { reason: 'payer' });
  if (compareMoney(content.total, total) !== 0) return reject('amount-mismatch', { amount: total, currency });
  const bought = new Set(lines.map(({ courseId }) => courseId));
  const foreign = content.items.find(({ courseId }) => !bought.has(courseId));
  return foreign && reject('invoice-inconsistent', { reason: 'course-not-bought', courseId: foreign.courseId });
};

export const hasRefund = async ({ handler }: CommandServices, { paymentId }: Pick<InvoiceContent, 'paymentId'>): Promise<boolean> => {
  const { state: payment } = await handler.load(aggregates.payment, paymentId);
  return isCaptured(payment) && [...payment.refunds.values()].some(({ status }) => status === 'done');
};
