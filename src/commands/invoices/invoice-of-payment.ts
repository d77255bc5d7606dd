import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { InvoiceContent } from '../../domain/invoice/events.js';
import { compareMoney } from '../../domain/kernel/money.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../services.js';

export type PaymentDifference =
  | 'payment-not-opened'
  | 'payment-already-ended'
  | 'invoice-inconsistent'
  | 'amount-mismatch'
  | 'currency-mismatch';

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
  if (content.currency !== currency) return reject('currency-mismatch', { expected: currency, found: content.currency });
  if (compareMoney(content.total, total) !== 0) return reject('amount-mismatch', { amount: total, currency });
  const bought = new Set(lines.map(({ courseId }) => courseId));
  const foreign = content.items.find(({ courseId }) => !bought.has(courseId));
  return foreign && reject('invoice-inconsistent', { reason: 'course-not-bought', courseId: foreign.courseId });
};
