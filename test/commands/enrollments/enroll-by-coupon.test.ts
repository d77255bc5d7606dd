import t from 'tap';
import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { endEnrollment } from '../../../src/commands/enrollments/end-enrollment.js';
import { enrollInFreeCourse } from '../../../src/commands/enrollments/enroll-in-free-course.js';
import { enrollInCourse, enrollInModule } from '../../../src/commands/enrollments/enroll-with-teacher.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { hasAccess, hasModuleAccess } from '../../../src/domain/enrollment/decider.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, bob, drawnUp } from '../../fixtures/courses.js';
import { dataOf, moduleIn, sold, taughtBy } from '../../fixtures/sold-coupons.js';

const start = async () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const { handler, clock } = services;
  await taughtBy(services, 'sam');
  const enroll = (studentId: string, courseId: string, code: string | null, context = contextFor()) => enrollInCourse(services)({ studentId, courseId, code }, context);
  const enrollModule = (studentId: string, courseId: string, moduleId: string, code: string | null, context = contextFor()) =>
    enrollInModule(services)({ studentId, courseId, moduleId, code }, context);
  const enrollment = async (studentId: string, courseId: string) => (await handler.load(aggregates.enrollment, `${studentId}.${courseId}`)).state;
  const end = (studentId: string, courseId: string) => endEnrollment(services)({ studentId, courseId }, contextFor());
  const seats = async (courseId: string): Promise<number> => {
    const { state } = await handler.load(aggregates.course, courseId);
    return state.status === 'none' ? -1 : state.seatsInUse;
  };
  const standing = async (): Promise<number> => (await dataOf(store, 'CouponUsedForAccess')).length - (await dataOf(store, 'CouponUseForAccessReversed')).length;
  const block = (studentId: string) => {
    const data = { teacherId: ada.accountId, studentId, at: clock.now().toISOString() };
    return handler.handle(aggregates.teaching, `${ada.accountId}.${studentId}`, { type: 'BlockStudent', data }, contextFor());
  };
  return { store, services, enroll, enrollModule, enrollment, end, seats, standing, block };
};

t.test('a coupon opens a course of its teacher, however it is written', async (t) => {
  const { store, services, enroll, enrollment } = await start();
  const courseId = await drawnUp(services);
  const [code = ''] = await sold(services, store);
  t.match(code, /^[A-HJ-NP-Z2-9]{10}$/);
  t.match(await enroll('sam', courseId, ` ${code.toLowerCase()} `), { ok: true, changed: true });
  t.ok(hasAccess(await enrollment('sam', courseId)));
  t.match(await dataOf(store, 'CouponUsedForAccess'), [{ accountId: 'sam', teacherId: 'ada', courseId, moduleId: null, price: '9.50', currency: 'USD' }]);
  t.match(await enroll('sam', courseId, code), { ok: false, rejection: 'already-enrolled' });
});

t.test('a coupon opens a module, and a further one the whole course', async (t) => {
  const { store, services, enroll, enrollModule, enrollment } = await start();
  const courseId = await drawnUp(services);
  const [one, other] = [await moduleIn(services, courseId), await moduleIn(services, courseId, { title: 'Stretto', order: 2 })];
  const [first = '', second = ''] = await sold(services, store, {}, 2);
  t.match(await enrollModule('sam', courseId, one, first), { ok: true, changed: true });
  t.same([hasModuleAccess(await enrollment('sam', courseId), one), hasModuleAccess(await enrollment('sam', courseId), other)], [true, false]);
  t.match(await enrollModule('sam', courseId, one, second), { ok: false, rejection: 'already-enrolled' });
  t.match(await enroll('sam', courseId, second), { ok: true });
  t.match(await enrollModule('sam', courseId, other, first), { ok: false, rejection: 'already-enrolled' });
});

t.test('what is free needs no coupon and spends none', async (t) => {
  const { store, services, enroll, enrollModule, enrollment, standing } = await start();
  const [free, paid] = [await drawnUp(services, { price: '0' }), await drawnUp(services)];
  const [code = ''] = await sold(services, store);
  t.match(await enroll('sam', free, code), { ok: true, changed: true });
  t.match(await enroll('sam', free, null), { ok: false, rejection: 'already-enrolled' });
  const [byPrice, byMark] = [await moduleIn(services, paid, { price: '0' }), await moduleIn(services, paid, { title: 'Stretto', order: 2, isFree: true, price: '0' })];
  for (const moduleId of [byPrice, byMark]) {
    const context = contextFor();
    t.match(await enrollModule('sam', paid, moduleId, null, context), { ok: true, changed: true });
    t.match(await enrollModule('sam', paid, moduleId, null, context), { ok: true, changed: true }, 'a repeat');
    t.match(await enrollModule('sam', paid, moduleId, null), { ok: false, rejection: 'already-enrolled' });
  }
  t.notOk(hasAccess(await enrollment('sam', paid)));
  t.equal(await standing(), 0);
});

t.test('each refusal, and none spends a use', async (t) => {
  const { store, services, enroll, enrollModule, standing, block } = await start();
  const courseId = await drawnUp(services);
  const moduleId = await moduleIn(services, courseId);
  const [hidden, unpublished] = [await moduleIn(services, courseId, { title: 'Stretto', order: 2, isPublished: false }), await drawnUp(services, { published: false })];
  const [code = ''] = await sold(services, store);
  const [inactive = ''] = await sold(services, store, { isActive: false });
  const [disabled = ''] = await sold(services, store, { status: 'disabled' });
  const [expired = ''] = await sold(services, store, { expiresAt: '2020-01-01T00:00:00.000Z' });
  const [foreign = ''] = await sold(services, store, {}, 1, bob.accountId);
  const refusals: readonly (readonly [string | null, string])[] = [
    [null, 'coupon-required'],
    ['NOSUCHCODE', 'coupon-not-issued'],
    ['not a code', 'coupon-not-issued'],
    [inactive, 'coupon-not-active'],
    [disabled, 'coupon-disabled'],
    [expired, 'coupon-expired'],
    [foreign, 'coupon-of-another-teacher'],
  ];
  for (const [written, rejection] of refusals) {
    t.match(await enroll('sam', courseId, written), { ok: false, rejection });
    t.match(await enrollModule('sam', courseId, moduleId, written), { ok: false, rejection });
  }
  t.match(await enroll('sam', 'nowhere', code), { ok: false, rejection: 'course-not-found' });
  t.match(await enroll('sam', unpublished, code), { ok: false, rejection: 'course-not-published' });
  t.match(await enrollModule('sam', courseId, 'nowhere', code), { ok: false, rejection: 'module-not-found' });
  t.match(await enrollModule('sam', courseId, hidden, code), { ok: false, rejection: 'module-not-published' });
  t.match(await enroll('stranger', courseId, code), { ok: false, rejection: 'not-a-student-of-teacher' });
  t.match(await enroll('stranger', unpublished, code), { ok: false, rejection: 'not-a-student-of-teacher' }, 'and is not told that it is unpublished');
  await block('sam');
  t.match(await enroll('sam', courseId, code), { ok: false, rejection: 'not-a-student-of-teacher' });
  t.equal(await standing(), 0);
});

t.test('one of 500 students wins the last use', async (t) => {
  const { store, services, enroll, enrollment, standing } = await start();
  const courseId = await drawnUp(services);
  const [code = ''] = await sold(services, store);
  const students = Array.from({ length: 500 }, (_, index) => `student${index}`);
  await Promise.all(students.map((studentId) => taughtBy(services, studentId)));
  const outcomes = await Promise.all(students.map((studentId) => enroll(studentId, courseId, code)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
  t.equal(outcomes.filter((outcome) => !outcome.ok && outcome.rejection === 'coupon-exhausted').length, 499);
  const winners = (await Promise.all(students.map((studentId) => enrollment(studentId, courseId)))).filter(hasAccess);
  t.same([winners.length, await standing()], [1, 1]);
});

t.test('20 requests of one student at once spend one use', async (t) => {
  const { store, services, enroll, enrollModule, standing } = await start();
  const courseId = await drawnUp(services);
  const moduleId = await moduleIn(services, courseId);
  const [code = ''] = await sold(services, store, { maxUses: 30 });
  const many = Array.from({ length: 20 });
  const modules = await Promise.all(many.map(() => enrollModule('sam', courseId, moduleId, code)));
  t.same([modules.filter(({ ok }) => ok).length, await standing()], [1, 1]);
  const courses = await Promise.all(many.map(() => enroll('sam', courseId, code)));
  t.same([courses.filter(({ ok }) => ok).length, await standing()], [1, 2]);
  t.ok([...modules, ...courses].every((outcome) => outcome.ok || outcome.rejection === 'already-enrolled'));
});

t.test('20 coupons that one student sends at once: one is spent, and the others can be used by others', async (t) => {
  const { store, services, enroll, standing } = await start();
  const courseId = await drawnUp(services);
  const codes = await sold(services, store, {}, 20);
  const outcomes = await Promise.all(codes.map((code) => enroll('sam', courseId, code)));
  t.same([outcomes.filter(({ ok }) => ok).length, await standing()], [1, 1]);
  await taughtBy(services, 'tom');
  const spare = codes[outcomes.findIndex(({ ok }) => !ok)] ?? '';
  t.match(await enroll('tom', courseId, spare), { ok: true });
});

t.test('the same command again, also at once, is answered as the first', async (t) => {
  const { store, services, enroll, standing } = await start();
  const courseId = await drawnUp(services);
  const [code = ''] = await sold(services, store);
  const context = contextFor();
  const twice = await Promise.all([enroll('sam', courseId, code, context), enroll('sam', courseId, code, context)]);
  t.match([...twice, await enroll('sam', courseId, code, context)], [{ ok: true }, { ok: true }, { ok: true, changed: true }]);
  t.equal(await standing(), 1);
});

t.test('a course with seats: the coupon takes one, and is given back when there is none', async (t) => {
  const { store, services, enroll, end, seats, standing } = await start();
  const courseId = await drawnUp(services, { capacity: 1 });
  await taughtBy(services, 'tom');
  const [code = ''] = await sold(services, store, { maxUses: 3 });
  t.match(await enroll('sam', courseId, code), { ok: true });
  t.match(await enroll('tom', courseId, code), { ok: false, rejection: 'course-full' });
  t.same([await seats(courseId), await standing()], [1, 1]);
  t.match(await end('sam', courseId), { ok: true });
  t.same([await seats(courseId), await standing()], [0, 1], 'the use stays spent');
  t.match(await enroll('tom', courseId, code), { ok: true });
  t.same([await seats(courseId), await standing()], [1, 2]);
});

t.test('20 students at once for 3 seats: three uses are spent', async (t) => {
  const { store, services, enroll, seats, standing } = await start();
  const courseId = await drawnUp(services, { capacity: 3 });
  const students = Array.from({ length: 20 }, (_, index) => `student${index}`);
  await Promise.all(students.map((studentId) => taughtBy(services, studentId)));
  const [code = ''] = await sold(services, store, { maxUses: 100 });
  const outcomes = await Promise.all(students.map((studentId) => enroll(studentId, courseId, code)));
  t.equal(outcomes.filter(({ ok }) => ok).length, 3);
  t.same([await seats(courseId), await standing()], [3, 3]);
});

t.test('an enrollment that was deleted can be had again, by another use', async (t) => {
  const { store, services, enroll, enrollModule, end, standing } = await start();
  const courseId = await drawnUp(services);
  const moduleId = await moduleIn(services, courseId);
  const [code = ''] = await sold(services, store, { maxUses: 3 });
  t.match(await enrollModule('sam', courseId, moduleId, code), { ok: true });
  t.match(await end('sam', courseId), { ok: true });
  t.match(await end('sam', courseId), { ok: false, rejection: 'not-enrolled' });
  t.match(await enrollModule('sam', courseId, moduleId, code), { ok: true });
  t.match(await enroll('sam', courseId, code), { ok: true });
  t.match(await end('sam', courseId), { ok: true });
  t.match(await enroll('sam', courseId, code), { ok: false, rejection: 'coupon-exhausted' });
  t.equal(await standing(), 3);
});

t.test('a free enrollment that was deleted gives its seat back, and is had again', async (t) => {
  const { services, enroll, end, seats } = await start();
  const courseId = await drawnUp(services, { price: '0', capacity: 1 });
  for (let time = 0; time < 3; time += 1) {
    t.match(await enroll('sam', courseId, null), { ok: true });
    t.equal(await seats(courseId), 1);
    t.match(await end('sam', courseId), { ok: true });
    t.equal(await seats(courseId), 0);
  }
  t.match(await enrollInFreeCourse(services)({ studentId: 'tom', courseId }, contextFor()), { ok: true });
});

t.test('while the course is being bought a coupon is not spent for it', async (t) => {
  const { store, services, enroll, enrollModule, standing } = await start();
  const courseId = await drawnUp(services);
  const moduleId = await moduleIn(services, courseId);
  const [code = ''] = await sold(services, store);
  const at = services.clock.now().toISOString();
  const hold = { type: 'HoldEnrollment', data: { studentId: 'sam', courseId, paymentId: 'p', holdUntil: at, at } } as const;
  await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, hold, contextFor());
  t.match(await enroll('sam', courseId, code), { ok: false, rejection: 'purchase-under-way' });
  t.match(await enrollModule('sam', courseId, moduleId, code), { ok: false, rejection: 'purchase-under-way' });
  t.equal(await standing(), 0);
});

t.test('a course that is taken off sale is opened by no coupon any more', async (t) => {
  const { store, services, enroll } = await start();
  const courseId = await drawnUp(services);
  const [code = ''] = await sold(services, store);
  const changed = await changeCourse(services)({ actor: ada, courseId, changes: { published: false } }, contextFor());
  t.ok(changed.ok);
  t.match(await enroll('sam', courseId, code), { ok: false, rejection: 'course-not-published' });
});
