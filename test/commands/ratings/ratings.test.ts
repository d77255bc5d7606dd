import t from 'tap';
import { changeRating } from '../../../src/commands/ratings/change-rating.js';
import { rateCourse } from '../../../src/commands/ratings/rate-course.js';
import { withdrawRating } from '../../../src/commands/ratings/withdraw-rating.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, drawnUp, typesIn } from '../../fixtures/courses.js';

const at = '2026-03-01T12:00:00.000Z';
const sam = { accountId: 'sam', role: 'student' } as const;

const start = async () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const courseId = await drawnUp(services);
  const { handler } = services;
  const rate = (rating = 5, actor: { accountId: string; role: 'student' | 'instructor' } = sam, id = courseId) =>
    rateCourse(services)({ actor, courseId: id, rating, comment: '' }, contextFor());
  const enroll = (studentId = sam.accountId) =>
    handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'GrantAccess', data: { studentId, courseId, grantId: 'p', source: 'payment', at } }, contextFor());
  const teach = async (type: 'JoinTeacher' | 'BlockStudent' | 'UnblockStudent' | 'RemoveStudent') => {
    const pair = { teacherId: ada.accountId, studentId: sam.accountId, at };
    await handler.handle(aggregates.teaching, `${ada.accountId}.${sam.accountId}`, { type, data: pair }, contextFor());
  };
  return { store, services, courseId, rate, enroll, teach };
};

t.test('only who has the course rates it', async (t) => {
  const { services, courseId, rate, enroll } = await start();
  t.match(await rate(), { ok: false, rejection: 'course-rater-not-enrolled' });
  await enroll();
  t.match(await rate(5, { ...sam, role: 'instructor' }), { ok: false, rejection: 'course-rater-not-enrolled' });
  t.match(await rate(5, sam, 'unknown'), { ok: false, rejection: 'course-not-found' });
  t.match(await rate(), { ok: true, changed: true });
  await deleteCourse(services)({ actor: ada, courseId }, contextFor());
  t.match(await rate(), { ok: false, rejection: 'course-not-found' });
});

t.test('who is shut out neither rates nor changes a rating, but may take it back', async (t) => {
  const { services, courseId, rate, enroll, teach } = await start();
  await enroll();
  await teach('JoinTeacher');
  await teach('BlockStudent');
  t.match(await rate(), { ok: false, rejection: 'course-rater-not-enrolled' });
  await teach('UnblockStudent');
  const rated = await rate(4);
  if (!rated.ok) throw new Error(rated.rejection);
  const { ratingId } = rated.value;
  await teach('RemoveStudent');
  t.match(await changeRating(services)({ actor: sam, courseId, ratingId, rating: 1 }, contextFor()), { ok: false, rejection: 'course-rater-not-enrolled' });
  t.match(await withdrawRating(services)({ studentId: sam.accountId, courseId, ratingId }, contextFor()), { ok: true, changed: true });
});

t.test('of 200 ratings at once one is kept', async (t) => {
  const { store, courseId, rate, enroll } = await start();
  await enroll();
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => rate((index % 5) + 1)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.same(new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection]))), new Set(['already-rated']));
  t.same(await typesIn(store, `courseRating-sam.${courseId}`), ['CourseRated']);
});

t.test('a repeat of the command is the same rating', async (t) => {
  const { services, courseId, enroll } = await start();
  await enroll();
  const context = contextFor();
  const once = () => rateCourse(services)({ actor: sam, courseId, rating: 3, comment: '' }, context);
  const [first, second] = [await once(), await once()];
  t.ok(first.ok && second.ok && first.value.ratingId === second.value.ratingId);
});
