import { Type, type Static } from 'typebox';
import { Currency, DecimalString, defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** A percentage of the prices that the coupon applies to, or a fixed amount (at most their sum). */
export const CouponBenefit = Type.Union([
  Type.Object({ type: Type.Literal('percentage'), percent: DecimalString }),
  Type.Object({ type: Type.Literal('fixed'), amount: DecimalString, currency: Currency }),
]);
export type CouponBenefit = Static<typeof CouponBenefit>;

/** Of a coupon that takes something off a purchase. */
export const DiscountTerms = Type.Object({
  kind: Type.Enum(['platform_wide', 'course_specific']),
  courseId: Nullable(Id),
  benefit: CouponBenefit,
  /** single_only: a purchase of one course; both: of one or of many. */
  applicableOn: Type.Enum(['single_only', 'both']),
  maxUses: Nullable(Type.Integer({ minimum: 1 })),
  expiresAt: Nullable(Timestamp),
});
export type DiscountTerms = Readonly<Static<typeof DiscountTerms>>;

/** Of a coupon that a teacher sells for a price: each use opens one course, or one module, of that teacher. */
export const AccessTerms = Type.Object({
  kind: Type.Literal('teacher'),
  benefit: Type.Object({ type: Type.Literal('access'), price: DecimalString, currency: Currency }),
  status: Type.Enum(['available', 'disabled']),
  isActive: Type.Boolean(),
  maxUses: Type.Integer({ minimum: 1 }),
  expiresAt: Timestamp,
});
export type AccessTerms = Readonly<Static<typeof AccessTerms>>;

export const CouponTerms = Type.Union([DiscountTerms, AccessTerms]);
export type CouponTerms = DiscountTerms | AccessTerms;

const coupon = { couponId: Id, code: Type.String() };
/** A use is held by its payment; one payment holds a coupon at most once. */
const use = { ...coupon, paymentId: Id, accountId: Id };
const accessUse = {
  ...coupon,
  useId: Id,
  accountId: Id,
  teacherId: Id,
  courseId: Id,
  moduleId: Nullable(Id),
  price: DecimalString,
  currency: Currency,
};

export const couponEvents = [
  defineEvent('CouponIssued', 'A discount code exists, or a code that a teacher sells, with its terms.', { ...coupon, terms: CouponTerms, issuedBy: Id, issuedAt: Timestamp }),
  defineEvent('CouponTermsChanged', 'The terms of the code changed, as a whole; uses that are held keep their discount.', {
    ...coupon,
    terms: CouponTerms,
    changedAt: Timestamp,
  }),
  defineEvent('CouponWithdrawn', 'The code can no longer be used; reserved uses stay good.', { ...coupon, withdrawnAt: Timestamp }),
  defineEvent('CouponReserved', 'A payment holds one use of the code; it counts against the limit from now on.', {
    ...use,
    discount: DecimalString,
    currency: Currency,
    holdUntil: Timestamp,
    reservedAt: Timestamp,
  }),
  defineEvent('CouponRedeemed', 'The held use was spent: the payment was captured.', { ...use, redeemedAt: Timestamp }),
  defineEvent('CouponReleased', 'The held use is free again: the payment failed.', {
    ...use,
    reason: Type.String(),
    releasedAt: Timestamp,
  }),
  defineEvent('CouponRedemptionReversed', 'The spent use is free again: the payment was refunded in full.', {
    ...use,
    reason: Type.String(),
    reversedAt: Timestamp,
  }),
  defineEvent(
    'CouponUsedForAccess',
    'A student spent one use of a teacher’s code for a course of that teacher, or for one module of it; the enrollment takes it (grantId is the use) or declines it.',
    { ...accessUse, usedAt: Timestamp },
  ),
  defineEvent('CouponUseForAccessReversed', 'The use is free again: the enrollment declined it.', {
    ...accessUse,
    reason: Type.String(),
    reversedAt: Timestamp,
  }),
] as const;

export type CouponEvent = EventOf<(typeof couponEvents)[number]>;
