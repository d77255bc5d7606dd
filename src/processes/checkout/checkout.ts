import type { DomainEvent } from '../../domain/events.js';
import type { Quote } from '../../domain/payment/events.js';
import { creditNoteFor, invoiceFor } from './checkout-documents.js';
import { lateCaptureOverdue, lateCaptureReturned, lateCaptureArrived, refundFailed, type LateCapture } from './late-capture.js';
import type { Process, ProcessCommand, Reaction, TimerElapsed } from '../process.js';

/**
 * One purchase, from the first hold to the last refund; its id is the payment's. Holds are taken before the payment
 * is opened, and only the end of the payment gives them back: the payment's stream decides every race.
 */
export interface Checkout {
  readonly paymentId: string;
  readonly status: 'holding' | 'opened' | 'captured' | 'ended' | 'refunded';
  readonly couponCode: string | null;
  readonly seats: readonly Seat[];
  readonly enrollments: readonly Seat[];
  readonly payment: { readonly payerId: string; readonly method: string; readonly quote: Quote } | null;
  /** Money came after the end. Streams from before this field have none. */
  readonly lateCapture?: LateCapture;
  readonly dueAt: string | null;
}

interface Seat {
  readonly courseId: string;
  readonly studentId: string;
}

const step = (state: Checkout, ...commands: readonly ProcessCommand[]): Reaction<Checkout> => ({ state, commands, dueAt: state.dueAt });
const ignore = (state: Checkout, ignored: string): Reaction<Checkout> => ({ state, commands: [], dueAt: state.dueAt, ignored });

const earlier = (a: string | null, b: string): string => (a === null || b < a ? b : a);

const releaseCoupon = (paymentId: string, code: string, reason: string, at: string): ProcessCommand => ({
  aggregate: 'coupon',
  id: code,
  command: { type: 'ReleaseCoupon', data: { paymentId, reason, at } },
});
const releaseSeat = (paymentId: string, courseId: string, reason: string, at: string): ProcessCommand => ({
  aggregate: 'course',
  id: courseId,
  command: { type: 'ReleaseSeat', data: { holdId: paymentId, reason, at } },
});
const releaseEnrollment = (paymentId: string, { studentId, courseId }: Seat, reason: string, at: string): ProcessCommand => ({
  aggregate: 'enrollment',
  id: `${studentId}.${courseId}`,
  command: { type: 'ReleaseEnrollmentHold', data: { studentId, courseId, paymentId, reason, at } },
});

const releaseAll = (state: Checkout, reason: string, at: string): readonly ProcessCommand[] => [
  ...(state.couponCode === null ? [] : [releaseCoupon(state.paymentId, state.couponCode, reason, at)]),
  ...state.seats.map(({ courseId }) => releaseSeat(state.paymentId, courseId, reason, at)),
  ...state.enrollments.map((held) => releaseEnrollment(state.paymentId, held, reason, at)),
];

const isOver = ({ status }: Checkout): boolean => status === 'ended' || status === 'refunded';

/** A hold came in: remembered with its timeout, or given back when the payment has already ended. */
const held = (state: Checkout, holdUntil: string, remembered: Partial<Checkout>, release: ProcessCommand): Reaction<Checkout> => {
  if (isOver(state)) return step(state, release);
  if (state.status === 'captured') return ignore(state, 'the payment is captured: the hold is used up there');
  const dueAt = state.status === 'opened' ? state.dueAt : earlier(state.dueAt, holdUntil);
  return step({ ...state, ...remembered, dueAt });
};

const ended = (state: Checkout, reason: string, at: string): Reaction<Checkout> => {
  if (isOver(state) || state.status === 'captured') return ignore(state, `the checkout is ${state.status}`);
  return step({ ...state, status: 'ended', dueAt: null }, ...releaseAll(state, reason, at));
};

const captured = (state: Checkout, at: string): Reaction<Checkout> => {
  const { paymentId, payment } = state;
  if (payment === null || state.status !== 'opened') return ignore(state, `the checkout is ${state.status}`);
  const { payerId, quote, method } = payment;
  const source = Number(quote.total) === 0 ? 'coupon' : 'payment';
  const courseIds = quote.lines.map(({ courseId }) => courseId);
  return step(
    { ...state, status: 'captured', dueAt: null },
    ...(state.couponCode === null
      ? []
      : [{ aggregate: 'coupon', id: state.couponCode, command: { type: 'RedeemCoupon', data: { paymentId, at } } } as const]),
    ...courseIds.map(
      (courseId) =>
        ({
          aggregate: 'enrollment',
          id: `${payerId}.${courseId}`,
          command: { type: 'GrantAccess', data: { studentId: payerId, courseId, grantId: paymentId, source, at } },
        }) as const,
    ),
    ...state.seats.map(
      ({ courseId }) => ({ aggregate: 'course', id: courseId, command: { type: 'TakeSeat', data: { holdId: paymentId, at } } }) as const,
    ),
    { aggregate: 'cart', id: payerId, command: { type: 'CheckOutCart', data: { userId: payerId, paymentId, courseIds, at } } },
    {
      aggregate: 'invoice',
      id: paymentId,
      command: {
        type: 'RequestInvoice',
        data: { invoiceId: paymentId, content: invoiceFor(paymentId, payerId, method, quote), billing: null, at },
      },
    },
  );
};

const refunded = (state: Checkout, refundId: string, amount: string, full: boolean, at: string): Reaction<Checkout> => {
  const { paymentId, payment, couponCode } = state;
  if (state.lateCapture !== undefined && full) return lateCaptureReturned(state);
  if (payment === null || state.status !== 'captured') return ignore(state, `the checkout is ${state.status}`);
  const { payerId, quote, method } = payment;
  const creditNote: ProcessCommand = {
    aggregate: 'invoice',
    id: refundId,
    command: {
      type: 'RequestInvoice',
      data: { invoiceId: refundId, content: creditNoteFor(paymentId, payerId, method, quote, amount), billing: null, at },
    },
  };
  if (!full) return step(state, creditNote);
  const reason = 'refunded';
  return step(
    { ...state, status: 'refunded' },
    creditNote,
    ...quote.lines.map(
      ({ courseId }) =>
        ({
          aggregate: 'enrollment',
          id: `${payerId}.${courseId}`,
          command: { type: 'RevokeAccess', data: { studentId: payerId, courseId, grantId: paymentId, reason, at } },
        }) as const,
    ),
    ...(couponCode === null
      ? []
      : [{ aggregate: 'coupon', id: couponCode, command: { type: 'ReverseCouponRedemption', data: { paymentId, reason, at } } } as const]),
    ...state.seats.map(({ courseId }) => releaseSeat(paymentId, courseId, reason, at)),
  );
};

const react = (state: Checkout, input: DomainEvent | TimerElapsed, at: string): Reaction<Checkout> => {
  const { paymentId } = state;
  switch (input.type) {
    case 'CouponReserved': {
      const { code, holdUntil } = input.data;
      return held(state, holdUntil, { couponCode: code }, releaseCoupon(paymentId, code, 'payment-ended', at));
    }
    case 'CourseSeatReserved': {
      const { courseId, studentId, holdUntil } = input.data;
      const seats = [...state.seats, { courseId, studentId }];
      return held(state, holdUntil, { seats }, releaseSeat(paymentId, courseId, 'payment-ended', at));
    }
    case 'EnrollmentHeld': {
      const { courseId, studentId, holdUntil } = input.data;
      const enrollments = [...state.enrollments, { courseId, studentId }];
      return held(state, holdUntil, { enrollments }, releaseEnrollment(paymentId, { courseId, studentId }, 'payment-ended', at));
    }
    case 'CourseSeatTaken': {
      // A free enrolment took the seat it held: there is no payment to wait for.
      if (state.status !== 'holding') return ignore(state, `the checkout is ${state.status}`);
      const seats = state.seats.filter(({ courseId }) => courseId !== input.data.courseId);
      const holdsNothing = seats.length === 0 && state.enrollments.length === 0 && state.couponCode === null;
      return step({ ...state, seats, dueAt: holdsNothing ? null : state.dueAt });
    }
    case 'PaymentOpened': {
      const { payerId, method, quote, expiresAt } = input.data;
      if (isOver(state)) return ignore(state, 'the payment has ended');
      return step({ ...state, status: 'opened', payment: { payerId, method, quote }, dueAt: expiresAt });
    }
    case 'TimerElapsed': {
      const waiting = { ...state, dueAt: null };
      if (state.lateCapture !== undefined) return lateCaptureOverdue(waiting, state.lateCapture, at);
      if (state.status !== 'holding' && state.status !== 'opened') return ignore(waiting, `the checkout is ${state.status}`);
      return step(waiting, { aggregate: 'payment', id: paymentId, command: { type: 'ExpirePayment', data: { paymentId, at } } });
    }
    case 'PaymentCaptured': return captured(state, at);
    case 'PaymentDeclined': return ended(state, 'payment-declined', at);
    case 'PaymentCancelled': return ended(state, 'payment-cancelled', at);
    case 'PaymentExpired': return ended(state, 'payment-expired', at);
    case 'PaymentCapturedLate': return lateCaptureArrived(state, at);
    case 'PaymentRefundFailed': return refundFailed(state, input.data.outcome, at);
    case 'PaymentRefunded': return refunded(state, input.data.refundId, input.data.amount, input.data.full, at);
    default: return ignore(state, `${input.type} is nothing to a checkout`);
  }
};

const correlate = ({ type, data }: DomainEvent): string | null => {
  switch (type) {
    case 'CourseSeatReserved':
    case 'CourseSeatTaken': return data.holdId;
    case 'CouponReserved':
    case 'EnrollmentHeld':
    case 'PaymentOpened':
    case 'PaymentCaptured':
    case 'PaymentCapturedLate':
    case 'PaymentDeclined':
    case 'PaymentCancelled':
    case 'PaymentExpired':
    case 'PaymentRefundFailed':
    case 'PaymentRefunded': return data.paymentId;
    default: return null;
  }
};

export const checkoutProcess: Process<Checkout> = {
  name: 'checkout',
  categories: ['payment', 'coupon', 'course', 'enrollment'],
  correlate,
  initialState: (paymentId) => ({ paymentId, status: 'holding', couponCode: null, seats: [], enrollments: [], payment: null, dueAt: null }),
  react,
};
