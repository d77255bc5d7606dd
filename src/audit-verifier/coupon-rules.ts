import type { Fields } from './export-line.js';

export interface CouponState {
  status: 'none' | 'issued' | 'withdrawn';
  /** Null: as many as there are. */
  maxUses: number | null;
  /** Reserved or redeemed. */
  uses: number;
}

/** One use of one coupon. Uses are counted in the coupon and followed one by one, so that a coupon of a million uses fits. */
export interface UseState {
  standing: 'none' | 'reserved' | 'redeemed' | 'ended';
  holdUntil: string;
  index: number;
  /** Of its first event; 0 where that is none that begins a use. */
  readonly first: number;
  readonly name: string;
}

export const newCoupon = (): CouponState => ({ status: 'none', maxUses: null, uses: 0 });
export const newUse = (name: string, first: number): UseState => ({ standing: 'none', holdUntil: '', index: 0, first, name });

const maxUsesOf = ({ terms }: Fields): number | null => {
  const fields: Fields = typeof terms === 'object' && terms !== null ? { ...terms } : {};
  return typeof fields['maxUses'] === 'number' ? fields['maxUses'] : null;
};

type CouponRule = (coupon: CouponState, data: Fields) => string | undefined;

const taken: CouponRule = (coupon) => {
  coupon.uses += 1;
  if (coupon.status !== 'issued') return coupon.status === 'none' ? 'the coupon was never issued' : 'the coupon was withdrawn';
  return coupon.maxUses !== null && coupon.uses > coupon.maxUses ? 'it is used more often than allowed' : undefined;
};

const given: CouponRule = (coupon) => {
  coupon.uses -= 1;
  return coupon.status === 'none' ? 'the coupon was never issued' : undefined;
};

/** What each kind of event does to the coupon as a whole. */
export const couponRules: Readonly<Record<string, CouponRule>> = {
  CouponIssued: (coupon, data) => {
    const isFirst = coupon.status === 'none';
    coupon.status = 'issued';
    coupon.maxUses = maxUsesOf(data);
    return isFirst ? undefined : 'it was issued before';
  },
  CouponTermsChanged: (coupon, data) => {
    coupon.maxUses = maxUsesOf(data);
    if (coupon.status !== 'issued') return 'the coupon is not issued, or was withdrawn';
    return coupon.maxUses !== null && coupon.maxUses < coupon.uses ? 'it allows fewer uses than there are' : undefined;
  },
  CouponWithdrawn: (coupon) => {
    const before = coupon.status;
    coupon.status = 'withdrawn';
    return before === 'issued' ? undefined : 'the coupon is not issued, or was withdrawn';
  },
  CouponReserved: taken,
  CouponUsedForAccess: taken,
  CouponReleased: given,
  CouponRedemptionReversed: given,
  CouponUseForAccessReversed: given,
};

interface UseRule {
  readonly key: 'paymentId' | 'useId';
  readonly from: UseState['standing'];
  readonly to: UseState['standing'];
}

/** What each kind of event does to one use. */
export const useRules: Readonly<Record<string, UseRule>> = {
  CouponReserved: { key: 'paymentId', from: 'none', to: 'reserved' },
  CouponRedeemed: { key: 'paymentId', from: 'reserved', to: 'redeemed' },
  CouponReleased: { key: 'paymentId', from: 'reserved', to: 'ended' },
  CouponRedemptionReversed: { key: 'paymentId', from: 'redeemed', to: 'ended' },
  CouponUsedForAccess: { key: 'useId', from: 'none', to: 'redeemed' },
  CouponUseForAccessReversed: { key: 'useId', from: 'redeemed', to: 'ended' },
};

/** A hold is given back within minutes of its time; a day leaves room for a program that stood still. */
export const HOLD_GRACE_MS = 24 * 60 * 60_000;
