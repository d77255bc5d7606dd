import t from 'tap';
import { cartDecider, MAX_COURSES_IN_CART, type CartCommand } from '../../src/domain/cart/decider.js';
import type { CartEvent } from '../../src/domain/cart/events.js';
import { given, stateAfter } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const userId = 'student';

const add = (courseId: string): CartCommand => ({ type: 'AddCourseToCart', data: { userId, courseId, at } });
const remove = (...courseIds: string[]): CartCommand => ({ type: 'RemoveCoursesFromCart', data: { userId, courseIds, at } });
const clear: CartCommand = { type: 'ClearCart', data: { userId, at } };
const checkOut = (paymentId: string, ...courseIds: string[]): CartCommand => {
  return { type: 'CheckOutCart', data: { userId, paymentId, courseIds, at } };
};

const added = (courseId: string): CartEvent => ({ type: 'CourseAddedToCart', data: { userId, courseId, addedAt: at } });
const removed = (courseId: string): CartEvent => ({ type: 'CourseRemovedFromCart', data: { userId, courseId, removedAt: at } });
const cleared = (...courseIds: string[]): CartEvent => ({ type: 'CartCleared', data: { userId, courseIds, clearedAt: at } });
const checkedOut = (paymentId: string, ...courseIds: string[]): CartEvent => {
  return { type: 'CartCheckedOut', data: { userId, paymentId, courseIds, checkedOutAt: at } };
};

t.test('a course is added once', async () => {
  given(cartDecider).when(add('a')).then([added('a')]);
  given(cartDecider, [added('a')]).when(add('a')).thenNothing();
  given(cartDecider, [added('a'), removed('a')]).when(add('a')).then([added('a')]);
});

t.test('a cart holds a hundred courses and no more', async () => {
  const full = Array.from({ length: MAX_COURSES_IN_CART }, (_, index) => added(String(index)));
  given(cartDecider, full.slice(1)).when(add('last')).then([added('last')]);
  given(cartDecider, full).when(add('one more')).thenRefused('cart-full', { limit: 100 });
  given(cartDecider, full).when(add('5')).thenNothing();
});

t.test('only what lies in the cart is taken out, each course once', async () => {
  given(cartDecider, [added('a'), added('b')]).when(remove('b', 'x', 'a', 'b')).then([removed('b'), removed('a')]);
  given(cartDecider, [added('a')]).when(remove('x')).thenNothing();
  given(cartDecider).when(remove('x')).thenNothing();
});

t.test('clearing takes everything out at once; an empty cart stays as it is', async () => {
  given(cartDecider, [added('b'), added('a')]).when(clear).then([cleared('b', 'a')]);
  given(cartDecider, [added('a'), cleared('a')]).when(clear).thenNothing();
});

t.test('a check-out takes out the courses that were bought, and no others', async (t) => {
  const history = [added('a'), added('b'), added('c')];
  given(cartDecider, history).when(checkOut('p', 'a', 'b')).then([checkedOut('p', 'a', 'b')]);
  t.match(stateAfter(cartDecider, [...history, checkedOut('p', 'a', 'b')]), { status: 'filled', courseIds: ['c'] });
});

t.test('pitfall 11: a cart that changed since the purchase is still checked out, by what was bought and is still there', async (t) => {
  const history = [added('a'), added('b'), removed('a'), added('c')];
  given(cartDecider, history).when(checkOut('p', 'a', 'b')).then([checkedOut('p', 'a', 'b')]);
  t.match(stateAfter(cartDecider, [...history, checkedOut('p', 'a', 'b')]), { status: 'filled', courseIds: ['c'] });
  given(cartDecider, [added('a'), cleared('a')]).when(checkOut('p', 'a')).thenNothing();
  given(cartDecider, [added('b')]).when(checkOut('p', 'a')).thenNothing();
  given(cartDecider).when(checkOut('p', 'a')).thenNothing();
});

t.test('a payment checks a cart out once, also when a course was put back meanwhile', async () => {
  const history = [added('a'), checkedOut('p', 'a'), added('a')];
  given(cartDecider, history).when(checkOut('p', 'a')).thenNothing();
  given(cartDecider, history).when(checkOut('p2', 'a')).then([checkedOut('p2', 'a')]);
});

t.test('the cart keeps the order in which courses were added, and is empty without any', async (t) => {
  t.match(stateAfter(cartDecider, [added('b'), added('a')]), { status: 'filled', courseIds: ['b', 'a'] });
  t.match(stateAfter(cartDecider, [added('b'), removed('b')]), { status: 'empty', courseIds: [] });
});
