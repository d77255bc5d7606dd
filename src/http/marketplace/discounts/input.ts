import type { ChangeCouponInput } from '../../../commands/coupons/change-coupon.js';
import { normaliseCouponCode } from '../../../commands/coupons/coupon-terms.js';
import type { IssueCouponInput } from '../../../commands/coupons/issue-coupon.js';
import type { Outcome } from '../../../commands/outcome.js';
import { invalidField, Problem } from '../../shared/problem.js';
import type { ChangeDiscountBody, CreateDiscountBody } from './schemas.js';
import { endOf } from '../../shared/instants.js';

const expiryOf = (expiresAt: string | null): string | null => (expiresAt === null ? null : endOf('expiresAt', expiresAt));

export const newCouponOf = (body: CreateDiscountBody): Omit<IssueCouponInput, 'actor'> => ({
  code: body.code,
  kind: body.type,
  courseId: body.courseId ?? null,
  valueType: body.valueType,
  value: String(body.value),
  applicableOn: body.applicableOn,
  maxUses: body.maxUses ?? null,
  expiresAt: expiryOf(body.expiresAt ?? null),
});

/** Only the fields that were sent. The code can't change: people have it in hand. */
export const couponChangesOf = (body: ChangeDiscountBody, code: string): ChangeCouponInput['changes'] => {
  const { type, value, expiresAt, code: sent, ...same } = body;
  if (sent !== undefined && normaliseCouponCode(sent) !== code) {
    const message = 'can’t be changed: issue another code, and withdraw this one';
    throw new Problem(422, 'coupon-code-fixed', `code ${message}.`, [{ field: 'code', message }]);
  }
  return {
    ...same,
    ...(type === undefined ? {} : { kind: type }),
    ...(value === undefined ? {} : { value: String(value) }),
    ...(expiresAt === undefined ? {} : { expiresAt: expiryOf(expiresAt) }),
  };
};

const FIELDS: Readonly<Record<string, readonly [field: string, message: string]>> = {
  'course-missing': ['courseId', 'is required for a course_specific discount'],
  'course-not-wanted': ['courseId', 'goes with a course_specific discount only'],
  'limit-not-positive': ['maxUses', 'must be at least 1'],
  'amount-not-positive-or-too-precise': ['value', 'must be an amount above 0, in whole minor units of the currency'],
  'percentage-out-of-range': ['value', 'must be above 0 and at most 100'],
  'expiry-not-in-future': ['expiresAt', 'must be in the future'],
};

/** Terms that do not go together: the answer names the wrong field. */
export const namingField = <Value, Rejection extends string>(outcome: Outcome<Value, Rejection>): Outcome<Value, Rejection> => {
  if (outcome.ok || outcome.rejection !== 'coupon-terms-invalid') return outcome;
  const wrong = FIELDS[String(outcome.details?.['reason'])];
  if (wrong === undefined) return outcome;
  throw invalidField(...wrong);
};
