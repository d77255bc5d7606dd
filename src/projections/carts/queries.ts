import type { ReadModels } from '../../ports/read-models.js';
import { cartCourses, carts, type CartCourseDocument } from './document.js';

export interface CartItem {
  readonly courseId: string;
  readonly addedAt: string;
  readonly course: CartCourseDocument;
  readonly available: boolean;
}

/** The courses in the cart, in the order they were added, with their present data. */
export const cartItemsOf = async (readModels: ReadModels, userId: string): Promise<readonly CartItem[]> => {
  const items = (await readModels.get(carts, userId))?.items ?? [];
  const found = await readModels.getMany(cartCourses, items.map(({ courseId }) => courseId));
  const shown: CartItem[] = [];
  for (const [index, { courseId, addedAt }] of items.entries()) {
    const course = found[index];
    if (course === undefined) continue;
    shown.push({ courseId, addedAt, course, available: course.published && !course.deleted && !course.organizationPrivate });
  }
  return shown;
};
