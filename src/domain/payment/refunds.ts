import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import { addMoney, compareMoney, isZero, parseAmount } from '../kernel/money.js';
import type { PaymentEvent, RefundFailure } from './events.js';
import { namedLines, takenFrom } from './refund-lines.js';
import { isCaptured, refundable, type CapturedPayment, type Payment, type Refund } from './state.js';

export type RefundCommand =
  | Message<'RequestRefund', RequestRefund>
  | Message<'RecordRefund', { refundId: string; reference: string | null; at: string }>
  | Message<'RecordRefundFailure', { refundId: string; reason: string; outcome: RefundFailure; at: string }>;

export type RequestRefund = Readonly<{
  refundId: string;
  /** Null: everything that is left. */
  amount: string | null;
  reason: string | null;
  requestedBy: string | null;
  at: string;
}>;

export type RefundRejection =
  | 'payment-not-opened'
  | 'payment-not-captured'
  | 'amount-invalid'
  | 'nothing-to-refund'
  | 'refund-exceeds-captured'
  | 'refund-not-requested';

type RefundDecision = Decision<PaymentEvent, RefundRejection>;
type Outcome = Readonly<{ refundId: string; reference: string | null; at: string }>;

/** `lines` for an event: what the refund takes from each course. */
const named = ({ quote, left, currency }: CapturedPayment, taken: readonly string[]) => {
  const lines = quote === null || left.length === 0 ? undefined : namedLines(quote, taken, currency);
  return lines === undefined ? {} : { lines };
};

const refunded = (
  payment: CapturedPayment,
  { amount, lines }: Pick<Refund, 'amount' | 'lines'>,
  { refundId, reference, at }: Outcome,
): PaymentEvent => {
  const { paymentId, currency } = payment;
  const full = compareMoney(addMoney(payment.refunded, amount), payment.amount) === 0;
  return {
    type: 'PaymentRefunded',
    data: { paymentId, refundId, amount, currency, ...named(payment, lines), full, reference, refundedAt: at },
  };
};

const request = (command: RequestRefund, payment: CapturedPayment): RefundDecision => {
  const { paymentId, currency, method } = payment;
  const { refundId, reason, requestedBy, at } = command;
  if (payment.refunds.has(refundId)) return accept();
  const left = refundable(payment);
  const wanted = parseAmount(command.amount ?? left, currency);
  if (!wanted.ok) return reject('amount-invalid', { problem: wanted.problem, currency });
  const { amount } = wanted;
  const costNothing = isZero(payment.amount) && !payment.takenBack;
  if (isZero(left) && !costNothing) return reject('nothing-to-refund', { captured: payment.amount, currency });
  if (isZero(amount) && !costNothing) return reject('amount-invalid', { problem: 'not-positive', currency });
  if (compareMoney(amount, left) > 0) return reject('refund-exceeds-captured', { left, currency });
  const lines = takenFrom(payment.left, amount, currency);
  const requested: PaymentEvent = {
    type: 'PaymentRefundRequested',
    data: { paymentId, refundId, amount, currency, ...named(payment, lines), reason, requestedBy, requestedAt: at },
  };
  // Cash is handed back on the spot, and a purchase that cost nothing is just taken back: there is no gateway to wait for.
  return method === 'cash' || costNothing ? accept(requested, refunded(payment, { amount, lines }, { refundId, reference: null, at })) : accept(requested);
};

const complete = (outcome: Outcome, payment: CapturedPayment, refund: Refund): RefundDecision => {
  if (refund.status === 'done') return accept();
  const left = refundable(payment);
  // The failed refund had freed its amount and lines, which other refunds may have taken before this success came.
  if (refund.status === 'failed' && compareMoney(refund.amount, left) > 0) {
    return reject('refund-exceeds-captured', { left, currency: payment.currency });
  }
  const { amount } = refund;
  const lines = refund.status === 'failed' ? takenFrom(payment.left, amount, payment.currency) : refund.lines;
  return accept(refunded(payment, { amount, lines }, outcome));
};

/** Requested and completed refunds never exceed the captured amount; a failed one frees its amount. */
export const decideRefund = ({ type, data }: RefundCommand, payment: Payment): RefundDecision => {
  if (payment.status === 'none') return reject('payment-not-opened');
  if (!isCaptured(payment)) return reject('payment-not-captured', { status: payment.status });
  if (type === 'RequestRefund') return request(data, payment);

  const refund = payment.refunds.get(data.refundId);
  if (refund === undefined) return reject('refund-not-requested');
  if (type === 'RecordRefund') return complete(data, payment, refund);
  if (refund.status !== 'requested') return accept();
  const { paymentId, currency } = payment;
  const { refundId, reason, outcome, at } = data;
  const failure = { paymentId, refundId, amount: refund.amount, currency, reason, outcome, failedAt: at };
  return accept({ type: 'PaymentRefundFailed', data: failure });
};
