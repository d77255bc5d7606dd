import { unknownEvent } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { CouponEvent, CouponTerms } from './events.js';

export type CouponUse = Readonly<{ status: 'reserved' | 'redeemed' | 'released' | 'reversed'; accountId: string }>;

export type IssuedCoupon = Readonly<{
  status: 'issued' | 'withdrawn';
  couponId: string;
  code: string;
  issuedBy: string;
  terms: CouponTerms;
  /** Uses by payment. Ended ones are kept, so that a late duplicate can't start a use for a payment that is over. */
  uses: PersistentMap<CouponUse>;
  reserved: number;
  redeemed: number;
}>;
export type Coupon = Readonly<{ status: 'not-issued' }> | IssuedCoupon;

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
    return { status: 'issued', couponId, code, issuedBy, terms, uses: emptyMap(), reserved: 0, redeemed: 0 };
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
    default:
      return unknownEvent(type, coupon);
  }
};
