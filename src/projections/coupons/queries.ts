import type { Filter, ReadModels } from '../../ports/read-models.js';
import { discountCollection, type DiscountDocument } from './document.js';

export type { DiscountDocument } from './document.js';

export interface DiscountListing {
  /** Only those that this account issued; absent: everybody's. */
  readonly createdBy?: string;
  readonly skip: number;
  readonly limit: number;
}

export const discountById = (readModels: ReadModels, id: string): Promise<DiscountDocument | undefined> =>
  readModels.get(discountCollection, id);

/** The code as it is kept: trimmed, upper case. */
export const discountByCode = async (readModels: ReadModels, code: string): Promise<DiscountDocument | undefined> => {
  const [found] = await readModels.find(discountCollection, { filter: { code }, limit: 1 });
  return found;
};

/** Newest first. */
export const listDiscounts = async (
  readModels: ReadModels,
  { createdBy, skip, limit }: DiscountListing,
): Promise<{ discounts: readonly DiscountDocument[]; total: number }> => {
  const filter: Filter = createdBy === undefined ? {} : { createdBy };
  const [discounts, total] = await Promise.all([
    readModels.find(discountCollection, { filter, sort: { createdAt: -1 }, skip, limit }),
    readModels.count(discountCollection, filter),
  ]);
  return { discounts, total };
};
