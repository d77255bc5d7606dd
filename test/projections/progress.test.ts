import t from 'tap';
import { curriculumDecider } from '../../src/domain/curriculum/decider.js';
import type { CurriculumCommand } from '../../src/domain/curriculum/commands.js';
import type { CurriculumEvent } from '../../src/domain/curriculum/events.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { lessonProgressDecider } from '../../src/domain/lesson-progress/decider.js';
import type { LessonProgressEvent } from '../../src/domain/lesson-progress/events.js';
import { courseProgress } from '../../src/http/edupro/progress/course-progress.js';
import { studyFigures } from '../../src/http/edupro/progress/study-figures.js';
import { curriculaProjection } from '../../src/projections/curricula/projection.js';
import { learningProjection } from '../../src/projections/learning/projection.js';
import { progressProjection } from '../../src/projections/progress/projection.js';
import { lessonProgressOf } from '../../src/projections/progress/queries.js';
import { stateAfter } from '../domain/decider-specification.js';
import { courseCreated, coursePublished } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const at = (minute = 0): string => `2026-02-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What happens to a course and its lessons, decided as in production. */
const story = (...courseIds: readonly string[]) => {
  const published: Published[] = courseIds.flatMap((courseId) => [courseCreated(courseId), coursePublished(courseId)]);
  const curricula = new Map<string, CurriculumEvent[]>();
  const told = new Map<string, LessonProgressEvent[]>();

  const change = (courseId: string, command: CurriculumCommand): boolean => {
    const before = curricula.get(courseId) ?? [];
    const decision = curriculumDecider.decide(command, stateAfter(curriculumDecider, before));
    if (!decision.ok) return false;
    curricula.set(courseId, [...before, ...decision.events]);
    published.push(...decision.events.map((event): Published => [`curriculum-${courseId}`, event]));
    return true;
  };
  const files = { videoFile: null, videoId: null, documentFile: null, thumbnailFile: null };
  return {
    readModels: () => new Projected([curriculaProjection, learningProjection, progressProjection], recorded(published)),
    lessonsIn: (courseId: string) => stateAfter(curriculumDecider, curricula.get(courseId) ?? []),
    happened: (stream: string, event: DomainEvent) => published.push([stream, event]),
    module: (courseId: string, moduleId: string, order: number, isPublished = true) =>
      change(courseId, { type: 'AddModule', data: { courseId, moduleId, title: 'A module', description: '', order, price: '0', isFree: true, isPublished, imageFile: null, currency: 'USD', at: at() } }),
    lesson: (courseId: string, moduleId: string, lessonId: string, order: number, isPublished = true) =>
      change(courseId, { type: 'AddLesson', data: { courseId, moduleId, lessonId, title: 'A lesson', description: '', order, isPublished, isFree: false, duration: 60, ...files, at: at() } }),
    change,
    tell: (studentId: string, courseId: string, lessonId: string, isCompleted: boolean, minute = 0) => {
      const stream = `lessonProgress-${studentId}.${courseId}`;
      const before = told.get(stream) ?? [];
      const decision = lessonProgressDecider.decide({ type: 'TellProgress', data: { studentId, courseId, lessonId, isCompleted, at: at(minute) } }, stateAfter(lessonProgressDecider, before));
      if (!decision.ok) throw new Error(decision.rejection);
      told.set(stream, [...before, ...decision.events]);
      published.push(...decision.events.map((event): Published => [stream, event]));
    },
  };
};

type Story = ReturnType<typeof story>;

const progressOf = async ({ readModels }: Story, studentId = 'sam', courseId = 'a') =>
  (await courseProgress(readModels(), [{ studentId, courseId }])).get(`${studentId}.${courseId}`);

const enroll = ({ happened }: Story, studentId: string, courseId: string, minute = 0): void => {
  happened(`enrollment-${studentId}.${courseId}`, { type: 'StudentEnrolled', data: { studentId, courseId, enrolledAt: at(minute) } });
  happened(`enrollment-${studentId}.${courseId}`, { type: 'AccessGranted', data: { studentId, courseId, grantId: `g${minute}`, source: 'free', grantedAt: at(minute) } });
};

t.test('a course without lessons, or that nobody has begun, is at 0.00 and not completed', async (t) => {
  const empty = story('a');
  t.same(await progressOf(empty), { percent: '0.00', lastActivity: null, isCompleted: false, completedLessons: 0 });
  t.same(await progressOf(empty, 'sam', 'unknown'), { percent: '0.00', lastActivity: null, isCompleted: false, completedLessons: 0 });
  empty.module('a', 'm', 1);
  empty.lesson('a', 'm', 'l1', 1);
  t.match(await progressOf(empty), { percent: '0.00', isCompleted: false });
});

t.test('progress is of the lessons that are there and published, right after each change', async (t) => {
  const course = story('a');
  course.module('a', 'm', 1);
  for (const order of [1, 2, 3]) course.lesson('a', 'm', `l${order}`, order);
  course.tell('sam', 'a', 'l1', true, 1);
  t.same(await progressOf(course), { percent: '33.33', lastActivity: at(1), isCompleted: false, completedLessons: 1 });
  course.tell('sam', 'a', 'l2', true, 2);
  t.match(await progressOf(course), { percent: '66.67', lastActivity: at(2) });
  course.tell('sam', 'a', 'l3', true, 3);
  t.match(await progressOf(course), { percent: '100.00', isCompleted: true, completedLessons: 3 });

  course.lesson('a', 'm', 'l4', 4);
  t.match(await progressOf(course), { percent: '75.00', isCompleted: false }, 'another lesson');
  course.change('a', { type: 'ChangeLesson', data: { courseId: 'a', lessonId: 'l4', order: 1, move: true, at: at() } });
  t.match(await progressOf(course), { percent: '75.00', completedLessons: 3 }, 'moved');
  course.change('a', { type: 'RemoveLesson', data: { courseId: 'a', lessonId: 'l1', at: at() } });
  t.match(await progressOf(course), { percent: '66.67', completedLessons: 2 }, 'a completed lesson is removed');
  course.change('a', { type: 'ChangeLesson', data: { courseId: 'a', lessonId: 'l4', isPublished: false, move: false, at: at() } });
  t.match(await progressOf(course), { percent: '100.00', completedLessons: 2, isCompleted: true }, 'the open one is not published');
  course.module('a', 'n', 2, false);
  course.lesson('a', 'n', 'l5', 1);
  t.match(await progressOf(course), { percent: '100.00' }, 'a lesson of a module that is not published');
  course.change('a', { type: 'ChangeModule', data: { courseId: 'a', moduleId: 'n', isPublished: true, move: false, at: at() } });
  t.match(await progressOf(course), { percent: '66.67', isCompleted: false });
  course.change('a', { type: 'RemoveModule', data: { courseId: 'a', moduleId: 'm', at: at() } });
  t.match(await progressOf(course), { percent: '0.00', completedLessons: 0, lastActivity: at(3) }, 'what was completed is gone');
});

t.test('a lesson that is opened again counts no more, and that is activity, too', async (t) => {
  const course = story('a');
  course.module('a', 'm', 1);
  course.lesson('a', 'm', 'l1', 1);
  course.tell('sam', 'a', 'l1', true, 1);
  course.tell('sam', 'a', 'l1', false, 2);
  t.same(await progressOf(course), { percent: '0.00', lastActivity: at(2), isCompleted: false, completedLessons: 0 });
  course.tell('sam', 'a', 'l1', false, 3);
  t.match(await progressOf(course), { lastActivity: at(2) }, 'nothing happened');
  t.match(await progressOf(course, 'kim'), { percent: '0.00', lastActivity: null }, 'others have their own');
});

t.test('the progress of a lesson keeps its number', async (t) => {
  const course = story('a');
  course.tell('kim', 'a', 'l1', false);
  course.tell('sam', 'a', 'l1', true);
  course.tell('sam', 'a', 'l1', false);
  t.match(await lessonProgressOf(course.readModels(), 'sam', 'l1'), { number: 2, isCompleted: false });
  t.match(await lessonProgressOf(course.readModels(), 'kim', 'l1'), { number: 1, isCompleted: false });
  t.equal(await lessonProgressOf(course.readModels(), 'kim', 'l2'), undefined);
});

t.test('the figures of students are of the courses of this teacher that they have now', async (t) => {
  const courses = story('a', 'b');
  courses.happened('course-c', courseCreated('c', { instructorId: 'bob' })[1]);
  courses.happened('course-c', coursePublished('c')[1]);
  for (const courseId of ['a', 'b', 'c']) {
    courses.module(courseId, `m-${courseId}`, 1);
    courses.lesson(courseId, `m-${courseId}`, `l-${courseId}`, 1);
    enroll(courses, 'sam', courseId);
    courses.tell('sam', courseId, `l-${courseId}`, true, courseId === 'c' ? 9 : 3);
  }
  courses.lesson('b', 'm-b', 'l2-b', 2);
  enroll(courses, 'kim', 'a');
  const figures = async () => studyFigures(courses.readModels(), 'ada', ['sam', 'kim', 'lee', 'sam']);
  const none = { completedLessons: 0, completedCourses: 0, enrolledCourses: 0, lastActivity: null };
  t.same([...(await figures())], [
    ['sam', { completedLessons: 2, completedCourses: 1, enrolledCourses: 2, lastActivity: at(3) }],
    ['kim', { ...none, enrolledCourses: 1 }],
    ['lee', none],
  ]);

  courses.happened('enrollment-sam.a', { type: 'AccessRevoked', data: { studentId: 'sam', courseId: 'a', grantId: 'g0', reason: 'deleted', revokedAt: at(4) } });
  courses.happened('enrollment-sam.a', { type: 'EnrollmentEnded', data: { studentId: 'sam', courseId: 'a', endedAt: at(4) } });
  t.match((await figures()).get('sam'), { completedLessons: 1, completedCourses: 0, enrolledCourses: 1, lastActivity: at(3) });
  enroll(courses, 'sam', 'a', 5);
  t.match((await figures()).get('sam'), { completedLessons: 2, completedCourses: 1, enrolledCourses: 2 }, 'progress comes back with the enrollment');
});

const act = fc.record({
  kind: fc.constantFrom('add', 'remove', 'move', 'publish', 'hide', 'remove-module', 'complete', 'complete', 'complete', 'reopen'),
  module: fc.constantFrom('m', 'n'),
  lesson: fc.integer({ min: 1, max: 6 }),
  order: fc.integer({ min: 1, max: 6 }),
});

t.test('no sequence of changes and progress gives more than there is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const course = story('a');
      course.module('a', 'm', 1);
      course.module('a', 'n', 2);
      const completed = new Set<string>();
      for (const { kind, module, lesson, order } of acts) {
        const lessonId = `l${lesson}`;
        const asked = { courseId: 'a', at: at() };
        const isThere = course.lessonsIn('a').lessons.has(lessonId);
        if (kind === 'add' && !isThere) course.lesson('a', module, lessonId, order);
        if (kind === 'remove') course.change('a', { type: 'RemoveLesson', data: { ...asked, lessonId } });
        if (kind === 'move') course.change('a', { type: 'ChangeLesson', data: { ...asked, lessonId, order, move: true } });
        if (kind === 'publish' || kind === 'hide') course.change('a', { type: 'ChangeLesson', data: { ...asked, lessonId, isPublished: kind === 'publish', move: false } });
        if (kind === 'remove-module' && order === 6) course.change('a', { type: 'RemoveModule', data: { ...asked, moduleId: module } });
        if (kind === 'complete' || kind === 'reopen') course.tell('sam', 'a', lessonId, kind === 'complete');
        if (kind === 'complete') completed.add(lessonId);
        if (kind === 'reopen') completed.delete(lessonId);
        const found = await progressOf(course);
        const shown = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6'].filter((id) => course.lessonsIn('a').lessons.get(id)?.isPublished === true);
        const done = shown.filter((id) => completed.has(id)).length;
        // At most six lessons: the plain quotient is exact enough to round.
        const percent = (shown.length === 0 ? 0 : Math.round((done * 10_000) / shown.length) / 100).toFixed(2);
        if (found?.percent !== percent || found.completedLessons !== done || found.isCompleted !== (shown.length > 0 && done === shown.length)) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});
