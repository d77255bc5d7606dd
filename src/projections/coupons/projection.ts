import type { CouponEvent } from '../../domain/coupon/events.js';
import { rule, type ProjectionDefinition, type RecordOf } from '../kernel/projection.js';
import { discountCollection, type DiscountDocument } from './document.js';

type CouponUse = 'CouponReserved' | 'CouponRedeemed' | 'CouponReleased' | 'CouponRedemptionReversed';

const couponIdOf = (event: RecordOf<CouponEvent['type']>): string => event.data.couponId;

const counted = (type: CouponUse, reserved: number, used: number) =>
  rule(discountCollection, type, couponIdOf, (discount) =>
    discount && {
      ...discount,
      reservedCount: discount.reservedCount + reserved,
      usedCount: discount.usedCount + used,
    });

const issued = ({ data }: RecordOf<'CouponIssued'>): DiscountDocument => ({
  id: data.couponId,
  code: data.code,
  terms: data.terms,
  reservedCount: 0,
  usedCount: 0,
  withdrawn: false,
  createdBy: data.issuedBy,
  createdAt: data.issuedAt,
  updatedAt: data.issuedAt,
});

export const discountsProjection: ProjectionDefinition = {
  name: 'discounts',
  version: 1,
  collections: [discountCollection],
  rules: [
    rule(discountCollection, 'CouponIssued', couponIdOf, (_, event) => issued(event)),
    rule(discountCollection, 'CouponTermsChanged', couponIdOf, (discount, { data }) =>
      discount && { ...discount, terms: data.terms, updatedAt: data.changedAt }),
    rule(discountCollection, 'CouponWithdrawn', couponIdOf, (discount, { data }) =>
      discount && { ...discount, withdrawn: true, updatedAt: data.withdrawnAt }),
    counted('CouponReserved', 1, 0),
    counted('CouponRedeemed', -1, 1),
    counted('CouponReleased', -1, 0),
    counted('CouponRedemptionReversed', 0, -1),
  ],
};
