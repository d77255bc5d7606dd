import type { ProcessCommand, Reaction } from '../process.js';
import { ignore, step, type Checkout } from './state.js';

/** The money is here: coupon and seats are used, access is granted. */
export const captured = (state: Checkout, at: string): Reaction<Checkout> => {
  const { paymentId, payment, couponCode, enrollments, seats } = state;
  if (payment === null || state.status !== 'opened') return ignore(state, `the checkout is ${state.status}`);
  const { payerId, source } = payment;
  const courseIds = enrollments.map(({ courseId }) => courseId);
  const redeem: readonly ProcessCommand[] =
    couponCode === null ? [] : [{ aggregate: 'coupon', id: couponCode, command: { type: 'RedeemCoupon', data: { paymentId, at } } }];
  const grants = enrollments.map(({ studentId, courseId }): ProcessCommand => {
    const data = { studentId, courseId, grantId: paymentId, source, at };
    return { aggregate: 'enrollment', id: `${studentId}.${courseId}`, command: { type: 'GrantAccess', data } };
  });
  const taken = seats.map((courseId): ProcessCommand => ({
    aggregate: 'course',
    id: courseId,
    command: { type: 'TakeSeat', data: { holdId: paymentId, at } },
  }));
  return step(
    { ...state, status: 'captured', dueAt: null },
    ...redeem,
    ...grants,
    ...taken,
    { aggregate: 'cart', id: payerId, command: { type: 'CheckOutCart', data: { userId: payerId, paymentId, courseIds, at } } },
    { aggregate: 'invoice', id: paymentId, command: { type: 'InvoicePayment', data: { paymentId, at } } },
  );
};
