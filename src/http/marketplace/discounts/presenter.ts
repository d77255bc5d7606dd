import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { CouponDocument } from '../../../projections/coupons/queries.js';
import type { Discount, PublicDiscount } from './schemas.js';

const isActive = ({ terms, withdrawn, reservedCount, usedCount }: CouponDocument, now: Date): boolean =>
  !withdrawn &&
  (terms.expiresAt === null || Date.parse(terms.expiresAt) > now.getTime()) &&
  (terms.maxUses === null || reservedCount + usedCount < terms.maxUses);

export const presentPublicDiscount = (discount: CouponDocument, now: Date): Static<typeof PublicDiscount> => {
  const { benefit, kind, applicableOn, expiresAt, courseId } = discount.terms;
  return {
    id: discount.id,
    code: discount.code,
    type: kind,
    value: toNumber(benefit.type === 'percentage' ? benefit.percent : benefit.amount),
    valueType: benefit.type,
    currency: benefit.type === 'fixed' ? benefit.currency : null,
    applicableOn,
    expiresAt,
    courseId,
    isActive: isActive(discount, now),
  };
};

export const presentDiscount = (discount: CouponDocument, now: Date): Static<typeof Discount> => ({
  ...presentPublicDiscount(discount, now),
  maxUses: discount.terms.maxUses,
  usedCount: discount.usedCount,
  reservedCount: discount.reservedCount,
  createdBy: discount.createdBy,
  createdAt: discount.createdAt,
  updatedAt: discount.updatedAt,
});
