import type { PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent, PaymentMethod, Quote } from '../../src/domain/payment/events.js';
import { quoteOf as quoteOfLines } from '../fixtures/quotes.js';

export const at = '2026-03-01T12:00:00.000Z';
export const expiresAt = '2026-03-01T12:15:00.000Z';
export const paymentId = 'payment';

/** One course at that price. */
export const quoteOf = (total: string, currency = 'EUR'): Quote => quoteOfLines([['course', total]], { currency });

export const open = (method: PaymentMethod = 'card', quote = quoteOf('100.00')): PaymentCommand => {
  return { type: 'OpenPayment', data: { paymentId, payerId: 'student', method, quote, token: 'tok', expiresAt, at } };
};
export const recordCapture = (amount = '100.00', currency = 'EUR'): PaymentCommand => {
  return { type: 'RecordCapture', data: { reference: 'charge', amount, currency, at } };
};
export const recordDecline: PaymentCommand = { type: 'RecordDecline', data: { reason: 'no funds', at } };
export const recordCash: PaymentCommand = { type: 'RecordCashReceived', data: { receivedBy: 'admin', at } };
export const cancel: PaymentCommand = { type: 'CancelPayment', data: { cancelledBy: 'student', reason: null, at } };
export const expire: PaymentCommand = { type: 'ExpirePayment', data: { paymentId, at } };
export const requestRefund = (amount: string | null, refundId = 'refund'): PaymentCommand => {
  return { type: 'RequestRefund', data: { refundId, amount, reason: 'asked for', requestedBy: 'admin', at } };
};
export const recordRefund = (refundId = 'refund'): PaymentCommand => {
  return { type: 'RecordRefund', data: { refundId, reference: 'refunded', at } };
};
export const recordRefundFailure = (refundId = 'refund'): PaymentCommand => {
  return { type: 'RecordRefundFailure', data: { refundId, reason: 'account closed', outcome: 'refused', at } };
};

export const opened = (method: PaymentMethod = 'card', quote = quoteOf('100.00')): PaymentEvent => {
  return { type: 'PaymentOpened', data: { paymentId, payerId: 'student', method, quote, expiresAt, openedAt: at } };
};
export const captureRequested: PaymentEvent = {
  type: 'PaymentCaptureRequested',
  data: { paymentId, amount: '100.00', currency: 'EUR', token: 'tok', requestedAt: at },
};
export const captured = (amount = '100.00', reference: string | null = 'charge'): PaymentEvent => {
  return { type: 'PaymentCaptured', data: { paymentId, amount, currency: 'EUR', reference, capturedAt: at } };
};
export const capturedLate: PaymentEvent = {
  type: 'PaymentCapturedLate',
  data: { paymentId, amount: '100.00', currency: 'EUR', reference: 'charge', capturedAt: at },
};
export const declined: PaymentEvent = { type: 'PaymentDeclined', data: { paymentId, reason: 'no funds', declinedAt: at } };
export const cancelled: PaymentEvent = {
  type: 'PaymentCancelled',
  data: { paymentId, cancelledBy: 'student', reason: null, cancelledAt: at },
};
export const expired: PaymentEvent = { type: 'PaymentExpired', data: { paymentId, expiredAt: at } };
export const refundRequested = (amount: string, refundId = 'refund'): PaymentEvent => {
  const asked = { reason: 'asked for', requestedBy: 'admin', requestedAt: at };
  return { type: 'PaymentRefundRequested', data: { paymentId, refundId, amount, currency: 'EUR', ...asked } };
};
export const refunded = (amount: string, full: boolean, refundId = 'refund', reference: string | null = 'refunded'): PaymentEvent => {
  return { type: 'PaymentRefunded', data: { paymentId, refundId, amount, currency: 'EUR', full, reference, refundedAt: at } };
};
export const refundFailed = (amount: string, refundId = 'refund'): PaymentEvent => {
  const failure = { reason: 'account closed', outcome: 'refused', failedAt: at } as const;
  return { type: 'PaymentRefundFailed', data: { paymentId, refundId, amount, currency: 'EUR', ...failure } };
};
