import type { ReadModels } from '../../ports/read-models.js';
import { cartCourses, carts, type CartCourseDocument } from './document.js';

export interface CartItem {
  readonly courseId: string;
  readonly addedAt: string;
  readonly course: CartCourseDocument;
  /** It can be bought as things stand. */
  readonly available: boolean;
}

/** What lies in the cart, in the order it was put there, with the courses as they are now. */
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
