import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { CartEvent } from './events.js';

export type CartCommand =
  | Message<'AddCourseToCart', { userId: string; courseId: string; at: string }>
  | Message<'RemoveCoursesFromCart', { userId: string; courseIds: readonly string[]; at: string }>
  | Message<'ClearCart', { userId: string; at: string }>
  | Message<'CheckOutCart', { userId: string; paymentId: string; courseIds: readonly string[]; at: string }>;

export type CartRejection = 'cart-full';

export const MAX_COURSES_IN_CART = 100;

type CheckOuts = PersistentMap<true>;
/** courseIds: in the order they were added. checkOuts: the payments that have bought from this cart. */
export type Cart =
  | Readonly<{ status: 'empty'; courseIds: readonly []; checkOuts: CheckOuts }>
  | Readonly<{ status: 'filled'; courseIds: readonly string[]; checkOuts: CheckOuts }>;

export const decide = ({ type, data }: CartCommand, cart: Cart): Decision<CartEvent, CartRejection> => {
  const { userId, at } = data;
  const held: readonly string[] = cart.courseIds;
  switch (type) {
    case 'AddCourseToCart': {
      const { courseId } = data;
      if (held.includes(courseId)) return accept();
      if (held.length >= MAX_COURSES_IN_CART) return reject('cart-full', { limit: MAX_COURSES_IN_CART });
      return accept({ type: 'CourseAddedToCart', data: { userId, courseId, addedAt: at } });
    }
    case 'RemoveCoursesFromCart': {
      const inCart = new Set(held);
      const removed = [...new Set(data.courseIds)].filter((courseId) => inCart.has(courseId));
      return accept(
        ...removed.map((courseId): CartEvent => {
          return { type: 'CourseRemovedFromCart', data: { userId, courseId, removedAt: at } };
        }),
      );
    }
    case 'ClearCart':
      if (cart.status === 'empty') return accept();
      return accept({ type: 'CartCleared', data: { userId, courseIds: [...cart.courseIds], clearedAt: at } });
    case 'CheckOutCart': {
      const { paymentId, courseIds } = data;
      // Most purchases are made beside the cart, which then loses nothing.
      if (cart.checkOuts.has(paymentId) || !courseIds.some((courseId) => held.includes(courseId))) return accept();
      const bought = { userId, paymentId, courseIds: [...courseIds], checkedOutAt: at };
      return accept({ type: 'CartCheckedOut', data: bought });
    }
  }
};

const holding = (courseIds: readonly string[], checkOuts: CheckOuts): Cart =>
  courseIds.length === 0 ? { status: 'empty', courseIds: [], checkOuts } : { status: 'filled', courseIds, checkOuts };

export const evolve = (cart: Cart, { type, data }: CartEvent): Cart => {
  const { courseIds, checkOuts } = cart;
  switch (type) {
    case 'CourseAddedToCart':
      return holding([...courseIds, data.courseId], checkOuts);
    case 'CourseRemovedFromCart':
      return holding(courseIds.filter((courseId) => courseId !== data.courseId), checkOuts);
    case 'CartCleared':
      return holding([], checkOuts);
    case 'CartCheckedOut': {
      const bought = new Set(data.courseIds);
      return holding(courseIds.filter((courseId) => !bought.has(courseId)), checkOuts.set(data.paymentId, true));
    }
    default:
      return unknownEvent(type, cart);
  }
};

export const cartDecider: Decider<Cart, CartCommand, CartEvent, CartRejection> = {
  initialState: () => ({ status: 'empty', courseIds: [], checkOuts: emptyMap() }),
  decide,
  evolve,
};
