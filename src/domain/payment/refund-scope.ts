import { addMoney, compareMoney, isZero, smaller, sumMoney, zero } from '../kernel/money.js';
import { notNegative, takenFrom, type LinesLeft } from './refund-lines.js';
import { isCommitted, refundable, type CapturedPayment, type Refund } from './state.js';

/** The courses that a refund names; undefined: the whole purchase. */
type Named = readonly string[] | undefined;

const linesOf = ({ quote, left }: CapturedPayment) => (quote === null || left.length === 0 ? [] : quote.lines);

export const isBought = (payment: CapturedPayment, courseId: string): boolean =>
  linesOf(payment).some((line) => line.courseId === courseId);

/** What is left of the lines of these courses; nothing of the others. */
export const leftOfCourses = (payment: CapturedPayment, courseIds: Named): LinesLeft =>
  courseIds === undefined
    ? payment.left
    : linesOf(payment).map(({ courseId }, index) =>
        courseIds.includes(courseId) ? (payment.left[index] ?? zero(payment.currency)) : zero(payment.currency));

const sumOf = (left: LinesLeft, currency: string): string => sumMoney(left.map((line) => notNegative(line, currency)), currency);

export const leftToRefund = (payment: CapturedPayment, courseIds: Named): string => {
  const left = refundable(payment);
  return courseIds === undefined ? left : smaller(left, sumOf(leftOfCourses(payment, courseIds), payment.currency));
};

const endedBy = ({ refunds }: CapturedPayment, counts: (refund: Refund) => boolean): ReadonlySet<string> =>
  new Set([...refunds.values()].flatMap((refund) => (counts(refund) ? (refund.courseIds ?? []) : [])));

/** Where no money is left, there may be courses that cost nothing. */
export const canTakeBack = (payment: CapturedPayment, courseIds: Named): boolean => {
  if (payment.takenBack) return false;
  if (courseIds === undefined) return compareMoney(payment.refunded, payment.amount) === 0;
  const ended = endedBy(payment, isCommitted);
  return courseIds.some((courseId) => !ended.has(courseId));
};

/** All money is back, and a refund that names courses leaves none that cost nothing. */
export const leavesNothing = (payment: CapturedPayment, { amount, courseIds }: Pick<Refund, 'amount' | 'courseIds'>): boolean => {
  if (compareMoney(addMoney(payment.refunded, amount), payment.amount) !== 0) return false;
  if (courseIds === undefined) return true;
  const ended = endedBy(payment, ({ status }) => status === 'done');
  return linesOf(payment).every(({ courseId, total }) => !isZero(total) || ended.has(courseId) || courseIds.includes(courseId));
};

/** For a refund that came through after it had failed: its own courses first, then whatever the others left. */
export const takenAnew = (payment: CapturedPayment, { amount, courseIds }: Refund): readonly string[] => {
  const { currency, left } = payment;
  const own = leftOfCourses(payment, courseIds);
  return takenFrom(compareMoney(sumOf(own, currency), amount) >= 0 ? own : left, amount, currency);
};
