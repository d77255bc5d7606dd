import type { CouponTermsRejection } from '../../commands/coupons/coupon-terms.js';
import type { CouponRejection } from '../../domain/coupon/decider.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';
import type { PaymentCode } from './payment.js';

type Refused = Exclude<CouponRejection | CouponTermsRejection, CourseCode | PaymentCode>;

export const couponRefusals = {
  'coupon-not-issued': ['unprocessable', 'The coupon code does not exist.'],
  'coupon-code-taken': ['conflict', 'The coupon code already exists.'],
  'coupon-code-invalid': ['invalid', 'A coupon code is made of letters, digits, dashes and underscores.'],
  'coupon-terms-invalid': ['invalid', 'The terms of the coupon do not go together.'],
  'coupon-limit-below-uses': ['conflict', 'The coupon was already used more often than this limit.'],
  'coupon-withdrawn': ['unprocessable', 'The coupon is no longer valid.'],
  'coupon-exhausted': ['conflict', 'The coupon has no uses left.'],
  'coupon-expired': ['unprocessable', 'The coupon has expired.'],
  'coupon-not-applicable': ['unprocessable', 'The coupon does not apply to this purchase.'],
  'coupon-not-reserved': ['conflict', 'No use of the coupon is reserved for this payment.'],
  'coupon-not-redeemed': ['conflict', 'The coupon was not redeemed for this payment.'],
  'coupon-not-active': ['unprocessable', 'The coupon is not active.'],
  'coupon-disabled': ['unprocessable', 'The status of the coupon does not allow its use.'],
  'coupon-of-another-teacher': ['unprocessable', 'The coupon is for courses of another teacher.'],
  'coupon-use-ended': ['conflict', 'This use of the coupon was given back: try again.'],
  'coupon-not-permitted': ['forbidden', 'Instructors manage coupons of their own courses; coupons of the whole platform need an admin.'],
} satisfies Record<Refused, Answer>;

export type CouponCode = keyof typeof couponRefusals;
