import type { ReadModels } from '../../ports/read-models.js';
import { cartCourses, carts, type CartCourseDocument } from './document.js';

export interface CartItem {
  readonly courseId: string;
  readonly addedAt: string;
  readonly course: CartCourseDocument;
}

/** The courses in the cart, in the order they were added, with their present data. */
export const cartItemsOf = async (readModels: ReadModels, userId: string): Promise<readonly CartItem[]> => {
  const items = (await readModels.get(carts, userId))?.items ?? [];
  const found = await readModels.getMany(cartCourses, items.map(({ courseId }) => courseId));
  return items.flatMap(({ courseId, addedAt }, index) => {
    const course = found[index];
    return course === undefined ? [] : [{ courseId, addedAt, course }];
  });
};
