import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { addEditor } from '../../../src/commands/courses/add-editor.js';
import { changeCourse, type CourseChanges } from '../../../src/commands/courses/change-course.js';
import type { Actor } from '../../../src/commands/actor.js';
import { createCourse } from '../../../src/commands/courses/create-course.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { enrollInFreeCourse } from '../../../src/commands/enrollments/enroll-in-free-course.js';
import { removeEditor } from '../../../src/commands/courses/remove-editor.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { founded } from '../../fixtures/organizations.js';
import { ada, bob, drawnUp, newCourse, root, typesIn } from '../../fixtures/courses.js';

const at = '2026-03-01T12:00:00.000Z';

const start = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const course = async (courseId: string) => (await services.handler.load(aggregates.course, courseId)).state;
  const change = (courseId: string, changes: CourseChanges, actor: Actor = ada) =>
    changeCourse(services)({ actor, courseId, changes }, contextFor());
  const enroll = (courseId: string, studentId = 'sam') => enrollInFreeCourse(services)({ studentId, courseId }, contextFor());
  return { store, services, course, change, enroll };
};

const registered = async ({ services }: ReturnType<typeof start>, accountId: string) => {
  const person = { name: accountId, email: `${accountId}@example.org`, passwordHash: null, provider: 'local', imageUrl: null } as const;
  const data = { ...person, accountId, role: 'instructor', holdId: accountId, at } as const;
  await services.handler.handle(aggregates.account, accountId, { type: 'RegisterAccount', data }, contextFor());
};

void t.test('whoever draws up a course is its instructor; the same command makes the same course', async (t) => {
  const { store, services, course } = start();
  const context = contextFor();
  const first = await createCourse(services)({ ...newCourse, tags: ['a', 'b', 'a'] }, context);
  const again = await createCourse(servicesOver(store))({ ...newCourse, tags: ['a', 'b', 'a'] }, context);
  t.same(again, first);
  if (!first.ok) throw new Error(first.rejection);
  const { courseId } = first.value;
  t.match(await course(courseId), { instructorId: 'ada', price: '12.50', currency: 'USD', status: 'published', details: { tags: ['a', 'b'] } });
  t.same(await typesIn(store, `course-${courseId}`), ['CourseCreated', 'CoursePublished']);
});

void t.test('one request changes details, price, seats and publication', async (t) => {
  const { store, services, course, change } = start();
  const courseId = await drawnUp(services, { published: false });
  t.match(await change(courseId, { title: 'New', price: '9.00', capacity: 5, published: true }), { ok: true, changed: true });
  t.match(await course(courseId), { status: 'published', price: '9.00', capacity: 5, details: { title: 'New', category: 'music' } });
  t.match(await change(courseId, { published: false }), { ok: true });
  t.same((await course(courseId)).status, 'draft');
  const before = await typesIn(store, `course-${courseId}`);
  t.match(await change(courseId, { title: 'New', price: '9.00', published: false }), { ok: true, changed: false });
  t.same(await typesIn(store, `course-${courseId}`), before, 'what is so already is no event');
});

void t.test('a change is carried out as a whole or not at all', async (t) => {
  const { services, course, change } = start();
  const courseId = await drawnUp(services);
  const before = await course(courseId);
  t.match(await change(courseId, { title: 'New', organizationPrivate: true }), { ok: false, rejection: 'course-without-organization' });
  t.same(await course(courseId), before);
});

void t.test('pitfall 18: a change that is repeated after a restart is answered alike', async (t) => {
  const { store, services } = start();
  const courseId = await drawnUp(services);
  const context = contextFor();
  const input = { actor: ada, courseId, changes: { title: 'New', price: '1.00' } };
  const first = await changeCourse(services)(input, context);
  t.same(await changeCourse(servicesOver(store))(input, context), first);
  t.equal((await typesIn(store, `course-${courseId}`)).length, 4);
});

void t.test('a repeated change of the price alone says that it changed something, as the first time', async (t) => {
  const { services } = start();
  const courseId = await drawnUp(services);
  const context = contextFor();
  const input = { actor: ada, courseId, changes: { price: '1.00' } };
  const first = await changeCourse(services)(input, context);
  t.match(first, { ok: true, changed: true });
  t.same(await changeCourse(services)(input, context), first);
  t.match(await changeCourse(services)(input, contextFor()), { ok: true, changed: false });
});

void t.test('who may change what', async (t) => {
  const context = start();
  const { services, course, change } = context;
  const courseId = await drawnUp(services);
  await registered(context, 'bob');
  t.match(await change(courseId, { title: 'Mine' }, bob), { ok: false, rejection: 'not-course-editor' });
  t.match(await change(courseId, {}, bob), { ok: false, rejection: 'not-course-editor' });
  t.match(await addEditor(services)({ actor: bob, courseId, editorId: 'bob' }, contextFor()), { rejection: 'not-course-owner' });
  t.match(await addEditor(services)({ actor: ada, courseId, editorId: 'nobody' }, contextFor()), { rejection: 'account-not-found' });
  t.match(await addEditor(services)({ actor: ada, courseId, editorId: 'bob' }, contextFor()), { ok: true });
  t.match(await change(courseId, { title: 'Ours', price: '12.5', published: true }, bob), { ok: true }, 'the whole form, sent back');
  t.match(await change(courseId, { price: '1.00' }, bob), { ok: false, rejection: 'not-course-owner' });
  t.match(await removeEditor(services)({ actor: ada, courseId, editorId: 'bob' }, contextFor()), { ok: true });
  t.match(await change(courseId, { title: 'Mine' }, bob), { ok: false, rejection: 'not-course-editor' });
  t.match(await change(courseId, { price: '1.00' }, root), { ok: true }, 'an admin');
  t.match(await course(courseId), { price: '1.00', editors: [], details: { title: 'Ours' } });
});

void t.test('a deleted course can not be changed', async (t) => {
  const { services, change } = start();
  const courseId = await drawnUp(services);
  t.match(await deleteCourse(services)({ actor: bob, courseId }, contextFor()), { ok: false, rejection: 'not-course-owner' });
  t.match(await deleteCourse(services)({ actor: ada, courseId }, contextFor()), { ok: true });
  t.match(await change(courseId, { title: 'x' }), { ok: false, rejection: 'course-not-found' });
  t.match(await change('unknown', { title: 'x' }), { ok: false, rejection: 'course-not-found' });
});

void t.test('a free course is enrolled in, a priced one says what it costs', async (t) => {
  const { services, enroll } = start();
  const free = await drawnUp(services, { price: '0' });
  const priced = await drawnUp(services);
  t.match(await enroll(free), { ok: true, value: { enrollmentId: `sam.${free}` } });
  t.match(await enroll(priced), { ok: false, rejection: 'course-not-free', details: { price: '12.50', currency: 'USD' } });
  t.match(await enroll(await drawnUp(services, { price: '0', published: false })), { rejection: 'course-not-published' });
  const school = { price: '0', organizationId: await founded(services, ada.accountId), organizationPrivate: true };
  t.match(await enroll(await drawnUp(services, school)), { rejection: 'course-not-found' });
  t.match(await enroll('unknown'), { rejection: 'course-not-found' });
});

void t.test('pitfall 17: twenty enrolments at once give one enrolment, and one seat', async (t) => {
  const { store, services, enroll } = start();
  for (const capacity of [null, 1]) {
    const courseId = await drawnUp(services, { price: '0', capacity });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => enroll(courseId)));
    t.ok(outcomes.every(({ ok }) => ok), `capacity ${capacity}`);
    t.equal(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.enrollmentId : ''))).size, 1);
    t.same(await typesIn(store, `enrollment-sam.${courseId}`), ['StudentEnrolled', 'AccessGranted']);
    const seats = (await typesIn(store, `course-${courseId}`)).filter((type) => type.startsWith('CourseSeat'));
    t.same(seats, capacity === null ? [] : ['CourseSeatOccupied']);
    t.equal(outcomes.filter((outcome) => outcome.ok && outcome.changed).length, 1, 'one of them has changed something');
    t.match(await enroll(courseId), { ok: true, changed: false }, 'and again later');
  }
});

void t.test('pitfall 15: capacity 1, two open pages, one seat sold', async (t) => {
  const { store, services, enroll } = start();
  const courseId = await drawnUp(services, { price: '0', capacity: 1 });
  const outcomes = await Promise.all([enroll(courseId, 'sam'), enroll(courseId, 'tom')]);
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.match(outcomes.find(({ ok }) => !ok), { rejection: 'course-full' });
  const enrolled = await Promise.all(['sam', 'tom'].map((student) => typesIn(store, `enrollment-${student}.${courseId}`)));
  t.equal(enrolled.filter(({ length }) => length > 0).length, 1);
});

void t.test('a seat that was given up is not in the way of the next attempt', async (t) => {
  const { store, services, course, enroll } = start();
  const courseId = await drawnUp(services, { price: '0', capacity: 1 });
  await enroll(courseId);
  const state = await course(courseId);
  const holdId = state.status === 'none' ? '' : ([...state.seats.entries()][0]?.[0] ?? '');
  const release = { type: 'ReleaseSeat', data: { holdId, reason: 'left', at } } as const;
  await services.handler.handle(aggregates.course, courseId, release, contextFor());
  const revoke = { type: 'RevokeAccess', data: { studentId: 'sam', courseId, grantId: 'free-1', reason: 'left', at } } as const;
  await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, revoke, contextFor());
  t.match(await enroll(courseId), { ok: true });
  t.same((await typesIn(store, `enrollment-sam.${courseId}`)).slice(-2), ['StudentEnrolled', 'AccessGranted']);
  t.match(await course(courseId), { seatsInUse: 1 });
});
