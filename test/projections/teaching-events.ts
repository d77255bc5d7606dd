import type { DomainEvent } from '../../src/domain/events.js';
import { quoteOf } from '../fixtures/quotes.js';
import { courseCreated, coursePublished } from './course-events.js';
import type { Published } from './projected.js';

const at = '2026-03-01T12:00:00.000Z';

export const course = (courseId: string, instructorId: string): readonly Published[] => [courseCreated(courseId, { instructorId }), coursePublished(courseId)];

const ofEnrollment = (studentId: string, courseId: string, event: DomainEvent): Published => [`enrollment-${studentId}.${courseId}`, event];
export const enrolled = (studentId: string, courseId: string) => ofEnrollment(studentId, courseId, { type: 'StudentEnrolled', data: { studentId, courseId, enrolledAt: at } });
export const ended = (studentId: string, courseId: string) => ofEnrollment(studentId, courseId, { type: 'EnrollmentEnded', data: { studentId, courseId, endedAt: at } });

const ofPayment = (paymentId: string, event: DomainEvent): Published => [`payment-${paymentId}`, event];
type Line = Parameters<typeof quoteOf>[0][number];

export const opened = (paymentId: string, lines: readonly Line[], currency = 'USD') =>
  ofPayment(paymentId, { type: 'PaymentOpened', data: { paymentId, payerId: 'sam', method: 'card', quote: { ...quoteOf(lines), currency }, expiresAt: at, openedAt: at } });
export const captured = (paymentId: string, amount: string, currency = 'USD', type: 'PaymentCaptured' | 'PaymentCapturedLate' = 'PaymentCaptured') =>
  ofPayment(paymentId, { type, data: { paymentId, amount, currency, reference: null, capturedAt: at } });
export const expired = (paymentId: string) => ofPayment(paymentId, { type: 'PaymentExpired', data: { paymentId, expiredAt: at } });
export const refunded = (paymentId: string, amount: string, lines?: readonly (readonly [courseId: string, amount: string])[]) =>
  ofPayment(paymentId, {
    type: 'PaymentRefunded',
    data: {
      paymentId,
      refundId: `refund ${amount}`,
      amount,
      currency: 'USD',
      full: false,
      reference: null,
      refundedAt: at,
      ...(lines === undefined ? {} : { lines: lines.map(([courseId, part]) => ({ courseId, amount: part })) }),
    },
  });
