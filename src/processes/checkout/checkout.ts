import type { DomainEvent, EventOfType } from '../../domain/events.js';
import { isZero } from '../../domain/kernel/money.js';
import type { Process, ProcessCommand, Reaction, TimerElapsed } from '../process.js';
import { captured } from './captured.js';
import { couponHeld, enrollmentHeld, releaseAll, seatHeld } from './holds.js';
import { lateCaptureArrived, lateCaptureOverdue, refundFailed } from './late-capture.js';
import { refunded } from './refunded.js';
import { ignore, initialState, isOver, step, type Checkout } from './state.js';

export type { Checkout } from './state.js';

const opened = (state: Checkout, { payerId, quote, expiresAt }: EventOfType<'PaymentOpened'>['data']): Reaction<Checkout> => {
  if (isOver(state)) return ignore(state, 'the payment has ended');
  const source = isZero(quote.total) ? 'coupon' : 'payment';
  return step({ ...state, status: 'opened', payment: { payerId, source }, dueAt: expiresAt });
};

/** Only a payment that was opened can have an invoice. */
const voidInvoice = ({ paymentId, payment }: Checkout, reason: string, at: string): readonly ProcessCommand[] =>
  payment === null ? [] : [{ aggregate: 'invoice', id: paymentId, command: { type: 'VoidUnpaidInvoice', data: { paymentId, reason, at } } }];

const ended = (state: Checkout, reason: string, at: string): Reaction<Checkout> => {
  if (isOver(state) || state.status === 'captured') return ignore(state, `the checkout is ${state.status}`);
  return step({ ...state, status: 'ended', dueAt: null }, ...releaseAll(state, reason, at), ...voidInvoice(state, reason, at));
};

const overdue = (state: Checkout, at: string): Reaction<Checkout> => {
  const { paymentId, status } = state;
  const waiting = { ...state, dueAt: null };
  if (state.lateCapture !== undefined) return lateCaptureOverdue(waiting, state.lateCapture, at);
  if (status !== 'holding' && status !== 'opened') return ignore(waiting, `the checkout is ${status}`);
  return step(waiting, { aggregate: 'payment', id: paymentId, command: { type: 'ExpirePayment', data: { paymentId, at } } });
};

const react = (state: Checkout, input: DomainEvent | TimerElapsed, at: string): Reaction<Checkout> => {
  switch (input.type) {
    case 'CouponReserved': return couponHeld(state, input.data, at);
    case 'CourseSeatReserved': return seatHeld(state, input.data, at);
    case 'EnrollmentHeld': return enrollmentHeld(state, input.data, at);
    case 'PaymentOpened': return opened(state, input.data);
    case 'TimerElapsed': return overdue(state, at);
    case 'PaymentCaptured': return captured(state, at);
    case 'PaymentDeclined': return ended(state, 'payment-declined', at);
    case 'PaymentCancelled': return ended(state, 'payment-cancelled', at);
    case 'PaymentExpired': return ended(state, 'payment-expired', at);
    case 'PaymentCapturedLate': return lateCaptureArrived(state, at);
    case 'PaymentRefundFailed': return refundFailed(state, input.data.outcome, at);
    case 'PaymentRefunded': return refunded(state, input.data, at);
    default: return ignore(state, `${input.type} is nothing to a checkout`);
  }
};

const correlate = ({ type, data }: DomainEvent): string | null => {
  switch (type) {
    case 'CourseSeatReserved': return data.holdId;
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
  initialState,
  react,
};
