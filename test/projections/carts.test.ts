import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { cartsProjection } from '../../src/projections/carts/projection.js';
import { cartItemsOf } from '../../src/projections/carts/queries.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const inCart = (event: DomainEvent): Published => ['cart-sam', event];
const onCourse = (event: DomainEvent): Published => ['course-a', event];
const added = (courseId: string) => inCart({ type: 'CourseAddedToCart', data: { userId: 'sam', courseId, addedAt: at } });
const courses: readonly Published[] = ['a', 'b', 'c'].flatMap((id) => [courseCreated(id), coursePublished(id)]);
const projected = (...published: readonly Published[]) => new Projected(cartsProjection, recorded([...courses, ...published]));
const contents = async (readModels: Projected) => (await cartItemsOf(readModels, 'sam')).map(({ courseId }) => courseId);

void t.test('nobody has a cart before the first course lies in it', async (t) => {
  t.same(await cartItemsOf(projected(), 'sam'), []);
});

void t.test('a cart shows its courses in the order they came, as the courses are now', async (t) => {
  const readModels = projected(
    added('b'),
    added('a'),
    onCourse({ type: 'CourseDetailsChanged', data: { courseId: 'a', title: 'New', changedAt: at } }),
    onCourse({ type: 'CourseRepriced', data: { courseId: 'a', price: '9', currency: 'USD', previousPrice: '12.50', repricedAt: at } }),
  );
  t.match(await cartItemsOf(readModels, 'sam'), [
    { courseId: 'b', addedAt: at, course: { title: 'Course b', price: '12.50' } },
    { courseId: 'a', course: { title: 'New', price: '9', thumbnailUrl: null } },
  ]);
});

void t.test('courses leave the cart one by one, all at once, or by being bought', async (t) => {
  const leaving: readonly (readonly [DomainEvent, readonly string[]])[] = [
    [{ type: 'CourseRemovedFromCart', data: { userId: 'sam', courseId: 'a', removedAt: at } }, ['b', 'c']],
    [{ type: 'CartCheckedOut', data: { userId: 'sam', paymentId: 'p', courseIds: ['a', 'c'], checkedOutAt: at } }, ['b']],
    [{ type: 'CartCleared', data: { userId: 'sam', courseIds: ['a', 'b', 'c'], clearedAt: at } }, []],
  ];
  for (const [event, left] of leaving) {
    const filled = [added('a'), added('b'), added('c')];
    t.same(await contents(projected(...filled, inCart(event))), left, event.type);
    t.same(await contents(projected(...filled, inCart(event), inCart(event))), left, `${event.type} twice`);
    t.same(projected(inCart(event)).contents()['carts/sam'], undefined, `${event.type} without a cart`);
  }
});

void t.test('a course that was added twice lies there once', async (t) => {
  t.same(await contents(projected(added('a'), added('a'))), ['a']);
});

void t.test('a cart says what decides whether its courses can be bought', async (t) => {
  const changes: readonly (readonly [DomainEvent, object])[] = [
    [{ type: 'CourseUnpublished', data: { courseId: 'a', unpublishedAt: at } }, { published: false }],
    [{ type: 'CourseDeleted', data: { courseId: 'a', deletedAt: at } }, { deleted: true }],
    [{ type: 'CourseVisibilityChanged', data: { courseId: 'a', organizationPrivate: true, changedAt: at } }, { organizationPrivate: true }],
  ];
  t.match(await cartItemsOf(projected(added('a')), 'sam'), [{ course: { published: true, deleted: false, organizationPrivate: false, organizationId: null } }]);
  for (const [change, says] of changes) t.match(await cartItemsOf(projected(added('a'), onCourse(change)), 'sam'), [{ courseId: 'a', course: says }], change.type);
});
