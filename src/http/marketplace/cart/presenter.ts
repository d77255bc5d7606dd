import type { Static } from 'typebox';
import { sumMoney, toNumber } from '../../../domain/kernel/money.js';
import type { CartItem as ItemInCart } from '../../../projections/carts/queries.js';
import { shownLink } from '../../shared/text-schemas.js';
import type { Cart } from './schemas.js';

/** `available`: the caller may buy it now. */
export interface CartItem extends ItemInCart {
  readonly available: boolean;
}

const subtotalsOf = (items: readonly CartItem[]): readonly { currency: string; amount: number }[] => {
  const prices = new Map<string, string[]>();
  for (const { available, course } of items) {
    if (!available) continue;
    const known = prices.get(course.currency);
    if (known === undefined) prices.set(course.currency, [course.price]);
    else known.push(course.price);
  }
  return [...prices].map(([currency, amounts]) => ({ currency, amount: toNumber(sumMoney(amounts, currency)) }));
};

export const presentCart = (userId: string, items: readonly CartItem[]): Static<typeof Cart> => ({
  userId,
  items: items.map(({ courseId, addedAt, available, course }) => ({
    courseId,
    title: course.title,
    thumbnailUrl: shownLink(course.thumbnailUrl),
    price: toNumber(course.price),
    currency: course.currency,
    isAvailable: available,
    addedAt,
  })),
  itemCount: items.length,
  subtotals: [...subtotalsOf(items)],
});
