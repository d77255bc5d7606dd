import { accept, reject, type Decision, type Message } from '../kernel/decider.js';
import { compareMoney, isZero, parseAmount } from '../kernel/money.js';
import type { PaymentEvent, RefundFailure } from './events.js';
import { namedLines, takenFrom } from './refund-lines.js';
import { canTakeBack, isBought, leavesNothing, leftOfCourses, leftToRefund, takenAnew } from './refund-scope.js';
import { isCaptured, isDisputed, refundable, type CapturedPayment, type Payment, type Refund } from './state.js';

export type RefundCommand =
  | Message<'RequestRefund', RequestRefund>
  | Message<'RecordRefundProcessing', { refundId: string; reference: string; at: string }>
  | Message<'RecordRefund', { refundId: string; reference: string | null; at: string }>
  | Message<'RecordRefundFailure', { refundId: string; reason: string; outcome: RefundFailure; at: string }>;

export type RequestRefund = Readonly<{
  refundId: string;
  /** Null: everything that is left. */
  amount: string | null;
  reason: string | null;
  requestedBy: string | null;
  /** Ends the access to these courses, and takes the money from their lines alone. */
  courseIds?: readonly string[];
  at: string;
}>;

export type RefundRejection =
  | 'payment-not-opened'
  | 'payment-not-captured'
  | 'amount-invalid'
  | 'nothing-to-refund'
  | 'refund-exceeds-captured'
  | 'course-not-bought'
  | 'refund-not-requested'
  | 'payment-disputed';

type RefundDecision = Decision<PaymentEvent, RefundRejection>;
type Outcome = Readonly<{ refundId: string; reference: string | null; at: string }>;

type Taken = Pick<Refund, 'amount' | 'lines' | 'courseIds'>;

const naming = (courseIds: readonly string[] | undefined) => (courseIds === undefined ? {} : { courseIds: [...courseIds] });

/** For an event: what the refund takes from each course, and the courses that it names. */
const named = ({ quote, left, currency }: CapturedPayment, { lines: taken, courseIds }: Taken) => {
  const lines = quote === null || left.length === 0 ? undefined : namedLines(quote, taken, currency);
  return { ...(lines === undefined ? {} : { lines }), ...naming(courseIds) };
};

const refunded = (payment: CapturedPayment, refund: Taken, { refundId, reference, at }: Outcome): PaymentEvent => {
  const { paymentId, currency } = payment;
  const { amount } = refund;
  const full = leavesNothing(payment, refund);
  return {
    type: 'PaymentRefunded',
    data: { paymentId, refundId, amount, currency, ...named(payment, refund), full, reference, refundedAt: at },
  };
};

export const requestRefund = (command: RequestRefund, payment: CapturedPayment): RefundDecision => {
  const { paymentId, currency, method } = payment;
  const { refundId, reason, requestedBy, courseIds, at } = command;
  if (payment.refunds.has(refundId)) return accept();
  const foreign = courseIds?.find((courseId) => !isBought(payment, courseId));
  if (foreign !== undefined) return reject('course-not-bought', { courseId: foreign });
  const left = leftToRefund(payment, courseIds);
  const wanted = parseAmount(command.amount ?? left, currency);
  if (!wanted.ok) return reject('amount-invalid', { problem: wanted.problem, currency });
  const { amount } = wanted;
  const costNothing = isZero(left) && canTakeBack(payment, courseIds);
  if (isZero(left) && !costNothing) return reject('nothing-to-refund', { captured: payment.amount, currency });
  if (isZero(amount) && !costNothing) return reject('amount-invalid', { problem: 'not-positive', currency });
  if (compareMoney(amount, left) > 0) return reject('refund-exceeds-captured', { left, currency });
  const refund = { amount, lines: takenFrom(leftOfCourses(payment, courseIds), amount, currency), ...naming(courseIds) };
  const requested: PaymentEvent = {
    type: 'PaymentRefundRequested',
    data: { paymentId, refundId, amount, currency, ...named(payment, refund), reason, requestedBy, requestedAt: at },
  };
  // Cash is handed back on the spot, and what cost nothing is just taken back: there is no gateway to wait for.
  return method === 'cash' || costNothing
    ? accept(requested, refunded(payment, refund, { refundId, reference: null, at }))
    : accept(requested);
};

export const completeRefund = (outcome: Outcome, payment: CapturedPayment): RefundDecision => {
  const refund = payment.refunds.get(outcome.refundId);
  if (refund === undefined) return reject('refund-not-requested');
  if (refund.status === 'done') return accept();
  const left = refundable(payment);
  // The failed refund had freed its amount and lines, which other refunds may have taken before this success came.
  if (refund.status === 'failed' && compareMoney(refund.amount, left) > 0) {
    return reject('refund-exceeds-captured', { left, currency: payment.currency });
  }
  const lines = refund.status === 'failed' ? takenAnew(payment, refund) : refund.lines;
  return accept(refunded(payment, { ...refund, lines }, outcome));
};

/** Requested and completed refunds never exceed the captured amount; a failed one frees its amount. */
export const decideRefund = ({ type, data }: RefundCommand, payment: Payment): RefundDecision => {
  if (payment.status === 'none') return reject('payment-not-opened');
  if (!isCaptured(payment)) return reject('payment-not-captured', { status: payment.status });
  if (type === 'RequestRefund') {
    const isNew = !payment.refunds.has(data.refundId);
    // The bank may take the same money back.
    return isNew && isDisputed(payment) ? reject('payment-disputed') : requestRefund(data, payment);
  }
  if (type === 'RecordRefund') return completeRefund(data, payment);

  const refund = payment.refunds.get(data.refundId);
  if (refund === undefined) return reject('refund-not-requested');
  if (refund.status !== 'requested') return accept();
  const { paymentId, currency } = payment;
  if (type === 'RecordRefundProcessing') {
    const { refundId, reference, at } = data;
    return refund.reference === reference ? accept() : accept({ type: 'PaymentRefundProcessing', data: { paymentId, refundId, reference, startedAt: at } });
  }
  const { refundId, reason, outcome, at } = data;
  const failure = { paymentId, refundId, amount: refund.amount, currency, reason, outcome, failedAt: at };
  return accept({ type: 'PaymentRefundFailed', data: failure });
};
