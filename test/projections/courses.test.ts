import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { coursesProjection } from '../../src/projections/courses/projection.js';
import { courseById, coursesOfInstructor, listedCourses } from '../../src/projections/courses/queries.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const later = '2026-02-01T10:00:00.000Z';
const all = { skip: 0, limit: 100 };
const on = (courseId: string, event: DomainEvent): Published => [`course-${courseId}`, event];
const projected = (...published: readonly Published[]) => new Projected(coursesProjection, recorded(published));
const ids = ({ courses }: { courses: readonly { id: string }[] }) => courses.map(({ id }) => id);

void t.test('a new course is there, but not listed', async (t) => {
  const readModels = projected(courseCreated('a'));
  t.match(await courseById(readModels, 'a'), { id: 'a', instructorId: 'ada', price: '12.50', published: false, audience: '-', termId: null, levelId: null, editors: [] });
  t.same(await listedCourses(readModels, {}, all), { courses: [], total: 0, next: null });
});

void t.test('published courses are listed, the newest first, a page at a time', async (t) => {
  const readModels = projected(
    courseCreated('a', { createdAt: '2026-01-01T00:00:00.000Z' }),
    courseCreated('b', { createdAt: '2026-01-03T00:00:00.000Z' }),
    courseCreated('c', { createdAt: '2026-01-02T00:00:00.000Z' }),
    ...['a', 'b', 'c'].map(coursePublished),
  );
  t.same(ids(await listedCourses(readModels, {}, all)), ['b', 'c', 'a']);
  const second = await listedCourses(readModels, {}, { skip: 2, limit: 2 });
  t.same([ids(second), second.total], [['a'], 3]);
});

void t.test('unpublished, deleted and private courses are not listed', async (t) => {
  const changes: readonly DomainEvent[] = [
    { type: 'CourseUnpublished', data: { courseId: 'a', unpublishedAt: later } },
    { type: 'CourseDeleted', data: { courseId: 'a', deletedAt: later } },
    { type: 'CourseVisibilityChanged', data: { courseId: 'a', organizationPrivate: true, changedAt: later } },
  ];
  for (const change of changes) {
    const readModels = projected(courseCreated('a'), coursePublished('a'), on('a', change));
    t.same((await listedCourses(readModels, {}, all)).total, 0, change.type);
    t.equal((await courseById(readModels, 'a'))?.updatedAt, later);
  }
});

void t.test('a list is narrowed by category, level and words', async (t) => {
  const readModels = projected(
    courseCreated('a', { category: 'music', level: 'advanced', title: 'Bach and his fugues' }),
    courseCreated('b', { category: 'music', tags: ['fugues'] }),
    courseCreated('c'),
    ...['a', 'b', 'c'].map(coursePublished),
  );
  t.same(ids(await listedCourses(readModels, { category: 'music' }, all)).sort(), ['a', 'b']);
  t.same(ids(await listedCourses(readModels, { category: 'music', level: 'advanced' }, all)), ['a']);
  t.same(ids(await listedCourses(readModels, { search: ' fugues bach ' }, all)), ['a']);
  t.same((await listedCourses(readModels, { search: '  ' }, all)).total, 3, 'no word is no search');
});

void t.test('an instructor has listed courses and others, never deleted ones', async (t) => {
  const readModels = projected(
    ...['a', 'b', 'c'].map((id) => courseCreated(id)),
    courseCreated('d', { instructorId: 'eve' }),
    coursePublished('a'),
    on('c', { type: 'CourseDeleted', data: { courseId: 'c', deletedAt: later } }),
  );
  t.same(ids(await coursesOfInstructor(readModels, 'ada', { organizationId: null }, all)), ['a']);
  t.same(ids(await coursesOfInstructor(readModels, 'ada', 'all', all)).sort(), ['a', 'b']);
});

void t.test('details, price, seats and editors follow the events', async (t) => {
  const seat = { courseId: 'a', holdId: 'h', studentId: 's' };
  const readModels = projected(
    courseCreated('a'),
    on('a', { type: 'CourseDetailsChanged', data: { courseId: 'a', title: 'New', thumbnailUrl: 'x.png', changedAt: later } }),
    on('a', { type: 'CourseRepriced', data: { courseId: 'a', price: '0', currency: 'EUR', previousPrice: '12.50', repricedAt: later } }),
    on('a', { type: 'CourseCapacityChanged', data: { courseId: 'a', capacity: 3, changedAt: later } }),
    on('a', { type: 'CourseEditorAdded', data: { courseId: 'a', editorId: 'bob', addedAt: later } }),
    on('a', { type: 'CourseEditorAdded', data: { courseId: 'a', editorId: 'eve', addedAt: later } }),
    on('a', { type: 'CourseEditorRemoved', data: { courseId: 'a', editorId: 'bob', removedAt: later } }),
    on('a', { type: 'CourseSeatReserved', data: { ...seat, holdUntil: later, reservedAt: later } }),
    on('a', { type: 'CourseSeatTaken', data: { ...seat, takenAt: later } }),
    on('a', { type: 'CourseSeatReserved', data: { ...seat, holdId: 'i', holdUntil: later, reservedAt: later } }),
    on('a', { type: 'CourseSeatReleased', data: { ...seat, holdId: 'i', reason: 'expired', releasedAt: later } }),
    on('a', { type: 'CourseSeatOccupied', data: { ...seat, holdId: 'f', occupiedAt: later } }),
  );
  t.match(await courseById(readModels, 'a'), {
    title: 'New',
    description: 'All of it',
    thumbnailUrl: 'x.png',
    price: '0',
    currency: 'EUR',
    capacity: 3,
    seatsInUse: 2,
    editors: ['eve'],
    updatedAt: later,
  });
});

void t.test('an event of a course that is not there makes nothing', async (t) => {
  t.same(projected(coursePublished('a')).contents(), {});
});
