import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { enrollmentsProjection } from '../../src/projections/enrollments/projection.js';
import { enrollmentOf, hasAccess, ownedCourses } from '../../src/projections/enrollments/queries.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const at = '2026-02-01T10:00:00.000Z';
const all = { skip: 0, limit: 100 };
const stream = (courseId: string) => `enrollment-sam.${courseId}`;
const ids = (courseId: string) => ({ studentId: 'sam', courseId });
const enrolled = (courseId: string, enrolledAt = at): Published => [
  stream(courseId),
  { type: 'StudentEnrolled', data: { ...ids(courseId), enrolledAt } },
];
const granted = (courseId: string, grantId: string): Published => [
  stream(courseId),
  { type: 'AccessGranted', data: { ...ids(courseId), grantId, source: 'payment', grantedAt: at } },
];
const revoked = (courseId: string, grantId: string): Published => [
  stream(courseId),
  { type: 'AccessRevoked', data: { ...ids(courseId), grantId, reason: 'refunded', revokedAt: at } },
];
const ended = (courseId: string): Published => [stream(courseId), { type: 'EnrollmentEnded', data: { ...ids(courseId), endedAt: at } }];
const onCourse = (event: DomainEvent): Published => ['course-a', event];
const courses: readonly Published[] = ['a', 'b'].flatMap((id) => [courseCreated(id), coursePublished(id)]);
const projected = (...published: readonly Published[]) => new Projected(enrollmentsProjection, recorded([...courses, ...published]));

void t.test('a student has access from the first grant on', async (t) => {
  const before = projected();
  t.equal(await hasAccess(before, 'sam', 'a'), false);
  const readModels = projected(enrolled('a'), granted('a', 'p1'));
  t.equal(await hasAccess(readModels, 'sam', 'a'), true);
  t.match(await enrollmentOf(readModels, 'sam', 'a'), { id: 'sam.a', enrolledAt: at, endedAt: null, grants: [{ grantId: 'p1', source: 'payment' }] });
});

void t.test('the events of one decision may come in any order, and twice', async (t) => {
  const forwards = projected(enrolled('a'), granted('a', 'p1'));
  t.same(projected(granted('a', 'p1'), enrolled('a')).contents(), forwards.contents());
  t.same(projected(enrolled('a'), enrolled('a'), granted('a', 'p1'), granted('a', 'p1')).contents(), forwards.contents());
});

void t.test('pitfall 16: access holds while any grant is live', async (t) => {
  const events = [enrolled('a'), granted('a', 'p1'), granted('a', 'p2'), revoked('a', 'p1')];
  t.match(await enrollmentOf(projected(...events), 'sam', 'a'), { active: true, grants: [{ grantId: 'p2' }] });
  const over = projected(...events, revoked('a', 'p2'), ended('a'));
  t.match(await enrollmentOf(over, 'sam', 'a'), { active: false, grants: [], endedAt: at });
  t.same(await ownedCourses(over, 'sam', all), { owned: [], total: 0, next: null });
});

void t.test('who enrols again has access again', async (t) => {
  const readModels = projected(enrolled('a'), granted('a', 'p1'), revoked('a', 'p1'), ended('a'), enrolled('a'), granted('a', 'p2'));
  t.match(await enrollmentOf(readModels, 'sam', 'a'), { active: true, endedAt: null, grants: [{ grantId: 'p2' }] });
});

void t.test('a student owns courses, the last enrolled first, also those that are gone from every list', async (t) => {
  const readModels = projected(
    enrolled('a', '2026-02-01T00:00:00.000Z'),
    enrolled('b', '2026-02-02T00:00:00.000Z'),
    onCourse({ type: 'CourseDetailsChanged', data: { courseId: 'a', title: 'New', changedAt: at } }),
    onCourse({ type: 'CourseRepriced', data: { courseId: 'a', price: '1', currency: 'USD', previousPrice: '12.50', repricedAt: at } }),
    onCourse({ type: 'CourseVisibilityChanged', data: { courseId: 'a', organizationPrivate: true, changedAt: at } }),
    onCourse({ type: 'CourseUnpublished', data: { courseId: 'a', unpublishedAt: at } }),
    onCourse({ type: 'CourseDeleted', data: { courseId: 'a', deletedAt: at } }),
  );
  const { owned, total } = await ownedCourses(readModels, 'sam', all);
  t.equal(total, 2);
  t.match(owned, [
    { course: { id: 'b', title: 'Course b', published: true } },
    { course: { id: 'a', title: 'New', price: '1', published: false, deleted: true, organizationPrivate: true } },
  ]);
});
