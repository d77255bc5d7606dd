import type { QuotedLines } from '../../domain/payment/refund-lines.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** What figures are kept by. `all` has one key, `ALL`; the key of a coupon is its code, all other keys are ids. */
export const DIMENSIONS = ['all', 'course', 'instructor', 'organization', 'coupon', 'surface'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const ALL = '-';

/** How often something happened. docs/analytics.md says what each of them counts and what it does not. */
export const COUNTS = [
  'cartAdditions', 'cartRemovals', 'cartCheckouts',
  'opened', 'captured', 'capturedFree', 'declined', 'cancelled', 'expired', 'capturedLate', 'refundsPaid', 'refundedInFull', 'refundsReversed',
  'enrolled', 'enrollmentsEnded', 'completions', 'lessonsCompleted', 'lessonsReopened',
  'attemptsStarted', 'attemptsSubmitted', 'attemptsGraded', 'attemptsPassed',
  'couponsReserved', 'couponsRedeemed', 'couponsReleased', 'couponsReversed', 'couponsUsedForAccess', 'couponAccessReversed',
  'seatsReserved', 'seatsTaken', 'seatsOccupied', 'seatsReleased',
  'mailsRequested', 'mailsSent', 'mailsGivenUp', 'mailsUnknown', 'mailsWithdrawn',
] as const;
export type CountName = (typeof COUNTS)[number];

/** Amounts of one currency. net = gross - discounts - refunds. */
export const AMOUNTS = ['gross', 'discounts', 'refunds', 'netWithCoupon', 'accessGiven'] as const;
export type AmountName = (typeof AMOUNTS)[number];
export type Amounts = Readonly<Partial<Record<AmountName, string>>>;

/** One quarter of an hour. What is absent is nothing. */
export interface Cell {
  readonly counts?: Readonly<Partial<Record<CountName, number>>>;
  /** By currency: decimal strings with all places of it. */
  readonly money?: Readonly<Record<string, Amounts>>;
  /** Graded attempts by score: `85` is 85 to below 90 per cent, `95` up to 100. */
  readonly scores?: Readonly<Record<string, number>>;
}

/** The quarters of one day in UTC, of one key. The id is `<dimension>/<key>/<day>`. */
export interface FigureDay extends Document {
  readonly dimension: Dimension;
  readonly key: string;
  /** UTC: 2026-03-01 */
  readonly day: string;
  /** Of a course; null for other dimensions. */
  readonly instructorId: string | null;
  readonly organizationId: string | null;
  /** By the time at which the quarter begins, in UTC: 12:15 */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** Whose a course is, which never changes. */
export interface FigureCourse extends Document {
  readonly instructorId: string;
  readonly organizationId: string | null;
}

/** Who issued a coupon. The id is its code. */
export interface FigureCoupon extends Document {
  readonly issuedBy: string;
}

export interface SaleLine {
  readonly courseId: string;
  /** Null: the course was not known. */
  readonly instructorId: string | null;
  readonly organizationId: string | null;
  readonly listPrice: string;
  readonly total: string;
}

/** What a payment is for. The id is the payment's. */
export interface FigureSale extends Document, QuotedLines {
  readonly lines: readonly SaleLine[];
  readonly couponCode: string | null;
  readonly surface: 'marketplace' | 'academy';
  /** False for ever where money came too late, or never. */
  readonly captured: boolean;
}

export interface FigureAttempt extends Document {
  readonly courseId: string | null;
  readonly teacherId: string;
  readonly organizationId: string | null;
  readonly points: number;
  readonly passingGrade: string;
  /** The event that left nothing to be graded, for the first time. */
  readonly gradedBy: string | null;
}

/** A student in a course. The id is `<courseId>.<studentId>`. */
export interface FigureStudy extends Document {
  readonly instructorId: string | null;
  readonly organizationId: string | null;
  /** The event with which the student said to be through, for the first time. */
  readonly completedBy: string;
}

const projection = 'analytics';

export const figureDays = collection<FigureDay>({
  projection,
  name: 'figureDays',
  indexes: [
    { dimension: 1, key: 1, day: 1 },
    { dimension: 1, day: 1 },
    { dimension: 1, instructorId: 1, day: 1 },
    { dimension: 1, organizationId: 1, day: 1 },
  ],
});
export const figureCourses = collection<FigureCourse>({ projection, name: 'figureCourses', indexes: [] });
export const figureCoupons = collection<FigureCoupon>({ projection, name: 'figureCoupons', indexes: [] });
export const figureSales = collection<FigureSale>({ projection, name: 'figureSales', indexes: [] });
export const figureAttempts = collection<FigureAttempt>({ projection, name: 'figureAttempts', indexes: [] });
export const figureStudies = collection<FigureStudy>({ projection, name: 'figureStudies', indexes: [] });
