import type { Filter, ReadModels } from '../../ports/read-models.js';
import { coupons, type CouponDocument } from './document.js';

export type { CouponDocument } from './document.js';

export interface CouponListing {
  readonly createdBy?: string;
  readonly skip: number;
  readonly limit: number;
}

export const couponById = (readModels: ReadModels, id: string): Promise<CouponDocument | undefined> =>
  readModels.get(coupons, id);

/** `code`: normalised (trimmed, upper case). */
export const couponByCode = async (readModels: ReadModels, code: string): Promise<CouponDocument | undefined> => {
  const [found] = await readModels.find(coupons, { filter: { code }, limit: 1 });
  return found;
};

export const listCoupons = async (
  readModels: ReadModels,
  { createdBy, skip, limit }: CouponListing,
): Promise<{ discounts: readonly CouponDocument[]; total: number }> => {
  const filter: Filter = createdBy === undefined ? {} : { createdBy };
  const [discounts, total] = await Promise.all([
    readModels.find(coupons, { filter, sort: { createdAt: -1 }, skip, limit }),
    readModels.count(coupons, filter),
  ]);
  return { discounts, total };
};
