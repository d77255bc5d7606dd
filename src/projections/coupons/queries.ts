import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { coupons, type CouponDocument } from './document.js';

export type { CouponDocument } from './document.js';

export interface CouponListing extends Slice {
  readonly createdBy?: string;
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
  { createdBy, ...slice }: CouponListing,
): Promise<{ discounts: readonly CouponDocument[]; total: number; next: Place | null }> => {
  const filter: Filter = createdBy === undefined ? {} : { createdBy };
  const { found: discounts, ...rest } = await findSlice(readModels, coupons, { filter, sort: { createdAt: -1 } }, slice);
  return { discounts, ...rest };
};
