import type { EventOfType } from '../../domain/events.js';
import type { ProcessCommand, Reaction } from '../process.js';
import { releaseSeat } from './holds.js';
import { lateCaptureReturned } from './late-capture.js';
import { ignore, step, type Checkout } from './state.js';

const REASON = 'refunded';

const undone = ({ paymentId, couponCode, enrollments, seats }: Checkout, at: string): readonly ProcessCommand[] => [
  ...enrollments.map(({ studentId, courseId }): ProcessCommand => {
    const data = { studentId, courseId, grantId: paymentId, reason: REASON, at };
    return { aggregate: 'enrollment', id: `${studentId}.${courseId}`, command: { type: 'RevokeAccess', data } };
  }),
  ...(couponCode === null ? [] : [reverse(paymentId, couponCode, at)]),
  ...seats.map((courseId) => releaseSeat(paymentId, courseId, REASON, at)),
];

const reverse = (paymentId: string, code: string, at: string): ProcessCommand => ({
  aggregate: 'coupon',
  id: code,
  command: { type: 'ReverseCouponRedemption', data: { paymentId, reason: REASON, at } },
});

/** The part of a purchase that is about these courses. */
const partOf = (state: Checkout, isMeant: (courseId: string) => boolean): Checkout => ({
  ...state,
  couponCode: null,
  enrollments: state.enrollments.filter(({ courseId }) => isMeant(courseId)),
  seats: state.seats.filter(isMeant),
});

/** A refund is credited; it takes back the courses that it names, the last one all of the purchase. */
export const refunded = (state: Checkout, { refundId, amount, full, courseIds }: EventOfType<'PaymentRefunded'>['data'], at: string): Reaction<Checkout> => {
  const { paymentId } = state;
  if (state.lateCapture !== undefined && full) return lateCaptureReturned(state);
  if (state.status !== 'captured') return ignore(state, `the checkout is ${state.status}`);
  const creditNote: ProcessCommand = {
    aggregate: 'invoice',
    id: refundId,
    command: { type: 'CreditRefund', data: { paymentId, refundId, amount, at } },
  };
  if (full) return step({ ...state, status: 'refunded' }, creditNote, ...undone(state, at));
  if (courseIds === undefined) return step(state, creditNote);
  const isNamed = (courseId: string) => courseIds.includes(courseId);
  const { couponCode } = state;
  const kept = { ...partOf(state, (courseId) => !isNamed(courseId)), couponCode };
  return step(kept, creditNote, ...undone(partOf(state, isNamed), at));
};
