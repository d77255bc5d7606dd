import { discountsCourse, isAdmin } from '../access/rules.js';
import type { CouponBenefit, DiscountTerms } from '../../domain/coupon/events.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import { knownCourse } from '../courses/known-course.js';
import type { CommandServices } from '../services.js';

export interface CouponTermsInput extends Omit<DiscountTerms, 'benefit'> {
  readonly valueType: 'percentage' | 'fixed';
  /** A percentage, or an amount: in the course's currency, else in that of the coupon, else in today's. */
  readonly value: string;
}

export type CouponTermsRejection = 'coupon-not-permitted' | 'course-not-found' | 'coupon-terms-invalid' | 'currency-mismatch';

type Terms = Readonly<{ ok: true; terms: DiscountTerms }> | Refusal<CouponTermsRejection>;

const currencyOf = (benefit: CouponBenefit | null): string | null => (benefit?.type === 'fixed' ? benefit.currency : null);

/** The coupon's terms, if this account may give them: admins any, instructors for their own courses. */
export const couponTermsFor = async (
  services: CommandServices,
  actor: Actor,
  { value, valueType, ...input }: CouponTermsInput,
  /** What the coupon takes off so far. */
  known: CouponBenefit | null = null,
): Promise<Terms> => {
  const termsIn = (currency: string): Terms => ({
    ok: true,
    terms: {
      ...input,
      benefit: valueType === 'percentage' ? { type: valueType, percent: value } : { type: valueType, amount: value, currency },
    },
  });
  if (input.kind === 'platform_wide') {
    return isAdmin(actor) ? termsIn(currencyOf(known) ?? services.settings.currency) : reject('coupon-not-permitted');
  }
  if (input.courseId === null) return reject('coupon-terms-invalid', { reason: 'course-missing' });
  const found = await knownCourse(services, input.courseId, actor);
  if (!found.ok) return found;
  const { course } = found;
  if (course.status === 'deleted') return reject('course-not-found', { courseId: input.courseId });
  return discountsCourse(actor, course) ? termsIn(course.currency) : reject('coupon-not-permitted');
};

export const normaliseCouponCode = (code: string): string => code.trim().toUpperCase();

export const isPast = (expiresAt: string | null, at: string): boolean => expiresAt !== null && expiresAt <= at;
