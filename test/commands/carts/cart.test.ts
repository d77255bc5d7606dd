import t from 'tap';
import { addToCart } from '../../../src/commands/carts/add-to-cart.js';
import { clearCart } from '../../../src/commands/carts/clear-cart.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { removeFromCart } from '../../../src/commands/carts/remove-from-cart.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { founded } from '../../fixtures/organizations.js';
import { ada, drawnUp, typesIn } from '../../fixtures/courses.js';

const userId = 'sam';
const at = '2026-03-01T12:00:00.000Z';

const start = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const add = (courseId: string) => addToCart(services)({ userId, courseId }, contextFor());
  const contents = async () => (await services.handler.load(aggregates.cart, userId)).state.courseIds;
  return { store, services, add, contents };
};

void t.test('a course lies in the cart once, however often it is added', async (t) => {
  const { store, services, add, contents } = start();
  const courseId = await drawnUp(services);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => add(courseId)));
  t.ok(outcomes.every(({ ok }) => ok));
  t.equal(outcomes.filter((outcome) => outcome.ok && outcome.changed).length, 1, 'one of them has changed something');
  t.same(await contents(), [courseId]);
  t.same(await typesIn(store, `cart-${userId}`), ['CourseAddedToCart']);
});

void t.test('what can not be bought does not get into the cart', async (t) => {
  const { store, services, add } = start();
  const deleted = await drawnUp(services);
  await deleteCourse(services)({ actor: ada, courseId: deleted }, contextFor());
  const refused: readonly (readonly [string, string])[] = [
    ['unknown', 'course-not-found'],
    [deleted, 'course-not-found'],
    [await drawnUp(services, { published: false }), 'course-not-published'],
    [await drawnUp(services, { organizationId: await founded(services, ada.accountId), organizationPrivate: true }), 'course-not-found'],
  ];
  for (const [courseId, rejection] of refused) t.match(await add(courseId), { ok: false, rejection, details: { courseId } });
  t.same(await typesIn(store, `cart-${userId}`), []);
});

void t.test('what one has already does not get into the cart', async (t) => {
  const { services, add } = start();
  const courseId = await drawnUp(services);
  const data = { studentId: userId, courseId, grantId: 'p', source: 'payment', at } as const;
  await services.handler.handle(aggregates.enrollment, `${userId}.${courseId}`, { type: 'GrantAccess', data }, contextFor());
  t.match(await add(courseId), { ok: false, rejection: 'already-enrolled' });
});

void t.test('a cart has an end', async (t) => {
  const { services, add } = start();
  const courseIds = await Promise.all(Array.from({ length: 101 }, () => drawnUp(services)));
  const outcomes = await Promise.all(courseIds.map(add));
  t.equal(outcomes.filter(({ ok }) => ok).length, 100);
  t.match(outcomes.find(({ ok }) => !ok), { rejection: 'cart-full' });
});

void t.test('courses leave the cart, some or all; what is not there is out of it already', async (t) => {
  const { services, add, contents } = start();
  const courseIds = await Promise.all([drawnUp(services), drawnUp(services), drawnUp(services)]);
  for (const courseId of courseIds) await add(courseId);
  const [first = '', , third = ''] = courseIds;
  t.ok((await removeFromCart(services)({ userId, courseIds: [first, 'unknown', third] }, contextFor())).ok);
  t.same(await contents(), [courseIds[1]]);
  t.ok((await clearCart(services)({ userId }, contextFor())).ok);
  t.same(await contents(), []);
  t.match(await clearCart(services)({ userId }, contextFor()), { ok: true, changed: false });
});

void t.test('pitfall 18: a repeated command appends nothing and is answered alike', async (t) => {
  const { store, services } = start();
  const courseId = await drawnUp(services);
  const context = contextFor();
  const first = await addToCart(services)({ userId, courseId }, context);
  const again = await addToCart(servicesOver(store))({ userId, courseId }, context);
  t.same(again, first);
  t.equal((await typesIn(store, `cart-${userId}`)).length, 1);
});
