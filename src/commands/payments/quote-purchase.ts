import { isDiscountCoupon, usesInHand } from '../../domain/coupon/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { compareMoney, isZero, parseAmount } from '../../domain/kernel/money.js';
import type { Quote } from '../../domain/payment/events.js';
import { quote, type CouponInHand, type PricedCourse, type PricingRejection } from '../../domain/pricing.js';
import { normaliseCouponCode } from '../coupons/coupon-terms.js';
import { courseOnSale, type SaleRejection } from '../courses/course-on-sale.js';
import { knownCourse } from '../courses/known-course.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandServices } from '../services.js';
import type { Freshness } from '../write-path/command-handler.js';

export interface WantedPurchase {
  readonly payerId: string;
  readonly courseIds: readonly string[];
  readonly discountCode: string | null;
  readonly amount: string;
  readonly currency: string;
}

export type QuoteRejection =
  | PricingRejection
  | SaleRejection
  | 'course-free'
  | 'coupon-not-issued'
  | 'coupon-withdrawn'
  | 'coupon-exhausted'
  | 'amount-mismatch';

type Loaded<Value> = Readonly<{ ok: true; value: Value }> | Refusal<QuoteRejection>;

const pricedCourse = async (services: CommandServices, courseId: string, payerId: string, freshness?: Freshness): Promise<Loaded<PricedCourse>> => {
  const onSale = await courseOnSale(services, courseId, payerId, freshness);
  if (!onSale.ok) return onSale;
  const { details, price, currency } = onSale.course;
  if (isZero(price)) return reject('course-free', { courseId });
  return { ok: true, value: { courseId, title: details.title, price, currency } };
};

interface Asking {
  readonly payerId: string;
  readonly paymentId: string;
  readonly freshness: Freshness | undefined;
}

const couponInHand = async (services: CommandServices, written: string, { payerId, paymentId, freshness }: Asking): Promise<Loaded<CouponInHand>> => {
  const code = normaliseCouponCode(written);
  const { state: coupon } = await services.handler.load(aggregates.coupon, code, freshness);
  if (!isDiscountCoupon(coupon)) return reject('coupon-not-issued', { code });
  const { courseId } = coupon.terms;
  // A refusal names the course of the coupon.
  if (courseId !== null && !(await knownCourse(services, courseId, { accountId: payerId, role: null })).ok) return reject('coupon-not-issued', { code });
  if (coupon.status === 'withdrawn') return reject('coupon-withdrawn', { code });
  const { maxUses } = coupon.terms;
  // A quick answer for a coupon that is used up; the limit is kept where the use is reserved.
  if (maxUses !== null && usesInHand(coupon) >= maxUses && !coupon.uses.has(paymentId)) return reject('coupon-exhausted', { code });
  return { ok: true, value: { code, terms: coupon.terms } };
};

type Quoted = Readonly<{ ok: true; quote: Quote }> | Refusal<QuoteRejection>;

const quoteOf = async (services: CommandServices, wanted: WantedPurchase, paymentId: string, at: string, freshness?: Freshness): Promise<Quoted> => {
  const { payerId } = wanted;
  const courses: PricedCourse[] = [];
  for (const found of await Promise.all(wanted.courseIds.map((courseId) => pricedCourse(services, courseId, payerId, freshness)))) {
    if (!found.ok) return found;
    courses.push(found.value);
  }
  const coupon = wanted.discountCode === null ? null : await couponInHand(services, wanted.discountCode, { payerId, paymentId, freshness });
  if (coupon?.ok === false) return coupon;
  const quoted = quote(courses, coupon?.value ?? null, wanted.currency, at);
  if (!quoted.ok) return quoted;
  const { total, subtotal, discount, currency } = quoted.quote;
  const expected = parseAmount(wanted.amount, currency);
  if (expected.ok && compareMoney(expected.amount, total) === 0) return quoted;
  return reject('amount-mismatch', { amount: total, subtotal, discount, currency });
};

/**
 * The present price, from the newest state of the courses and the coupon; refused when the client expects another. The states in
 * memory are enough for a price that the client expects, too; a refusal is looked at again in those of the store.
 */
export const quotePurchase =
  (services: CommandServices) =>
  async (wanted: WantedPurchase, paymentId: string, at: string): Promise<Quoted> => {
    const quoted = await quoteOf(services, wanted, paymentId, at, 'lately');
    return quoted.ok ? quoted : quoteOf(services, wanted, paymentId, at);
  };
