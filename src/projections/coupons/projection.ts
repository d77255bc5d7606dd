import type { CouponEvent, CouponTerms, DiscountTerms } from '../../domain/coupon/events.js';
import { projection, rule, type RecordOf } from '../kernel/projection.js';
import { coupons, type CouponDocument } from './document.js';

type CouponUse = 'CouponReserved' | 'CouponRedeemed' | 'CouponReleased' | 'CouponRedemptionReversed';

const couponIdOf = (event: RecordOf<CouponEvent['type']>): string => event.data.couponId;

const counted = (type: CouponUse, reserved: number, used: number) =>
  rule(coupons, type, couponIdOf, (discount) =>
    discount && {
      ...discount,
      reservedCount: discount.reservedCount + reserved,
      usedCount: discount.usedCount + used,
    });

const isDiscount = (terms: CouponTerms): terms is DiscountTerms => terms.kind !== 'teacher';

const issued = ({ data }: RecordOf<'CouponIssued'>, terms: DiscountTerms): CouponDocument => ({
  id: data.couponId,
  code: data.code,
  terms,
  reservedCount: 0,
  usedCount: 0,
  withdrawn: false,
  createdBy: data.issuedBy,
  createdAt: data.issuedAt,
  updatedAt: data.issuedAt,
});

export const couponsProjection = projection({
  name: 'coupons',
  version: 1,
  collections: [coupons],
  rules: [
    rule(coupons, 'CouponIssued', couponIdOf, (_, event) => (isDiscount(event.data.terms) ? issued(event, event.data.terms) : undefined)),
    rule(coupons, 'CouponTermsChanged', couponIdOf, (discount, { data }) =>
      discount && isDiscount(data.terms) ? { ...discount, terms: data.terms, updatedAt: data.changedAt } : discount),
    rule(coupons, 'CouponWithdrawn', couponIdOf, (discount, { data }) =>
      discount && { ...discount, withdrawn: true, updatedAt: data.withdrawnAt }),
    counted('CouponReserved', 1, 0),
    counted('CouponRedeemed', -1, 1),
    counted('CouponReleased', -1, 0),
    counted('CouponRedemptionReversed', 0, -1),
  ],
});
