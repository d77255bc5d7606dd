import type { CouponTerms, DiscountTerms } from './coupon/events.js';
import { reject, type Refusal } from './kernel/decider.js';
import { compareMoney, distribute, isZero, percentOf, smaller, subtractMoney, sumMoney, toMinorPrecision, zero } from './kernel/money.js';
import type { Quote } from './payment/events.js';

export interface PricedCourse {
  readonly courseId: string;
  readonly title: string;
  readonly price: string;
  readonly currency: string;
}

export interface PricedLine {
  readonly courseId: string;
  readonly listPrice: string;
}

export interface CouponInHand {
  readonly code: string;
  readonly terms: DiscountTerms;
}

export type DiscountRejection = 'coupon-expired' | 'coupon-not-applicable' | 'currency-mismatch';
export type PricingRejection = DiscountRejection | 'nothing-to-buy' | 'course-listed-twice';

export type Discount =
  | Readonly<{ ok: true; discount: string; /** One for each line. */ discounts: readonly string[] }>
  | Refusal<DiscountRejection>;
export type Quoted = Readonly<{ ok: true; quote: Quote }> | Refusal<PricingRejection>;

export const isExpired = (terms: Pick<CouponTerms, 'expiresAt'>, at: string): boolean =>
  terms.expiresAt !== null && Date.parse(at) >= Date.parse(terms.expiresAt);

const applies = (terms: DiscountTerms, line: PricedLine): boolean =>
  terms.kind === 'platform_wide' || line.courseId === terms.courseId;

/** The coupon's discount on these lines, in all (rounded once) and by line. */
export const couponDiscount = (
  lines: readonly PricedLine[],
  terms: DiscountTerms,
  currency: string,
  at: string,
): Discount => {
  const { benefit } = terms;
  if (isExpired(terms, at)) return reject('coupon-expired', { expiresAt: terms.expiresAt });
  if (terms.applicableOn === 'single_only' && lines.length > 1) {
    return reject('coupon-not-applicable', { reason: 'single-course-only' });
  }
  if (!lines.some((line) => applies(terms, line))) {
    return reject('coupon-not-applicable', { reason: 'course-not-bought', courseId: terms.courseId });
  }
  if (benefit.type === 'fixed' && benefit.currency !== currency) {
    return reject('currency-mismatch', { expected: benefit.currency, found: currency });
  }
  const weights = lines.map((line) => (applies(terms, line) ? line.listPrice : zero(currency)));
  const applicable = sumMoney(weights, currency);
  const discount =
    benefit.type === 'percentage'
      ? percentOf(applicable, benefit.percent, currency)
      : toMinorPrecision(smaller(benefit.amount, applicable), currency);
  // A use of the code must not be spent for nothing.
  if (isZero(discount)) return reject('coupon-not-applicable', { reason: 'nothing-to-take-off' });
  return { ok: true, discount, discounts: distribute(discount, weights, currency) };
};

/** The price of a purchase as of a moment. The amount that is charged later is the one quoted here. */
export const quote = (
  courses: readonly PricedCourse[],
  coupon: CouponInHand | null,
  currency: string,
  at: string,
): Quoted => {
  if (courses.length === 0) return reject('nothing-to-buy');
  const twice = courses.find(({ courseId }, index) => courses.findIndex((other) => other.courseId === courseId) < index);
  if (twice !== undefined) return reject('course-listed-twice', { courseId: twice.courseId });
  const foreign = courses.find((course) => course.currency !== currency);
  if (foreign !== undefined) {
    return reject('currency-mismatch', { courseId: foreign.courseId, expected: foreign.currency, found: currency });
  }
  const lines = courses.map((course) => ({ ...course, listPrice: toMinorPrecision(course.price, currency) }));
  const taken = coupon === null ? undefined : couponDiscount(lines, coupon.terms, currency, at);
  if (taken?.ok === false) return taken;
  const subtotal = sumMoney(lines.map(({ listPrice }) => listPrice), currency);
  const discount = taken?.discount ?? zero(currency);
  return {
    ok: true,
    quote: {
      lines: lines.map(({ courseId, title, listPrice }, index) => {
        const off = taken?.discounts[index] ?? zero(currency);
        return { courseId, title, listPrice, discount: off, total: subtractMoney(listPrice, off) };
      }),
      subtotal,
      discount,
      total: subtractMoney(subtotal, discount),
      currency,
      couponCode: coupon?.code ?? null,
    },
  };
};

/** True when the amounts of a quote agree with each other, in the precision of its currency. */
export const isConsistentQuote = ({ lines, subtotal, discount, total, currency }: Quote): boolean => {
  const amounts = [subtotal, discount, total, ...lines.flatMap((line) => [line.listPrice, line.discount, line.total])];
  const adds = (whole: string, parts: readonly string[]) => compareMoney(whole, sumMoney(parts, currency)) === 0;
  return (
    amounts.every((amount) => toMinorPrecision(amount, currency) === amount && compareMoney(amount, '0') >= 0) &&
    lines.every((line) => adds(line.listPrice, [line.discount, line.total])) &&
    adds(subtotal, lines.map((line) => line.listPrice)) &&
    adds(discount, lines.map((line) => line.discount)) &&
    adds(total, lines.map((line) => line.total))
  );
};
