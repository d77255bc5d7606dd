import type { DiscountTerms } from '../../domain/coupon/events.js';
import { collection } from '../kernel/projection.js';

/** A discount. Coupons that teachers sell are none: the marketplace does not know them. */
export interface CouponDocument {
  readonly id: string;
  readonly code: string;
  readonly terms: DiscountTerms;
  readonly reservedCount: number;
  readonly usedCount: number;
  readonly withdrawn: boolean;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const coupons = collection<CouponDocument>({
  projection: 'coupons',
  name: 'coupons',
  indexes: [{ code: 1 }, { createdAt: -1 }, { createdBy: 1, createdAt: -1 }],
});
