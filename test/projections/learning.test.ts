import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import { learningProjection } from '../../src/projections/learning/projection.js';
import {
  courseEnrollmentByNumber,
  courseEnrollmentOf,
  enrollmentsOfCourse,
  enrollmentsOfStudent,
  hasModule,
  moduleEnrollmentOf,
} from '../../src/projections/learning/queries.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';

const slice = { skip: 0, limit: 10 };
const day = (number: number): string => `2026-03-0${number}T12:00:00.000Z`;

const ofCourse = (courseId: string, event: DomainEvent): Published => [`course-${courseId}`, event];
const drawnUp = (courseId: string, instructorId = 'ada'): readonly Published[] => [courseCreated(courseId, { instructorId }), coursePublished(courseId)];
const of = (studentId: string, courseId: string) => {
  const pair = { studentId, courseId };
  const entry = (event: DomainEvent): Published => [`enrollment-${studentId}.${courseId}`, event];
  return {
    enrolled: (at: string) => entry({ type: 'StudentEnrolled', data: { ...pair, enrolledAt: at } }),
    ended: (at: string) => entry({ type: 'EnrollmentEnded', data: { ...pair, endedAt: at } }),
    opened: (moduleId: string, at: string) => entry({ type: 'ModuleAccessGranted', data: { ...pair, moduleId, grantId: `g-${moduleId}`, source: 'coupon', grantedAt: at } }),
    closed: (moduleId: string, at: string) => entry({ type: 'ModuleAccessRevoked', data: { ...pair, moduleId, grantId: `g-${moduleId}`, reason: 'x', revokedAt: at } }),
  };
};
const sam = of('sam', 'c1');

const after = (...published: readonly Published[]) => new Projected(learningProjection, recorded([...drawnUp('c1'), ...published]));

t.test('a course as a whole', async (t) => {
  const readModels = after(sam.enrolled(day(2)));
  t.match(await courseEnrollmentOf(readModels, 'sam', 'c1'), { number: 1, teacherId: 'ada', full: true, active: true, enrolledAt: day(2), endedAt: null });
  t.match(await courseEnrollmentByNumber(readModels, 1), { id: 'sam.c1' });
  t.same([await hasModule(readModels, 'sam', 'c1', 'm1'), await hasModule(readModels, 'tom', 'c1', 'm1')], [true, false]);
});

t.test('single modules', async (t) => {
  const readModels = after(sam.opened('m1', day(2)), sam.opened('m2', day(3)));
  t.match(await courseEnrollmentOf(readModels, 'sam', 'c1'), { full: false, active: true, moduleIds: ['m1', 'm2'], enrolledAt: day(2) });
  t.same(await Promise.all(['m1', 'm2', 'm3'].map((moduleId) => hasModule(readModels, 'sam', 'c1', moduleId))), [true, true, false]);
  t.match(await moduleEnrollmentOf(readModels, 'sam', 'm2'), { number: 2, active: true, courseId: 'c1' });
  t.equal(await moduleEnrollmentOf(readModels, 'sam', 'm3'), undefined);
});

t.test('modules first, then the course, and all comes to an end', async (t) => {
  const events = [sam.opened('m1', day(2)), sam.enrolled(day(3))];
  t.match(await courseEnrollmentOf(after(...events), 'sam', 'c1'), { full: true, moduleIds: ['m1'], enrolledAt: day(3) });
  t.match(await courseEnrollmentOf(after(...events, sam.ended(day(4))), 'sam', 'c1'), { full: false, active: true, endedAt: null }, 'the module is left');
  const over = after(...events, sam.closed('m1', day(4)), sam.ended(day(4)));
  t.match(await courseEnrollmentOf(over, 'sam', 'c1'), { number: 1, full: false, active: false, endedAt: day(4) });
  t.match(await moduleEnrollmentOf(over, 'sam', 'm1'), { number: 1, active: false, endedAt: day(4) });
  t.equal(await hasModule(over, 'sam', 'c1', 'm1'), false);
  const again = after(...events, sam.closed('m1', day(4)), sam.ended(day(4)), sam.opened('m1', day(5)));
  t.match(await courseEnrollmentOf(again, 'sam', 'c1'), { number: 1, active: true, enrolledAt: day(5), endedAt: null }, 'it is the same one again');
  t.match(await moduleEnrollmentOf(again, 'sam', 'm1'), { number: 1, active: true, endedAt: null });
});

t.test('lists', async (t) => {
  const log = [
    ...drawnUp('c2', 'bob'),
    sam.enrolled(day(2)),
    of('tom', 'c1').opened('m1', day(3)),
    of('sam', 'c2').enrolled(day(4)),
    of('tom', 'c1').closed('m1', day(5)),
  ];
  const readModels = after(...log);
  t.match(await enrollmentsOfCourse(readModels, 'c1', slice), { total: 2, found: [{ studentId: 'tom', active: false }, { studentId: 'sam', active: true }] });
  const idsOf = async (whose: Parameters<typeof enrollmentsOfStudent>[2], models = readModels) => (await enrollmentsOfStudent(models, 'sam', whose, slice)).found.map(({ courseId }) => courseId);
  t.same(await idsOf({}), ['c2', 'c1']);
  t.same(await idsOf({ teacherId: 'ada' }), ['c1']);
  t.same(await idsOf({ except: ['ada'] }), ['c2']);
  t.equal((await enrollmentsOfStudent(readModels, 'tom', {}, slice)).total, 0);

  const unpublished = ofCourse('c1', { type: 'CourseUnpublished', data: { courseId: 'c1', unpublishedAt: day(6) } });
  t.same(await idsOf({}, after(...log, unpublished)), ['c2']);
  t.same(await idsOf({}, after(unpublished, ...log)), ['c2'], 'also one that was before');
  t.same(await idsOf({}, after(...log, unpublished, ofCourse('c1', { type: 'CoursePublished', data: { courseId: 'c1', publishedAt: day(7) } }))), ['c2', 'c1']);
  t.same(await idsOf({}, after(...log, ofCourse('c1', { type: 'CourseDeleted', data: { courseId: 'c1', deletedAt: day(6) } }))), ['c2']);
});
