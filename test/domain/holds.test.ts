import t from 'tap';
import { usesInHand } from '../../src/domain/coupon/decider.js';
import { hasAccess } from '../../src/domain/enrollment/decider.js';
import { isFullyRefunded } from '../../src/domain/payment/decider.js';
import * as payment from './payment-examples.js';
import { couponTerms, PurchaseSimulation } from './purchase-simulation.js';
import { fc } from '../fixtures/properties.js';

type Action = (world: PurchaseSimulation) => void;

const purchaseOf = (world: PurchaseSimulation, index: number) => world.purchases[index % Math.max(1, world.purchases.length)];

const indexes = fc.nat(7);
const outcomes = fc.constantFrom(
  payment.recordCapture('18.00'),
  payment.recordDecline,
  payment.recordCash,
  payment.cancel,
  payment.requestRefund(null),
  payment.requestRefund('5.00', 'part'),
  payment.recordRefund(),
  payment.recordRefund('part'),
  payment.recordRefundFailure(),
);
const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('ada', 'bob', 'eve'), fc.constantFrom('card' as const, 'cash' as const)).map(
    ([student, method]): Action => (world) => world.begin(student, method),
  ) },
  { weight: 6, arbitrary: indexes.map((index): Action => (world) => {
    const purchase = purchaseOf(world, index);
    if (purchase !== undefined) world.step(purchase);
  }) },
  { weight: 4, arbitrary: fc.tuple(indexes, outcomes).map(([index, command]): Action => (world) => {
    const purchase = purchaseOf(world, index);
    if (purchase !== undefined) world.payment(purchase.paymentId, command);
  }) },
  { weight: 1, arbitrary: indexes.map((index): Action => (world) => {
    const purchase = purchaseOf(world, index);
    if (purchase === undefined) return;
    const { paymentId } = purchase;
    world.payment(paymentId, { type: 'ExpirePayment', data: { paymentId, at: payment.at } });
  }) },
  { weight: 4, arbitrary: fc.constant<Action>((world) => world.handleNext()) },
  { weight: 1, arbitrary: fc.nat(60).map((index): Action => (world) => world.handle(index)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((maxUses): Action => (world) => {
    world.coupon({ type: 'ChangeCouponTerms', data: { terms: couponTerms(maxUses), at: payment.at } });
  }) },
);
const workloads = fc.array(actions, { maxLength: 120, size: 'max' });

const play = (workload: readonly Action[], maxUses = 2, capacity = 2): PurchaseSimulation => {
  const world = new PurchaseSimulation(maxUses, capacity);
  for (const action of workload) action(world);
  world.settle();
  return world;
};

const standing = (world: PurchaseSimulation) => {
  const coupon = world.coupons.state('SPRING');
  const course = world.courses.state('course');
  if (coupon.status === 'not-issued' || course.status === 'none') throw new Error('the world has a coupon and a course');
  const seats = [...course.seats.entries()].map(([, { status }]) => status);
  return { coupon, course, seats, students: world.enrollments.states() };
};

t.test('no workload leaves a hold for ever: the timeout of each one ends it', async () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const { coupon, seats, students } = standing(play(workload));
      return coupon.reserved === 0 && !seats.includes('reserved') && students.every(({ hold }) => hold === null);
    }),
    { numRuns: 400 },
  );
});

t.test('pitfall 7: after all, uses, seats and access are those of the payments that are captured and not given back', async () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const world = play(workload);
      const { coupon, course, students } = standing(world);
      const paid = world.payments.states().filter((state) => state.status === 'captured' && !isFullyRefunded(state)).length;
      return usesInHand(coupon) === paid && course.seatsInUse === paid && students.filter(hasAccess).length === paid;
    }),
    { numRuns: 400 },
  );
});

t.test('pitfall 11: money that came late has gone back in full', async () => {
  fc.assert(
    fc.property(workloads, (workload) =>
      play(workload).payments.states().every((state) => state.status !== 'captured-late' || isFullyRefunded(state)),
    ),
    { numRuns: 200 },
  );
});

t.test('a process that dies after any step of opening a payment leaves nothing held', async (t) => {
  for (const walked of [1, 2, 3, 4]) {
    const world = play([
      (started) => started.begin('ada', 'card'),
      ...Array.from({ length: walked }, (): Action => (started) => {
        const purchase = started.purchases[0];
        if (purchase !== undefined) started.step(purchase);
      }),
    ]);
    const { coupon, course, students } = standing(world);
    t.strictSame([usesInHand(coupon), course.seatsInUse], [0, 0], `after step ${walked}`);
    t.ok(students.every(({ status, hold }) => status === 'not-enrolled' && hold === null));
  }
});

t.test('a hold that is taken after the payment ended is released as well', async (t) => {
  const world = new PurchaseSimulation(2, 2);
  world.begin('ada', 'card');
  const [purchase] = world.purchases;
  if (purchase === undefined) throw new Error('a purchase was begun');
  world.step(purchase);
  world.settle();
  world.step(purchase);
  world.step(purchase);
  t.equal(standing(world).coupon.reserved, 1);
  world.settle();
  t.match(standing(world), { coupon: { reserved: 0 }, course: { seatsInUse: 0 } });
});
