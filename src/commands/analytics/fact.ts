import type { Position } from '../../ports/event-store.js';

export type FactType = 'text' | 'time' | 'decimal' | 'integer' | 'boolean';

const begin = { position: 'text', eventId: 'text', kind: 'text', at: 'time' } as const;
const course = { courseId: 'text', instructorId: 'text', organizationId: 'text' } as const;

/** The tables of docs/analytics.md, with their columns and what these hold. Decimals are texts, so that no cent is lost. */
export const FACT_TABLES = {
  payments: {
    ...begin, paymentId: 'text', payerId: 'text', surface: 'text', method: 'text', ...course,
    listPrice: 'decimal', discount: 'decimal', amount: 'decimal', currency: 'text', couponCode: 'text',
  },
  refunds: { ...begin, refundId: 'text', paymentId: 'text', payerId: 'text', ...course, amount: 'decimal', currency: 'text', couponCode: 'text', isFull: 'boolean' },
  enrollments: { ...begin, studentId: 'text', ...course },
  attempts: { ...begin, attemptId: 'text', assessmentId: 'text', studentId: 'text', ...course, awarded: 'integer', points: 'integer', percentage: 'decimal', isPassed: 'boolean' },
  couponUses: { ...begin, code: 'text', couponId: 'text', useId: 'text', accountId: 'text', ...course, amount: 'decimal', currency: 'text' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FactType>>>>;

export type FactTable = keyof typeof FACT_TABLES;

export const FACT_KINDS = [
  'purchase', 'refund', 'refund-reversed', 'enrollment', 'enrollment-ended', 'attempt-started', 'attempt-submitted', 'attempt-graded',
  'coupon-reserved', 'coupon-redeemed', 'coupon-released', 'coupon-reversed', 'coupon-used-for-access', 'coupon-access-reversed',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export type FactValue = string | number | boolean | null;
export type FactRow = Readonly<Record<string, FactValue>>;

/** What one event says, as rows of a table: a purchase has one for each course. No personal data but ids. */
export interface Fact {
  readonly table: FactTable;
  readonly kind: FactKind;
  readonly position: Position;
  readonly rows: readonly FactRow[];
}

/** Streams whose events make facts. */
export const FACT_CATEGORIES = ['payment', 'packagePurchases', 'enrollment', 'assessmentAttempt', 'coupon'] as const;
