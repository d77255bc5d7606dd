import t from 'tap';
import type { Actor } from '../../../src/commands/actor.js';
import { changeCoupon, type ChangeCouponInput } from '../../../src/commands/coupons/change-coupon.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { issueCoupon } from '../../../src/commands/coupons/issue-coupon.js';
import { withdrawCoupon } from '../../../src/commands/coupons/withdraw-coupon.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, bob, drawnUp, root, typesIn } from '../../fixtures/courses.js';
import { couponOf, issued, newCoupon } from '../../fixtures/purchases.js';

const start = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const issue = (input: Partial<typeof newCoupon>) => issueCoupon(services)({ ...newCoupon, ...input }, contextFor());
  const change = (changes: ChangeCouponInput['changes'], actor: Actor = root) =>
    changeCoupon(services)({ actor, code: 'SPRING', changes }, contextFor());
  return { store, services, issue, change };
};

t.test('a code is known by its trimmed, upper-case form, and exists once', async (t) => {
  const { services, issue } = start();
  t.match(await issue({ code: ' spring ' }), { ok: true, value: { code: 'SPRING' } });
  t.match(await issue({ code: 'Spring' }), { ok: false, rejection: 'coupon-code-taken' });
  t.match(await couponOf(services), { status: 'issued', terms: { benefit: { type: 'percentage', percent: '20' } }, issuedBy: 'root' });
});

t.test('pitfall 17: a repeated request issues one code', async (t) => {
  const { store, services } = start();
  const context = contextFor();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => issueCoupon(services)(newCoupon, context)));
  t.equal(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.couponId)).size, 1);
  t.same(await typesIn(store, 'coupon-SPRING'), ['CouponIssued']);
});

t.test('admins discount anything, instructors their own courses, nobody else anything', async (t) => {
  const { services, issue } = start();
  const courseId = await drawnUp(services);
  const onCourse = { kind: 'course_specific', courseId } as const;
  const student = { accountId: 'sam', role: 'student' } as const;
  t.match(await issue({ code: 'A', ...onCourse, actor: ada }), { ok: true });
  t.match(await issue({ code: 'B', ...onCourse }), { ok: true });
  const refused = { ok: false, rejection: 'coupon-not-permitted' };
  t.match(await issue({ code: 'C', ...onCourse, actor: bob }), refused);
  t.match(await issue({ code: 'D', actor: ada }), refused);
  t.match(await issue({ code: 'E', ...onCourse, actor: student }), refused);
});

t.test('a discount on a course needs the course', async (t) => {
  const { services, issue } = start();
  const deleted = await drawnUp(services);
  await deleteCourse(services)({ actor: ada, courseId: deleted }, contextFor());
  t.match(await issue({ kind: 'course_specific' }), { rejection: 'coupon-terms-invalid', details: { reason: 'course-missing' } });
  for (const courseId of ['unknown', deleted]) {
    t.match(await issue({ kind: 'course_specific', courseId }), { rejection: 'course-not-found', details: { courseId } });
  }
});

t.test('a fixed discount is an amount that the currency has', async (t) => {
  const { services, issue } = start();
  t.match(await issue({ valueType: 'fixed', value: '2.505' }), { rejection: 'coupon-terms-invalid' });
  t.match(await issue({ valueType: 'fixed', value: '2.50' }), { ok: true });
  t.match(await couponOf(services), { terms: { benefit: { type: 'fixed', amount: '2.50', currency: 'USD' } } });
});

t.test('a code can not have expired when it is issued', async (t) => {
  const { issue } = start();
  t.match(await issue({ expiresAt: '2026-03-01T12:00:00.000Z' }), { details: { reason: 'expiry-not-in-future' } });
  t.match(await issue({ expiresAt: '2026-03-01T12:00:00.001Z' }), { ok: true });
});

t.test('what is not named in a change stays as it is', async (t) => {
  const { services, change } = start();
  await issued(services, { maxUses: 5 });
  t.match(await change({ value: '30' }), { ok: true });
  t.match(await couponOf(services), { terms: { maxUses: 5, benefit: { type: 'percentage', percent: '30' } } });
  t.match(await change({ maxUses: null, valueType: 'fixed', value: '3' }), { ok: true });
  t.match(await couponOf(services), { terms: { maxUses: null, benefit: { type: 'fixed', amount: '3', currency: 'USD' } } });
});

t.test('a discount that becomes platform-wide leaves its course', async (t) => {
  const { services, change } = start();
  const courseId = await drawnUp(services);
  await issued(services, { kind: 'course_specific', courseId });
  t.match(await change({ kind: 'platform_wide' }), { ok: true });
  t.match(await couponOf(services), { terms: { kind: 'platform_wide', courseId: null } });
});

t.test('only the issuer and admins change and withdraw a code', async (t) => {
  const { services, change } = start();
  const courseId = await drawnUp(services);
  await issued(services, { kind: 'course_specific', courseId, actor: ada });
  t.match(await change({ value: '10' }, ada), { ok: true });
  t.match(await change({ value: '15' }, root), { ok: true });
  t.match(await change({ kind: 'platform_wide' }, ada), { rejection: 'coupon-not-permitted' });
  t.match(await change({ value: '99' }, bob), { rejection: 'coupon-not-permitted' });
  const withdraw = (actor: Actor) => withdrawCoupon(services)({ actor, code: 'SPRING' }, contextFor());
  t.match(await withdraw(bob), { rejection: 'coupon-not-permitted' });
  t.match(await withdraw(ada), { ok: true });
  t.match(await couponOf(services), { status: 'withdrawn' });
  t.match(await change({ value: '10' }, ada), { rejection: 'coupon-withdrawn' });
});

t.test('a code that nobody issued can not be changed or withdrawn', async (t) => {
  const { store, services, change } = start();
  t.match(await change({ value: '10' }), { rejection: 'coupon-not-issued' });
  t.match(await withdrawCoupon(services)({ actor: root, code: 'SPRING' }, contextFor()), { rejection: 'coupon-not-issued' });
  t.equal(await store.head(), 0n);
});
