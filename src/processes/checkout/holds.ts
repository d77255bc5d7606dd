import type { EventOfType } from '../../domain/events.js';
import type { ProcessCommand, Reaction } from '../process.js';
import { ignore, isOver, step, type Checkout, type EnrollmentHold } from './state.js';

const PAYMENT_ENDED = 'payment-ended';

const releaseCoupon = (paymentId: string, code: string, reason: string, at: string): ProcessCommand => ({
  aggregate: 'coupon',
  id: code,
  command: { type: 'ReleaseCoupon', data: { paymentId, reason, at } },
});

export const releaseSeat = (paymentId: string, courseId: string, reason: string, at: string): ProcessCommand => ({
  aggregate: 'course',
  id: courseId,
  command: { type: 'ReleaseSeat', data: { holdId: paymentId, reason, at } },
});

const releaseEnrollment = (paymentId: string, { studentId, courseId }: EnrollmentHold, reason: string, at: string): ProcessCommand => ({
  aggregate: 'enrollment',
  id: `${studentId}.${courseId}`,
  command: { type: 'ReleaseEnrollmentHold', data: { studentId, courseId, paymentId, reason, at } },
});

export const releaseAll = ({ paymentId, couponCode, seats, enrollments }: Checkout, reason: string, at: string): readonly ProcessCommand[] => [
  ...(couponCode === null ? [] : [releaseCoupon(paymentId, couponCode, reason, at)]),
  ...seats.map((courseId) => releaseSeat(paymentId, courseId, reason, at)),
  ...enrollments.map((hold) => releaseEnrollment(paymentId, hold, reason, at)),
];

const earlier = (a: string | null, b: string): string => (a === null || b < a ? b : a);

/** A new hold is remembered with its timeout, or given back when the payment has ended. */
const held = (state: Checkout, holdUntil: string, remembered: Partial<Checkout>, release: ProcessCommand): Reaction<Checkout> => {
  if (isOver(state)) return step(state, release);
  if (state.status === 'captured') return ignore(state, 'the payment is captured: the hold is used up there');
  const dueAt = state.status === 'opened' ? state.dueAt : earlier(state.dueAt, holdUntil);
  return step({ ...state, ...remembered, dueAt });
};

export const couponHeld = (state: Checkout, { code, holdUntil }: EventOfType<'CouponReserved'>['data'], at: string): Reaction<Checkout> =>
  held(state, holdUntil, { couponCode: code }, releaseCoupon(state.paymentId, code, PAYMENT_ENDED, at));

export const seatHeld = (state: Checkout, { courseId, holdUntil }: EventOfType<'CourseSeatReserved'>['data'], at: string): Reaction<Checkout> =>
  held(state, holdUntil, { seats: [...state.seats, courseId] }, releaseSeat(state.paymentId, courseId, PAYMENT_ENDED, at));

export const enrollmentHeld = (
  state: Checkout,
  { courseId, studentId, holdUntil }: EventOfType<'EnrollmentHeld'>['data'],
  at: string,
): Reaction<Checkout> => {
  const hold = { courseId, studentId };
  const enrollments = [...state.enrollments, hold];
  return held(state, holdUntil, { enrollments }, releaseEnrollment(state.paymentId, hold, PAYMENT_ENDED, at));
};
