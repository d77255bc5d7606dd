import { unknownEvent } from '../kernel/decider.js';
import type { AccessTerms, CouponEvent, CouponTerms, DiscountTerms } from './events.js';
import { noUses, type CouponUse, type CouponUses } from './uses.js';

export type IssuedCoupon = Readonly<{
  status: 'issued' | 'withdrawn';
  couponId: string;
  code: string;
  issuedBy: string;
  terms: CouponTerms;
  /** Uses by payment, or by use id for a teacher's coupon. Ended ones are kept, so that a late duplicate can't start a use for a payment that is over. */
  uses: CouponUses;
  reserved: number;
  redeemed: number;
}>;
/** A coupon of a teacher, which is none on the marketplace. */
export type AccessCoupon = IssuedCoupon & Readonly<{ terms: AccessTerms }>;
export type DiscountCoupon = IssuedCoupon & Readonly<{ terms: DiscountTerms }>;
export type Coupon = Readonly<{ status: 'not-issued' }> | IssuedCoupon;

export const isAccessCoupon = (coupon: Coupon): coupon is AccessCoupon => coupon.status !== 'not-issued' && coupon.terms.kind === 'teacher';
export const isDiscountCoupon = (coupon: Coupon): coupon is DiscountCoupon => coupon.status !== 'not-issued' && coupon.terms.kind !== 'teacher';

export const usesInHand = (coupon: IssuedCoupon): number => coupon.reserved + coupon.redeemed;

const withUse = (coupon: IssuedCoupon, paymentId: string, use: CouponUse): IssuedCoupon => {
  const before = coupon.uses.get(paymentId)?.status;
  const change = (status: CouponUse['status']) => Number(use.status === status) - Number(before === status);
  return {
    ...coupon,
    uses: coupon.uses.set(paymentId, use),
    reserved: coupon.reserved + change('reserved'),
    redeemed: coupon.redeemed + change('redeemed'),
  };
};

export const evolve = (coupon: Coupon, { type, data }: CouponEvent): Coupon => {
  if (type === 'CouponIssued') {
    const { couponId, code, issuedBy, terms } = data;
    return { status: 'issued', couponId, code, issuedBy, terms, uses: noUses(), reserved: 0, redeemed: 0 };
  }
  if (coupon.status === 'not-issued') return coupon;
  switch (type) {
    case 'CouponTermsChanged':
      return { ...coupon, terms: data.terms };
    case 'CouponWithdrawn':
      return { ...coupon, status: 'withdrawn' };
    case 'CouponReserved':
      return withUse(coupon, data.paymentId, { status: 'reserved', accountId: data.accountId });
    case 'CouponRedeemed':
      return withUse(coupon, data.paymentId, { status: 'redeemed', accountId: data.accountId });
    case 'CouponReleased':
      return withUse(coupon, data.paymentId, { status: 'released', accountId: data.accountId });
    case 'CouponRedemptionReversed':
      return withUse(coupon, data.paymentId, { status: 'reversed', accountId: data.accountId });
    case 'CouponUsedForAccess': {
      const { useId, accountId, courseId, moduleId, price, currency } = data;
      return withUse(coupon, useId, { status: 'redeemed', accountId, usedFor: { courseId, moduleId, price, currency } });
    }
    case 'CouponUseForAccessReversed': {
      const use = coupon.uses.get(data.useId);
      return use === undefined ? coupon : withUse(coupon, data.useId, { ...use, status: 'reversed' });
    }
    default:
      return unknownEvent(type, coupon);
  }
};
