import { Value } from 'typebox/value';
import { accept, reject, type Decider, type Decision, type Message, type Refusal } from '../kernel/decider.js';
import { compareMoney, parseAmount } from '../kernel/money.js';
import { couponDiscount, isExpired, type DiscountRejection, type PricedLine } from '../pricing.js';
import { accessTermsProblem, decideAccess, isAccessCommand, type AccessCommand, type AccessRejection } from './access.js';
import type { CouponEvent, CouponTerms, DiscountTerms } from './events.js';
import { evolve, isDiscountCoupon, usesInHand, type Coupon, type DiscountCoupon, type IssuedCoupon } from './state.js';
import type { CouponUse } from './uses.js';

export { evolve, isAccessCoupon, isDiscountCoupon, usesInHand, type AccessCoupon, type Coupon, type DiscountCoupon, type IssuedCoupon } from './state.js';

export type CouponCommand =
  | Message<'IssueCoupon', { couponId: string; code: string; terms: CouponTerms; issuedBy: string; at: string }>
  | Message<'ChangeCouponTerms', { terms: DiscountTerms; at: string }>
  | Message<'WithdrawCoupon', { at: string }>
  | Message<'ReserveCoupon', ReserveCoupon>
  | Message<'RedeemCoupon', { paymentId: string; at: string }>
  | Message<'ReleaseCoupon', { paymentId: string; reason: string; at: string }>
  | Message<'ReverseCouponRedemption', { paymentId: string; reason: string; at: string }>
  | AccessCommand;

export type ReserveCoupon = Readonly<{
  paymentId: string;
  accountId: string;
  lines: readonly PricedLine[];
  currency: string;
  expectedDiscount: string;
  holdUntil: string;
  at: string;
}>;

export type CouponRejection =
  | DiscountRejection
  | AccessRejection
  | 'coupon-not-issued'
  | 'coupon-code-taken'
  | 'coupon-code-invalid'
  | 'coupon-terms-invalid'
  | 'coupon-not-reserved'
  | 'coupon-not-redeemed'
  | 'quote-changed'
  | 'payment-already-ended';

const CODE = /^[\p{L}\p{N}._-]{1,64}$/u;
const PERCENT = /^\d+(\.\d+)?$/;

const problemOf = (terms: CouponTerms): string | undefined => {
  if (terms.kind === 'teacher') return accessTermsProblem(terms);
  const { kind, courseId, benefit, maxUses } = terms;
  if (kind === 'course_specific' && courseId === null) return 'course-missing';
  if (kind === 'platform_wide' && courseId !== null) return 'course-not-wanted';
  if (maxUses !== null && (!Number.isInteger(maxUses) || maxUses < 1)) return 'limit-not-positive';
  if (benefit.type === 'fixed') {
    return parseAmount(benefit.amount, benefit.currency, 'positive').ok ? undefined : 'amount-not-positive-or-too-precise';
  }
  const inRange = PERCENT.test(benefit.percent) && compareMoney(benefit.percent, '0') > 0 && compareMoney(benefit.percent, '100') <= 0;
  return inRange ? undefined : 'percentage-out-of-range';
};

const invalidTerms = (terms: CouponTerms): Refusal<'coupon-terms-invalid'> | undefined => {
  const reason = problemOf(terms);
  return reason === undefined ? undefined : reject('coupon-terms-invalid', { reason });
};

type CouponDecision = Decision<CouponEvent, CouponRejection>;
type IssueCoupon = Extract<CouponCommand, { type: 'IssueCoupon' }>['data'];

const issue = ({ couponId, code, terms, issuedBy, at }: IssueCoupon, coupon: Coupon): CouponDecision => {
  if (coupon.status !== 'not-issued') return coupon.couponId === couponId ? accept() : reject('coupon-code-taken');
  if (!CODE.test(code) || code !== code.toUpperCase()) return reject('coupon-code-invalid');
  return (
    invalidTerms(terms) ?? accept({ type: 'CouponIssued', data: { couponId, code, terms, issuedBy, issuedAt: at } })
  );
};

const reserve = (command: ReserveCoupon, coupon: DiscountCoupon): CouponDecision => {
  const { paymentId, accountId, lines, currency, expectedDiscount, holdUntil, at } = command;
  const { couponId, code, terms, uses } = coupon;
  const use = uses.get(paymentId);
  if (use !== undefined) return isLive(use) ? accept() : reject('payment-already-ended');
  if (coupon.status === 'withdrawn') return reject('coupon-withdrawn');
  if (isExpired(terms, at)) return reject('coupon-expired', { expiresAt: terms.expiresAt });
  if (terms.maxUses !== null && usesInHand(coupon) >= terms.maxUses) return reject('coupon-exhausted');
  const taken = couponDiscount(lines, terms, currency, at);
  if (!taken.ok) return taken;
  const { discount } = taken;
  if (compareMoney(discount, expectedDiscount) !== 0) return reject('quote-changed', { discount, currency });
  const data = { couponId, code, paymentId, accountId, discount, currency, holdUntil, reservedAt: at };
  return accept({ type: 'CouponReserved', data });
};

const isLive = ({ status }: CouponUse): boolean => status === 'reserved' || status === 'redeemed';

const changeTerms = (terms: DiscountTerms, at: string, coupon: DiscountCoupon): CouponDecision => {
  if (coupon.status === 'withdrawn') return reject('coupon-withdrawn');
  const invalid = invalidTerms(terms);
  if (invalid !== undefined) return invalid;
  const used = usesInHand(coupon);
  if (terms.maxUses !== null && terms.maxUses < used) {
    return reject('coupon-limit-below-uses', { maxUses: terms.maxUses, uses: used });
  }
  if (Value.Equal(terms, coupon.terms)) return accept();
  const { couponId, code } = coupon;
  return accept({ type: 'CouponTermsChanged', data: { couponId, code, terms, changedAt: at } });
};

type UseCommand = Extract<CouponCommand, { type: 'RedeemCoupon' | 'ReleaseCoupon' | 'ReverseCouponRedemption' }>;

const decideUse = ({ type, data }: UseCommand, { couponId, code, uses }: IssuedCoupon): CouponDecision => {
  const { paymentId, at } = data;
  const use = uses.get(paymentId);
  switch (type) {
    case 'RedeemCoupon': {
      if (use === undefined) return reject('coupon-not-reserved');
      if (use.status === 'redeemed') return accept();
      if (use.status !== 'reserved') return reject('payment-already-ended');
      const { accountId } = use;
      return accept({ type: 'CouponRedeemed', data: { couponId, code, paymentId, accountId, redeemedAt: at } });
    }
    case 'ReleaseCoupon': {
      if (use?.status !== 'reserved') return accept();
      const { accountId } = use;
      const released = { couponId, code, paymentId, accountId, reason: data.reason, releasedAt: at };
      return accept({ type: 'CouponReleased', data: released });
    }
    case 'ReverseCouponRedemption': {
      if (use === undefined || use.status === 'reserved') return reject('coupon-not-redeemed');
      if (use.status !== 'redeemed') return accept();
      const { accountId } = use;
      const reversed = { couponId, code, paymentId, accountId, reason: data.reason, reversedAt: at };
      return accept({ type: 'CouponRedemptionReversed', data: reversed });
    }
  }
};

const withdraw = (at: string, { status, couponId, code }: IssuedCoupon): CouponDecision =>
  status === 'withdrawn' ? accept() : accept({ type: 'CouponWithdrawn', data: { couponId, code, withdrawnAt: at } });

/** A teacher's coupon does not exist for payments, and a discount does not exist where a course is opened by a coupon. */
export const decide = (command: CouponCommand, coupon: Coupon): CouponDecision => {
  if (command.type === 'IssueCoupon') return issue(command.data, coupon);
  if (coupon.status === 'not-issued') return reject('coupon-not-issued');
  if (command.type === 'WithdrawCoupon') return withdraw(command.data.at, coupon);
  if (isAccessCommand(command)) return decideAccess(command, coupon);
  if (!isDiscountCoupon(coupon)) return reject('coupon-not-issued');
  switch (command.type) {
    case 'ChangeCouponTerms':
      return changeTerms(command.data.terms, command.data.at, coupon);
    case 'ReserveCoupon':
      return reserve(command.data, coupon);
    case 'RedeemCoupon':
    case 'ReleaseCoupon':
    case 'ReverseCouponRedemption':
      return decideUse(command, coupon);
  }
};

export const couponDecider: Decider<Coupon, CouponCommand, CouponEvent, CouponRejection> = {
  initialState: () => ({ status: 'not-issued' }),
  decide,
  evolve,
};
