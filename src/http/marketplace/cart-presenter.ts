import type { Static } from 'typebox';
import { addMoney, toNumber } from '../../domain/money.js';
import type { CartItem } from '../../projections/carts/queries.js';
import type { Cart } from './cart-schemas.js';

const subtotalsOf = (items: readonly CartItem[]): ReadonlyMap<string, string> => {
  const subtotals = new Map<string, string>();
  for (const { available, course } of items) {
    if (available) subtotals.set(course.currency, addMoney(subtotals.get(course.currency) ?? '0', course.price));
  }
  return subtotals;
};

export const presentCart = (userId: string, items: readonly CartItem[]): Static<typeof Cart> => ({
  userId,
  items: items.map(({ courseId, addedAt, available, course }) => ({
    courseId,
    title: course.title,
    thumbnailUrl: course.thumbnailUrl,
    price: toNumber(course.price),
    currency: course.currency,
    isAvailable: available,
    addedAt,
  })),
  itemCount: items.length,
  subtotals: [...subtotalsOf(items)].map(([currency, amount]) => ({ currency, amount: toNumber(amount) })),
});
