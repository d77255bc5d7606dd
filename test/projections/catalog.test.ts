import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { DomainEvent, EventOfType } from '../../src/domain/events.js';
import { courseCategory } from '../../src/domain/resources/course-category.js';
import type { Document } from '../../src/ports/read-models.js';
import { catalogProjection } from '../../src/projections/catalog/projection.js';
import { catalogCourse, coursesByIds, coursesOfferedBy, coursesOwnedBy, offeredCourses, type OfferSearch } from '../../src/projections/catalog/queries.js';
import { recordProjection } from '../../src/projections/kernel/record-projection.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-02-01T10:00:00.000Z';
const categories = recordProjection(courseCategory);

const category = (recordId: string, name: string): Published => [
  'courseCategory-all',
  { type: 'CourseCategoryCreated', data: { recordId, ownerId: 'admin', actorId: 'admin', fields: { name }, createdAt: at } },
];
const renamed = (recordId: string, name: string): Published => [
  'courseCategory-all',
  { type: 'CourseCategoryChanged', data: { recordId, ownerId: 'admin', actorId: 'admin', fields: { name }, changedAt: at } },
];
const ofCourse = (courseId: string, event: DomainEvent): Published => [`course-${courseId}`, event];
const enrolled = (studentId: string, courseId = 'c'): Published => [`enrollment-${studentId}.${courseId}`, { type: 'StudentEnrolled', data: { studentId, courseId, enrolledAt: at } }];
const ended = (studentId: string, courseId = 'c'): Published => [`enrollment-${studentId}.${courseId}`, { type: 'EnrollmentEnded', data: { studentId, courseId, endedAt: at } }];
const lessonFields = { title: 'x', description: '', isPublished: false, isFree: false, videoFile: null, videoId: null, documentFile: null, thumbnailFile: null };
const curriculum = (event: DomainEvent): Published => ['curriculum-c', event];
const lessonAdded = (lessonId: string, moduleId: string, duration: number): Published =>
  curriculum({ type: 'LessonAdded', data: { courseId: 'c', moduleId, lessonId, ...lessonFields, order: 1, duration, addedAt: at } });
const lessonRemoved = (lessonId: string, moduleId: string, duration: number): Published =>
  curriculum({ type: 'LessonRemoved', data: { courseId: 'c', moduleId, lessonId, duration, removedAt: at } });
const rating = (studentId: string) => ({ ratingId: `c.${studentId}`, courseId: 'c', studentId });

const catalogOf = (published: readonly Published[]): Projected => new Projected([catalogProjection, categories], recorded(published));
const shown = async (published: readonly Published[]) => catalogCourse(catalogOf([courseCreated('c'), ...published]), 'c');

void t.test('a course with what its events say of it', async (t) => {
  const created = courseCreated('c', { categoryId: 'k', thumbnailFile: 'thumbnails/a.png', trailerFile: 'trailers/a.mp4' });
  const course = await catalogCourse(catalogOf([category('k', 'Code'), created]), 'c');
  t.match(course, { price: '12.50', priceOrder: 12.5, published: false, audience: '-', thumbnailFile: 'thumbnails/a.png', trailerFile: 'trailers/a.mp4', category: { number: 1, fields: { name: 'Code' } } });
  const before = await shown([]);
  t.match(before, { categoryId: null, category: null, thumbnailFile: null, trailerFile: null, enrollments: 0, lessons: 0, duration: 0, reviews: 0, stars: 0 }, 'of a build that knew none of them');
  t.match(await shown([coursePublished('c')]), { published: true, audience: '*' });
  const changes: EventOfType<'CourseDetailsChanged'>['data'] = { courseId: 'c', title: 'New', trailerFile: 'trailers/b.mp4', replacedFiles: ['trailers/a.mp4'], changedAt: at };
  t.match(await shown([ofCourse('c', { type: 'CourseDetailsChanged', data: changes })]), { title: 'New', description: 'All of it', trailerFile: 'trailers/b.mp4' });
  const repriced = { courseId: 'c', price: '100.00', currency: 'USD', previousPrice: '12.50', repricedAt: at };
  t.match(await shown([ofCourse('c', { type: 'CourseRepriced', data: repriced })]), { price: '100.00', priceOrder: 100 });
  t.match(await shown([coursePublished('c'), ofCourse('c', { type: 'CourseDeleted', data: { courseId: 'c', deletedAt: at } })]), { audience: null, deleted: true });
});

void t.test('who has it, what is in it and what is thought of it are counted', async (t) => {
  t.match(await shown([enrolled('sam'), enrolled('tom'), ended('sam')]), { enrollments: 1 });
  const lessons = [lessonAdded('l1', 'm1', 60), lessonAdded('l2', 'm1', 30), lessonAdded('l3', 'm2', 5)];
  t.match(await shown(lessons), { lessons: 3, duration: 95 });
  const longer = { courseId: 'c', moduleId: 'm1', lessonId: 'l1', duration: 100, previousDuration: 60, changedAt: at };
  t.match(await shown([...lessons, curriculum({ type: 'LessonChanged', data: longer })]), { lessons: 3, duration: 135 });
  t.match(await shown([...lessons, curriculum({ type: 'LessonChanged', data: { courseId: 'c', moduleId: 'm1', lessonId: 'l1', title: 'y', changedAt: at } })]), { duration: 95 });
  t.match(await shown([...lessons, lessonRemoved('l3', 'm2', 5)]), { lessons: 2, duration: 90 });
  const removed = { courseId: 'c', moduleId: 'm1', lessonIds: ['l1', 'l2'], lessons: 2, duration: 90, removedAt: at };
  t.match(await shown([...lessons, curriculum({ type: 'ModuleRemoved', data: removed })]), { lessons: 1, duration: 5 });
  const rated: Published = ['courseRating-c.sam', { type: 'CourseRated', data: { ...rating('sam'), rating: 2, comment: '', ratedAt: at } }];
  const better: Published = ['courseRating-c.sam', { type: 'CourseRatingChanged', data: { ...rating('sam'), rating: 5, previousRating: 2, changedAt: at } }];
  const withdrawn: Published = ['courseRating-c.sam', { type: 'CourseRatingWithdrawn', data: { ...rating('sam'), rating: 5, withdrawnAt: at } }];
  t.match(await shown([rated]), { reviews: 1, stars: 2 });
  t.match(await shown([rated, better]), { reviews: 1, stars: 5 });
  t.match(await shown([rated, better, withdrawn]), { reviews: 0, stars: 0 });
});

void t.test('whatever happens in which order, the lessons and seconds are those that are there', async () => {
  const step = fc.record({ lesson: fc.integer({ min: 0, max: 5 }), kind: fc.constantFrom('lesson', 'longer', 'gone', 'module'), duration: fc.nat({ max: 1_000 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const there = new Map<number, number>();
      const published: Published[] = [];
      for (const { lesson, kind, duration } of steps) {
        const known = there.get(lesson);
        const module = `m${lesson % 2}`;
        if (kind === 'module') {
          const gone = [...there].filter(([id]) => id % 2 === lesson % 2);
          const total = gone.reduce((sum, [, seconds]) => sum + seconds, 0);
          published.push(curriculum({ type: 'ModuleRemoved', data: { courseId: 'c', moduleId: module, lessonIds: gone.map(([id]) => `l${id}`), lessons: gone.length, duration: total, removedAt: at } }));
          for (const [id] of gone) there.delete(id);
        } else if (known === undefined) {
          published.push(lessonAdded(`l${lesson}`, module, duration));
          there.set(lesson, duration);
        } else if (kind === 'gone') {
          published.push(lessonRemoved(`l${lesson}`, module, known));
          there.delete(lesson);
        } else {
          published.push(curriculum({ type: 'LessonChanged', data: { courseId: 'c', moduleId: module, lessonId: `l${lesson}`, duration, previousDuration: known, changedAt: at } }));
          there.set(lesson, duration);
        }
      }
      const course = await shown(published);
      return course?.lessons === there.size && course.duration === [...there.values()].reduce((sum, seconds) => sum + seconds, 0);
    }),
  );
});

void t.test('a category is shown as it is now, without a change of any course', async (t) => {
  const readModels = catalogOf([category('k', 'Code'), courseCreated('c', { categoryId: 'k' }), courseCreated('d', { categoryId: 'unknown' }), renamed('k', 'Coding')]);
  t.match(await coursesByIds(readModels, ['d', 'c', 'none']), [{ id: 'd', category: null }, { id: 'c', category: { fields: { name: 'Coding' } } }, undefined]);
});

const COURSES = 60;
const log = recorded([
  category('k0', 'Code'),
  category('k1', 'Art'),
  ...Array.from({ length: COURSES }, (_, index): readonly Published[] => {
    const id = `c${index}`;
    const data = {
      categoryId: `k${index % 2}`,
      instructorId: index % 3 === 0 ? 'ada' : 'bob',
      title: index % 4 === 0 ? `Rare pearls ${index}` : `Common stones ${index}`,
      price: index % 5 === 0 ? '0.00' : `${(index * 7) % 100}.00`,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(index / 2))).toISOString(),
    };
    return [courseCreated(id, data), ...(index % 7 === 0 ? [] : [coursePublished(id)]), ...Array.from({ length: index % 3 }, (_unused, place) => enrolled(`s${place}`, id))];
  }).flat(),
]);

void t.test('no list reads documents that it does not show, and each is as a plain evaluation has it', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), strict: true, scanLimit: 10 });
  t.teardown(() => readModels.close());
  for (const projection of [catalogProjection, categories]) {
    const generation = await readModels.createGeneration(projection.name, projection.version, projection.collections, new Date(0));
    const writes = Object.entries(new Projected(projection, log).contents()).map(([key, document]: [string, Document]) => ({ collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n }));
    await readModels.commit([{ generation, writes, checkpoint: 1n }]);
    await readModels.activate({ ...generation, checkpoint: 1n });
  }
  const expected = new Projected([catalogProjection, categories], log);
  let compared = 0;
  for (const orderBy of ['createdAt', 'priceOrder', 'enrollments'] as const) {
    for (const direction of [1, -1] as const) {
      for (const where of [{}, { categoryId: 'k1' }, { instructorIds: ['ada'] }, { instructorIds: ['ada', 'bob', 'eve'] }, { categoryId: 'k0', instructorIds: ['bob', 'eve'] }, { categoryId: 'k0', instructorIds: ['ada'] }]) {
        for (const words of ['', 'pearls', 'RARE pearls', 'nothing']) {
          for (const slice of [{ skip: 0, limit: 5 }, { skip: 8, limit: 3 }]) {
            const search: OfferSearch = { ...where, words, orderBy, direction };
            const found = await offeredCourses(readModels, search, slice);
            t.same(found, await offeredCourses(expected, search, slice), JSON.stringify(search));
            compared += found.courses.length;
          }
        }
      }
    }
  }
  t.ok(compared > 400, `${compared} courses were compared`);
  t.same(await coursesOwnedBy(readModels, 'ada'), await coursesOwnedBy(expected, 'ada'));
  t.same(await coursesOfferedBy(readModels, 'ada'), await coursesOfferedBy(expected, 'ada'));
});
