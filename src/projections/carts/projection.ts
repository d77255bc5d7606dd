import { projection, rule } from '../kernel/projection.js';
import { cartCourses, carts, type CartCourseDocument, type CartDocument } from './document.js';

const cartOf = ({ data }: { readonly data: { readonly userId: string } }): string => data.userId;
const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

const without = (cart: CartDocument | undefined, courseIds: readonly string[]): CartDocument | undefined => {
  if (cart === undefined) return undefined;
  const items = cart.items.filter((item) => !courseIds.includes(item.courseId));
  return items.length === 0 ? undefined : { ...cart, items };
};

const changed =
  <E>(change: (event: E) => Partial<CartCourseDocument>) =>
  (course: CartCourseDocument | undefined, event: E): CartCourseDocument | undefined =>
    course === undefined ? undefined : { ...course, ...change(event) };

export const cartsProjection = projection({
  name: 'carts',
  version: 2,
  collections: [carts, cartCourses],
  rules: [
    rule(carts, 'CourseAddedToCart', cartOf, (cart, { data: { courseId, addedAt } }, id) => {
      const items = cart?.items ?? [];
      if (items.some((item) => item.courseId === courseId)) return cart;
      return { id, items: [...items, { courseId, addedAt }] };
    }),
    rule(carts, 'CourseRemovedFromCart', cartOf, (cart, { data }) => without(cart, [data.courseId])),
    rule(carts, 'CartCleared', cartOf, (cart, { data }) => without(cart, data.courseIds)),
    rule(carts, 'CartCheckedOut', cartOf, (cart, { data }) => without(cart, data.courseIds)),

    rule(cartCourses, 'CourseCreated', courseOf, (_, { data }, id) => ({
      id,
      title: data.title,
      thumbnailUrl: data.thumbnailUrl,
      price: data.price,
      currency: data.currency,
      published: false,
      organizationId: data.organizationId,
      organizationPrivate: data.organizationPrivate,
      deleted: false,
    })),
    rule(cartCourses, 'CourseDetailsChanged', courseOf, changed(({ data: { title, thumbnailUrl } }) => ({
      ...(title === undefined ? {} : { title }),
      ...(thumbnailUrl === undefined ? {} : { thumbnailUrl }),
    }))),
    rule(cartCourses, 'CourseRepriced', courseOf, changed(({ data: { price, currency } }) => ({ price, currency }))),
    rule(cartCourses, 'CoursePublished', courseOf, changed(() => ({ published: true }))),
    rule(cartCourses, 'CourseUnpublished', courseOf, changed(() => ({ published: false }))),
    rule(cartCourses, 'CourseVisibilityChanged', courseOf, changed(({ data: { organizationPrivate } }) => ({ organizationPrivate }))),
    rule(cartCourses, 'CourseDeleted', courseOf, changed(() => ({ deleted: true }))),
  ],
});
