import { randomUUID } from 'node:crypto';
import t from 'tap';
import { endEnrollment } from '../../../src/commands/enrollments/end-enrollment.js';
import { enrollInCourse, enrollInModule } from '../../../src/commands/enrollments/enroll-with-teacher.js';
import { freeSeat } from '../../../src/commands/enrollments/grants.js';
import type { CommandServices } from '../../../src/commands/services.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { usesInHand } from '../../../src/domain/coupon/decider.js';
import { claimOf } from '../../../src/domain/enrollment/decider.js';
import { EventStoreUnavailable } from '../../../src/ports/event-store.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { couponUsesConsumer } from '../../../src/workers/coupon-uses/settle-uses.js';
import { FailingLog } from '../../doubles/failing-log.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { dataOf, moduleIn, sold, taughtBy } from '../../fixtures/sold-coupons.js';
import { fc } from '../../fixtures/properties.js';

/** Hands over each event, twice, as a bus may, until there are no new ones. */
const settled = async (store: FailingLog): Promise<void> => {
  store.failure = () => null;
  const consumer = couponUsesConsumer(servicesOver(store));
  let position = 0n;
  for (;;) {
    const before = position;
    for await (const event of store.readAll({ after: position })) {
      for (let time = 0; time < 2; time += 1) await consumer.handle(event);
      ({ position } = event);
    }
    if (position === before) return;
  }
};

const started = async (capacity: number | null = null) => {
  const store = new FailingLog();
  const services = servicesOver(store);
  const courseId = await drawnUp(services, { capacity });
  const moduleId = await moduleIn(services, courseId);
  for (const studentId of ['sam', 'tom']) await taughtBy(services, studentId);
  return { store, services, courseId, moduleId };
};

/** Each use that stands opened something, and each opening by a coupon has a use that stands; seats are those of live grants. */
const assertConsistent = async ({ handler }: CommandServices, store: FailingLog, courseId: string): Promise<void> => {
  const used = await dataOf(store, 'CouponUsedForAccess');
  const reversed = new Set((await dataOf(store, 'CouponUseForAccessReversed')).map(({ useId }) => useId));
  const granted = [...(await dataOf(store, 'AccessGranted')), ...(await dataOf(store, 'ModuleAccessGranted'))].filter(({ source }) => source === 'coupon');
  const opened = granted.map(({ grantId }) => String(grantId)).toSorted();
  const spent = used.map(({ useId }) => String(useId)).filter((useId) => !reversed.has(useId)).toSorted();
  if (JSON.stringify(opened) !== JSON.stringify(spent)) throw new Error(`opened ${opened.join()} by the uses ${spent.join()}`);
  if (new Set(opened).size !== opened.length) throw new Error('a use opened something twice');
  for (const { code } of await dataOf(store, 'CouponIssued')) {
    const { state } = await handler.load(aggregates.coupon, String(code));
    if (state.status === 'not-issued' || usesInHand(state) > (state.terms.maxUses ?? 0)) throw new Error(`${String(code)} was used too often`);
  }
  const { state: course } = await handler.load(aggregates.course, courseId);
  if (course.status === 'none') throw new Error('the course is gone');
  for (const [holdId, seat] of course.seats.entries()) {
    const { state } = await handler.load(aggregates.enrollment, `${seat.studentId}.${courseId}`);
    const isLive = claimOf(state, null, holdId) === 'live';
    if (isLive !== (seat.status === 'taken')) throw new Error(`the seat ${holdId} is ${seat.status}`);
  }
};

t.test('a process that dies anywhere on the way leaves no use without access and no access without a use', async (t) => {
  for (const failure of ['before', 'after'] as const) {
    for (const step of [1, 2, 3]) {
      for (const what of ['course', 'module'] as const) {
        const { store, services, courseId, moduleId } = await started(5);
        const [code = ''] = await sold(services, store);
        const first = store.appends;
        store.failure = (append) => (append === first + step ? failure : null);
        const enroll = (node: CommandServices) =>
          what === 'course' ? enrollInCourse(node)({ studentId: 'sam', courseId, code }, contextFor()) : enrollInModule(node)({ studentId: 'sam', courseId, moduleId, code }, contextFor());
        const died = await enroll(services).then(() => false, () => true);
        await settled(store);
        await assertConsistent(services, store, courseId);
        if (step < 3) t.ok(died, `${what}: ${failure} append ${step}`);
        const again = await enroll(servicesOver(store));
        t.ok(again.ok || again.rejection === 'already-enrolled', `${what}: ${failure} append ${step}`);
        t.equal((await dataOf(store, 'CouponUsedForAccess')).length, 1);
      }
    }
  }
});

t.test('a use of a process that died is given back when there is no seat any more', async (t) => {
  const { store, services, courseId } = await started(1);
  const [code = ''] = await sold(services, store, { maxUses: 2 });
  const first = store.appends;
  store.failure = (append) => (append === first + 1 ? 'after' : null);
  await t.rejects(enrollInCourse(services)({ studentId: 'sam', courseId, code }, contextFor()), EventStoreUnavailable);
  store.failure = () => null;
  t.match(await enrollInCourse(servicesOver(store))({ studentId: 'tom', courseId, code }, contextFor()), { ok: true });
  await settled(store);
  t.match(await dataOf(store, 'CouponUseForAccessReversed'), [{ accountId: 'sam', reason: 'course-full', price: '9.50' }]);
  t.match(await dataOf(store, 'AccessDeclined'), [{ studentId: 'sam', reason: 'course-full' }]);
  await assertConsistent(services, store, courseId);
});

t.test('the seat of an enrollment whose deletion died is given back', async (t) => {
  const { store, services, courseId } = await started(1);
  const [code = ''] = await sold(services, store, { maxUses: 2 });
  t.match(await enrollInCourse(services)({ studentId: 'sam', courseId, code }, contextFor()), { ok: true });
  const first = store.appends;
  store.failure = (append) => (append === first + 1 ? 'after' : null);
  await t.rejects(endEnrollment(services)({ studentId: 'sam', courseId }, contextFor()), EventStoreUnavailable);
  await settled(store);
  await assertConsistent(services, store, courseId);
  t.match(await enrollInCourse(servicesOver(store))({ studentId: 'tom', courseId, code }, contextFor()), { ok: true });
});

t.test('a late repeat of a deletion leaves what came after it its seat', async (t) => {
  const { store, services, courseId } = await started(1);
  const codes = await sold(services, store, {}, 2);
  const deletion = contextFor();
  const enroll = (n: number) => enrollInCourse(services)({ studentId: 'sam', courseId, code: codes[n] ?? '' }, contextFor());
  t.match(await enroll(0), { ok: true });
  t.match(await endEnrollment(services)({ studentId: 'sam', courseId }, deletion), { ok: true });
  t.match(await enroll(1), { ok: true });
  t.match(await endEnrollment(services)({ studentId: 'sam', courseId }, deletion), { ok: true });
  await assertConsistent(services, store, courseId);
  t.match(await enrollInCourse(services)({ studentId: 'tom', courseId, code: codes[1] ?? '' }, contextFor()), { ok: false });
});

t.test('a late repeat does not take the seat of a free enrollment that came after', async (t) => {
  const store = new FailingLog();
  const services = servicesOver(store);
  const courseId = await drawnUp(services, { capacity: 1, price: '0' });
  await taughtBy(services, 'sam');
  const enroll = () => enrollInCourse(services)({ studentId: 'sam', courseId, code: null }, contextFor());
  t.match(await enroll(), { ok: true });
  t.match(await endEnrollment(services)({ studentId: 'sam', courseId }, contextFor()), { ok: true });
  t.match(await enroll(), { ok: true });
  await settled(store);
  const { state } = await services.handler.load(aggregates.course, courseId);
  t.equal(state.status === 'none' ? undefined : state.seats.get(freeSeat('sam', courseId, 2))?.status, 'taken');
});

interface Step {
  readonly what: 'course' | 'module' | 'end' | 'paid' | 'refunded';
  readonly studentId: string;
  readonly code: number;
  /** Sent under a command id of its own, or under that of all such requests. */
  readonly isRepeat: boolean;
}

const steps = fc.record<Step>({
  what: fc.constantFrom('course', 'course', 'course', 'module', 'module', 'end', 'paid', 'refunded'),
  studentId: fc.constantFrom('sam', 'tom'),
  code: fc.integer({ min: 0, max: 2 }),
  isRepeat: fc.boolean(),
});

t.test('whatever is done at once, and whoever dies, uses and access agree in the end', async (t) => {
  const runs = fc.record({
    capacity: fc.constantFrom(null, 1),
    groups: fc.array(fc.array(steps, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
    turns: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 }),
    deaths: fc.array(fc.constantFrom(null, null, null, null, 'before' as const, 'after' as const), { minLength: 1, maxLength: 11 }),
  });
  await fc.assert(
    fc.asyncProperty(runs, async ({ capacity, groups, turns, deaths }) => {
      const { store, services, courseId, moduleId } = await started(capacity);
      const codes = await sold(services, store, { maxUses: 2 }, 3);
      store.turns = (append) => turns[append % turns.length] ?? 0;
      store.failure = (append) => deaths[append % deaths.length] ?? null;
      const repeated = randomUUID();
      const carryOut = async (node: CommandServices, { what, studentId, code, isRepeat }: Step): Promise<unknown> => {
        const context = contextFor(isRepeat ? uuidV5(`${what}.${studentId}.${code}`, repeated) : undefined);
        const pair = { studentId, courseId };
        const at = node.clock.now().toISOString();
        switch (what) {
          case 'course':
            return enrollInCourse(node)({ ...pair, code: codes[code] ?? '' }, context);
          case 'module':
            return enrollInModule(node)({ ...pair, moduleId, code: codes[code] ?? '' }, context);
          case 'end':
            return endEnrollment(node)(pair, context);
          case 'paid':
            return node.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'GrantAccess', data: { ...pair, grantId: `paid-${code}`, source: 'payment', at } }, contextFor());
          case 'refunded':
            return node.handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'RevokeAccess', data: { ...pair, grantId: `paid-${code}`, reason: 'refunded', at } }, contextFor());
        }
      };
      for (const group of groups) {
        // Each request has a node of its own: one that died has lost what it knew.
        await Promise.allSettled(group.map((step) => carryOut(servicesOver(store), step)));
      }
      await settled(store);
      await assertConsistent(services, store, courseId);
    }),
    { numRuns: 150 },
  );
  t.pass();
});
