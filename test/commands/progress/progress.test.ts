import t from 'tap';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { tellProgress } from '../../../src/commands/progress/tell-progress.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, drawnUp, typesIn } from '../../fixtures/courses.js';
import { curriculumOf } from '../../fixtures/curricula.js';

const at = '2026-03-01T12:00:00.000Z';
const sam = { accountId: 'sam', role: 'student' } as const;

const start = async () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const courseId = await drawnUp(services);
  const { module, lesson } = curriculumOf(services, ada, courseId);
  const moduleId = await module();
  const { handler } = services;
  return {
    store,
    services,
    courseId,
    moduleId,
    module,
    lesson,
    tell: (lessonId: string, isCompleted = true) => tellProgress(services)({ actor: sam, courseId, lessonId, isCompleted }, contextFor()),
    enroll: (only: string | null = null) =>
      handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'ClaimAccess', data: { studentId: 'sam', courseId, moduleId: only, grantId: contextFor().commandId, source: 'coupon', at } }, contextFor()),
    end: () => handler.handle(aggregates.enrollment, `sam.${courseId}`, { type: 'EndAccess', data: { studentId: 'sam', courseId, reason: 'deleted', at } }, contextFor()),
    teach: (type: 'JoinTeacher' | 'BlockStudent' | 'UnblockStudent') =>
      handler.handle(aggregates.teaching, `${ada.accountId}.sam`, { type, data: { teacherId: ada.accountId, studentId: 'sam', at } }, contextFor()),
  };
};

t.test('progress is of who has the course or the module, and ends with that', async (t) => {
  const { tell, lesson, module, moduleId, enroll, end, teach } = await start();
  const [here, elsewhere] = [await lesson(moduleId), await lesson(await module())];
  t.match(await tell(here), { ok: false, rejection: 'lesson-without-progress' });
  await enroll(moduleId);
  t.match(await tell(here), { ok: true, changed: true });
  t.match(await tell(elsewhere), { ok: false, rejection: 'lesson-without-progress' });
  await enroll();
  t.match(await tell(elsewhere), { ok: true, changed: true });
  await teach('JoinTeacher');
  await teach('BlockStudent');
  t.match(await tell(here, false), { ok: false, rejection: 'lesson-not-open' });
  await teach('UnblockStudent');
  t.match(await tell(here, false), { ok: true, changed: true });
  await end();
  t.match(await tell(here), { ok: false, rejection: 'lesson-without-progress' });
});

t.test('lessons that are not published, free alone, removed or of another course', async (t) => {
  const { tell, lesson, module, moduleId, enroll, services, courseId } = await start();
  const hidden = await lesson(moduleId, { isPublished: false });
  const inHidden = await lesson(await module({ isPublished: false }));
  const free = await lesson(moduleId, { isFree: true });
  t.match(await tell(free), { ok: false, rejection: 'lesson-without-progress' });
  await enroll();
  for (const lessonId of [hidden, inHidden]) t.match(await tell(lessonId), { ok: false, rejection: 'lesson-not-open' });
  t.match(await tell('unknown'), { ok: false, rejection: 'lesson-not-found' });
  t.match(await tell(free), { ok: true });
  await deleteCourse(services)({ actor: ada, courseId }, contextFor());
  t.match(await tell(free, false), { ok: true }, 'who has a course keeps it');
});

t.test('of 200 times at once a lesson is completed once', async (t) => {
  const { store, tell, lesson, moduleId, enroll, courseId } = await start();
  const lessonId = await lesson(moduleId);
  await enroll();
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => tell(lessonId)));
  t.ok(outcomes.every(({ ok }) => ok));
  t.equal(outcomes.filter((outcome) => outcome.ok && outcome.changed).length, 1);
  t.same(await typesIn(store, `lessonProgress-sam.${courseId}`), ['LessonCompleted']);
});
