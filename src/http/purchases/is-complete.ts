import { isZero } from '../../domain/kernel/money.js';
import type { NumberedPayment } from '../../projections/payments/queries.js';

/** A refund that the bank sent back ended the access, too. */
const isBought = ({ grantedCourseIds, refunds }: NumberedPayment, courseId: string): boolean =>
  grantedCourseIds.includes(courseId) || refunds.some(({ status }) => status !== 'requested');

/** Access ends after the money is back. */
const isTakenBack = ({ grantedCourseIds, refunds }: NumberedPayment): boolean =>
  refunds.every(({ status, courseIds }) => status !== 'refunded' || !courseIds.some((courseId) => grantedCourseIds.includes(courseId)));

/** True when nothing is under way: the money came or did not, and all its effects can be read, or it waits for the payer or the provider. */
export const isComplete = (payment: NumberedPayment): boolean => {
  if (payment.refunds.some(({ status, isProcessing = false }) => status === 'requested' && !isProcessing)) return false;
  switch (payment.status) {
    case 'pending':
      return payment.nextAction !== null || payment.isProcessing === true || (payment.method === 'cash' && !isZero(payment.quote.total));
    case 'completed':
      return payment.invoiceNumber !== null && isTakenBack(payment) && payment.courseIds.every((courseId) => isBought(payment, courseId));
    case 'failed':
    case 'cancelled':
      return payment.heldCourseIds.length === 0;
    case 'refunded':
      return payment.grantedCourseIds.length === 0;
  }
};
