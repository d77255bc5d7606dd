import t from 'tap';
import { changeCoupon } from '../../../src/commands/coupons/change-coupon.js';
import { changeCourse } from '../../../src/commands/courses/change-course.js';
import { deleteCourse } from '../../../src/commands/courses/delete-course.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import { openPayment } from '../../../src/commands/payments/open-payment.js';
import { withdrawCoupon } from '../../../src/commands/coupons/withdraw-coupon.js';
import { usesInHand } from '../../../src/domain/coupon/decider.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalEventStore } from '../../doubles/mortal-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { ada, drawnUp, root, typesIn } from '../../fixtures/courses.js';
import { founded } from '../../fixtures/organizations.js';
import { at, couponOf, enrollmentOf, issued, kim, opened, paymentOf, sam, wanted } from '../../fixtures/purchases.js';

const start = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const open = (...input: Parameters<typeof wanted>) => openPayment(services)(wanted(...input), contextFor());
  const seatsInUse = async (courseId: string) => {
    const { state } = await services.handler.load(aggregates.course, courseId);
    return state.status === 'none' ? undefined : state.seatsInUse;
  };
  return { store, services, open, seatsInUse };
};

t.test('a purchase holds course, seat and coupon, keeps who pays apart, and opens the payment', async (t) => {
  const { store, services, seatsInUse } = start();
  const courseId = await drawnUp(services, { capacity: 3 });
  await issued(services, { maxUses: 5 });
  const paymentId = await opened(services, wanted([courseId], { amount: '10', discountCode: 'spring' }));
  t.match(await paymentOf(services, paymentId), {
    status: 'opened',
    payerId: 'sam',
    quote: { subtotal: '12.50', discount: '2.50', total: '10.00', couponCode: 'SPRING' },
    expiresAt: '2026-03-01T12:15:00.000Z',
  });
  t.match(await enrollmentOf(services, courseId), { hold: { paymentId, holdUntil: '2026-03-01T12:15:00.000Z' } });
  t.match(await couponOf(services), { reserved: 1 });
  t.equal(await seatsInUse(courseId), 1);
  t.same(await typesIn(store, `paymentBilling-${paymentId}`), ['PaymentBillingCreated']);
  t.same(await typesIn(store, `payment-${paymentId}`), ['PaymentOpened', 'PaymentCaptureRequested']);
});

t.test('cash has longer to come, and nothing is asked of the gateway', async (t) => {
  const { store, services } = start();
  const courseId = await drawnUp(services);
  const paymentId = await opened(services, wanted([courseId], { method: 'cash', token: null }));
  t.match(await paymentOf(services, paymentId), { expiresAt: '2026-03-08T12:00:00.000Z' });
  t.same(await typesIn(store, `payment-${paymentId}`), ['PaymentOpened']);
});

t.test('a purchase that a coupon makes free is captured at once', async (t) => {
  const { services } = start();
  const courseId = await drawnUp(services);
  await issued(services, { value: '100' });
  const paymentId = await opened(services, wanted([courseId], { amount: '0', discountCode: 'SPRING' }));
  t.match(await paymentOf(services, paymentId), { status: 'captured', amount: '0.00' });
});

t.test('what can not be sold is refused, and holds nothing', async (t) => {
  const { store, services, open } = start();
  const courseId = await drawnUp(services);
  const deleted = await drawnUp(services);
  await deleteCourse(services)({ actor: ada, courseId: deleted }, contextFor());
  await issued(services, { code: 'GONE' });
  await withdrawCoupon(services)({ actor: root, code: 'GONE' }, contextFor());
  await issued(services, { code: 'OTHER', kind: 'course_specific', courseId: await drawnUp(services) });
  const draft = await drawnUp(services, { published: false });
  const free = await drawnUp(services, { price: '0' });
  const hidden = await drawnUp(services, { organizationId: await founded(services, ada.accountId), organizationPrivate: true });
  const before = await store.head();
  const refusals: readonly (readonly [Parameters<typeof wanted>, string])[] = [
    [[['unknown']], 'course-not-found'],
    [[[deleted]], 'course-not-found'],
    [[[draft]], 'course-not-published'],
    [[[hidden]], 'course-not-found'],
    [[[free], { amount: '0' }], 'course-free'],
    [[[courseId, free]], 'course-free'],
    [[[]], 'nothing-to-buy'],
    [[[courseId, courseId], { amount: '25' }], 'course-listed-twice'],
    [[[courseId], { currency: 'EUR' }], 'currency-mismatch'],
    [[[courseId], { amount: '12.499' }], 'amount-mismatch'],
    [[[courseId], { discountCode: 'NOBODY' }], 'coupon-not-issued'],
    [[[courseId], { discountCode: 'GONE' }], 'coupon-withdrawn'],
    [[[courseId], { discountCode: 'OTHER' }], 'coupon-not-applicable'],
    [[[courseId], { payerId: 'kim' }], 'payment-not-permitted'],
    [[[courseId], { actor: root, payerId: 'nobody' }], 'account-not-found'],
  ];
  for (const [input, rejection] of refusals) t.match(await open(...input), { ok: false, rejection }, rejection);
  t.equal(await store.head(), before);
});

t.test('pitfall 13: a price or coupon that changed after the quote is refused with the right amount', async (t) => {
  const { services, open } = start();
  const courseId = await drawnUp(services);
  await issued(services);
  await changeCourse(services)({ actor: ada, courseId, changes: { price: '20' } }, contextFor());
  t.match(await open([courseId]), { rejection: 'amount-mismatch', details: { amount: '20.00', currency: 'USD' } });
  await changeCoupon(services)({ actor: root, code: 'SPRING', changes: { value: '50' } }, contextFor());
  const stale = await open([courseId], { amount: '16', discountCode: 'SPRING' });
  t.match(stale, { rejection: 'amount-mismatch', details: { amount: '10.00', subtotal: '20.00', discount: '10.00' } });
  t.match(await open([courseId], { amount: '10', discountCode: 'SPRING' }), { ok: true });
});

t.test('pitfall 1: as many purchases as the coupon has uses get it; the others get nothing and hold nothing', async (t) => {
  const { services } = start();
  const [limit, buyers] = [5, 40];
  const courseId = await drawnUp(services, { capacity: buyers });
  await issued(services, { maxUses: limit });
  const students = Array.from({ length: buyers }, (_, index) => ({ accountId: `student${index}`, role: 'student' }) as const);
  const outcomes = await Promise.all(
    students.map((actor) => openPayment(services)(wanted([courseId], { actor, amount: '10', discountCode: 'SPRING' }), contextFor())),
  );
  t.equal(outcomes.filter(({ ok }) => ok).length, limit);
  t.ok(outcomes.every((outcome) => outcome.ok || outcome.rejection === 'coupon-exhausted'));
  const coupon = await couponOf(services);
  t.equal(coupon.status === 'issued' && usesInHand(coupon), limit);
  const holds = await Promise.all(students.map(async ({ accountId }) => (await enrollmentOf(services, courseId, accountId)).hold));
  t.equal(holds.filter((hold) => hold !== null).length, limit);
  const { state: course } = await services.handler.load(aggregates.course, courseId);
  t.match(course, { seatsInUse: limit });
});

t.test('pitfall 11: the second tab is refused and told of the payment that is under way', async (t) => {
  const { services, open, seatsInUse } = start();
  const [one, two] = [await drawnUp(services, { capacity: 9 }), await drawnUp(services, { capacity: 9 })];
  const paymentId = await opened(services, wanted([two]));
  const second = await open([one, two], { amount: '25' });
  t.match(second, { rejection: 'purchase-under-way', details: { paymentId } });
  t.match(await enrollmentOf(services, one), { hold: null }, 'what the second tab had taken is free again');
  t.equal(await seatsInUse(one), 0);
  t.match(await enrollmentOf(services, two), { hold: { paymentId } });
});

t.test('pitfall 17: of many posts of the same purchase one opens a payment, the others name it', async (t) => {
  const { services, open } = start();
  const courseId = await drawnUp(services);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => open([courseId])));
  const ids = outcomes.map((outcome) => (outcome.ok ? outcome.value.paymentId : outcome.details?.['paymentId']));
  t.equal(new Set(ids).size, 1);
  t.equal(outcomes.filter(({ ok }) => ok).length, 1);
});

t.test('pitfall 17: the same command makes one payment, however often it is sent', async (t) => {
  const { store, services } = start();
  const courseId = await drawnUp(services);
  const context = contextFor();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => openPayment(services)(wanted([courseId]), context)));
  const ids = new Set(outcomes.map((outcome) => outcome.ok && outcome.value.paymentId));
  t.equal(ids.size, 1);
  t.same(await typesIn(store, `payment-${String([...ids][0])}`), ['PaymentOpened', 'PaymentCaptureRequested']);
});

t.test('what one owns is not sold again', async (t) => {
  const { services, open } = start();
  const courseId = await drawnUp(services);
  const grant = { type: 'GrantAccess', data: { studentId: 'sam', courseId, grantId: 'gift', source: 'staff', at } } as const;
  await services.handler.handle(aggregates.enrollment, `sam.${courseId}`, grant, contextFor());
  t.match(await open([courseId]), { rejection: 'already-enrolled' });
  t.match(await open([courseId], { actor: kim }), { ok: true });
});

t.test('a course without a free seat is refused, and the other courses of the purchase are free again', async (t) => {
  const { services, open, seatsInUse } = start();
  const full = await drawnUp(services, { capacity: 1 });
  const other = await drawnUp(services, { capacity: 1 });
  await opened(services, wanted([full], { actor: kim }));
  t.match(await open([full, other], { amount: '25' }), { rejection: 'course-full' });
  t.match(await enrollmentOf(services, other), { hold: null });
  t.match(await enrollmentOf(services, full), { hold: null });
  t.equal(await seatsInUse(other), 0);
});

t.test('a purchase that was refused half-way is not opened by a repeat, and its holds stay free', async (t) => {
  const { services } = start();
  const full = await drawnUp(services, { capacity: 1 });
  await opened(services, wanted([full], { actor: kim }));
  const context = contextFor();
  t.match(await openPayment(services)(wanted([full]), context), { rejection: 'course-full' });
  await changeCourse(services)({ actor: ada, courseId: full, changes: { capacity: 2 } }, contextFor());
  t.match(await openPayment(services)(wanted([full]), context), { rejection: 'payment-already-ended' });
  t.match(await openPayment(services)(wanted([full]), contextFor()), { ok: true });
});

t.test('a repeat after the process died at any step makes the same payment', async (t) => {
  const whole = async (death: ConstructorParameters<typeof MortalEventStore<DomainEvent>>[1]) => {
    const store = new MemoryEventStore<DomainEvent>();
    const before = servicesOver(store);
    const courseId = await drawnUp(before, { capacity: 2 });
    await issued(before, { maxUses: 1 });
    const input = wanted([courseId], { amount: '10', discountCode: 'SPRING' });
    const context = contextFor();
    const mortal = new MortalEventStore(store, death);
    const first = await openPayment(servicesOver(mortal))(input, context).catch(() => undefined);
    const again = servicesOver(store);
    const repeated = await openPayment(again)(input, context);
    t.match(repeated, { ok: true });
    if (first?.ok === true && repeated.ok) t.equal(first.value.paymentId, repeated.value.paymentId);
    t.match(await couponOf(again), { reserved: 1 });
    const { state: course } = await again.handler.load(aggregates.course, courseId);
    t.match(course, { seatsInUse: 1 });
    if (repeated.ok) t.match(await paymentOf(again, repeated.value.paymentId), { status: 'opened' });
    return mortal.appends;
  };
  const appends = await whole(null);
  t.equal(appends, 5);
  for (let atAppend = 1; atAppend <= appends; atAppend += 1) {
    for (const afterwards of [false, true]) await whole({ atAppend, afterwards });
  }
});

t.test('a repeat whose price has changed since the crash ends the payment, so that its holds are given back', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const courseId = await drawnUp(services);
  const context = contextFor();
  const dying = servicesOver(new MortalEventStore(store, { atAppend: 1, afterwards: true }));
  await t.rejects(openPayment(dying)(wanted([courseId]), context));
  await changeCourse(services)({ actor: ada, courseId, changes: { price: '20' } }, contextFor());
  const again = servicesOver(store);
  const { hold } = await enrollmentOf(again, courseId);
  t.match(await openPayment(again)(wanted([courseId]), context), { rejection: 'amount-mismatch' });
  t.match(await paymentOf(again, hold?.paymentId ?? ''), { status: 'expired', quote: null });
});

t.test('an admin opens a payment in the name of an account', async (t) => {
  const { services } = start();
  const courseId = await drawnUp(services);
  t.match(await openPayment(services)(wanted([courseId], { actor: { ...root, accountId: 'sam' } }), contextFor()), { ok: true });
  t.match(await openPayment(services)(wanted([courseId], { actor: sam, payerId: 'kim' }), contextFor()), { rejection: 'payment-not-permitted' });
});
