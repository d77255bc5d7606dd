import t from 'tap';
import { couponDecider, type CouponCommand } from '../../src/domain/coupon/decider.js';
import type { CouponEvent } from '../../src/domain/coupon/events.js';
import { courseDecider, type CourseCommand } from '../../src/domain/course/decider.js';
import type { CourseEvent } from '../../src/domain/course/events.js';
import type { Decider } from '../../src/domain/kernel/decider.js';
import { enrollmentDecider, hasAccess, type EnrollmentCommand } from '../../src/domain/enrollment/decider.js';
import type { EnrollmentEvent } from '../../src/domain/enrollment/events.js';
import { compareMoney, sumMoney } from '../../src/domain/kernel/money.js';
import { paymentDecider, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent } from '../../src/domain/payment/events.js';
import * as course from './course-examples.js';
import * as payment from './payment-examples.js';
import { couponTerms } from './purchase-simulation.js';
import { fc } from '../fixtures/properties.js';

const { at, holdUntil } = course;

/** Carries the commands out one after another and looks at everything that happened after each of them. */
const always = <State, Command, Event, Rejection extends string>(
  decider: Decider<State, Command, Event, Rejection>,
  commands: readonly Command[],
  holds: (events: readonly Event[], state: State) => boolean,
): boolean => {
  const events: Event[] = [];
  let state = decider.initialState();
  return commands.every((command) => {
    const decision = decider.decide(command, state);
    if (decision.ok) {
      events.push(...decision.events);
      state = decision.events.reduce(decider.evolve, state);
    }
    return holds(events, state);
  });
};

const count = (events: readonly { type: string }[], ...types: string[]): number =>
  events.filter(({ type }) => types.includes(type)).length;

const paymentIds = fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6');
const manyOf = <Command>(...commands: fc.Arbitrary<Command>[]) => fc.array(fc.oneof(...commands), { maxLength: 60, size: 'max' });

const issue: CouponCommand = {
  type: 'IssueCoupon',
  data: { couponId: 'coupon', code: 'SPRING', terms: couponTerms(2), issuedBy: 'admin', at },
};
const lines = [{ courseId: 'course', listPrice: '20.00' }];
const couponCommands = manyOf<CouponCommand>(
  paymentIds.map((paymentId) => {
    const wanted = { paymentId, accountId: 'student', lines, currency: 'EUR', expectedDiscount: '2.00', holdUntil, at };
    return { type: 'ReserveCoupon', data: wanted };
  }),
  paymentIds.map((paymentId) => ({ type: 'RedeemCoupon', data: { paymentId, at } })),
  paymentIds.map((paymentId) => ({ type: 'ReleaseCoupon', data: { paymentId, reason: 'declined', at } })),
  paymentIds.map((paymentId) => ({ type: 'ReverseCouponRedemption', data: { paymentId, reason: 'refunded', at } })),
  fc.integer({ min: 1, max: 4 }).map((maxUses) => ({ type: 'ChangeCouponTerms', data: { terms: couponTerms(maxUses), at } })),
);

const limitOf = (events: readonly CouponEvent[]): number => {
  const terms = events.flatMap((event) => (event.type === 'CouponIssued' || event.type === 'CouponTermsChanged' ? [event.data.terms] : []));
  return terms.at(-1)?.maxUses ?? 0;
};

t.test('pitfall 1: no sequence of commands uses a coupon above its limit', async () => {
  fc.assert(
    fc.property(couponCommands, (commands) =>
      always(couponDecider, [issue, ...commands], (events) => {
        const uses = count(events, 'CouponReserved') - count(events, 'CouponReleased', 'CouponRedemptionReversed');
        return uses >= 0 && uses <= limitOf(events);
      }),
    ),
    { numRuns: 300 },
  );
});

t.test('pitfall 3: in any interleaving of release and redemption, what is spent is what was redeemed less what was reversed', async () => {
  fc.assert(
    fc.property(couponCommands, (commands) =>
      always(couponDecider, [issue, ...commands], (events, state) => {
        if (state.status === 'not-issued') return events.length === 0;
        const redeemed = count(events, 'CouponRedeemed') - count(events, 'CouponRedemptionReversed');
        const reserved = count(events, 'CouponReserved') - count(events, 'CouponReleased', 'CouponRedeemed');
        return state.redeemed === redeemed && state.reserved === reserved;
      }),
    ),
    { numRuns: 200 },
  );
});

t.test('pitfall 4: no sequence of commands spends more than one use for one payment', async () => {
  fc.assert(
    fc.property(couponCommands, (commands) =>
      always(couponDecider, [issue, ...commands], (events) => {
        const spenders = events.flatMap((event) => (event.type === 'CouponRedeemed' ? [event.data.paymentId] : []));
        return new Set(spenders).size === spenders.length;
      }),
    ),
    { numRuns: 200 },
  );
});

const refundIds = fc.constantFrom('r1', 'r2', 'r3', 'r4');
const amounts = fc.oneof(fc.constant(null), fc.integer({ min: -1_000, max: 12_000 }).map((cents) => (cents / 100).toFixed(2)));
const paymentCommands = manyOf<PaymentCommand>(
  fc.constantFrom(payment.recordCapture(), payment.recordDecline, payment.recordCash, payment.cancel, payment.expire),
  fc.tuple(amounts, refundIds).map(([amount, refundId]) => payment.requestRefund(amount, refundId)),
  refundIds.map(payment.recordRefund),
  refundIds.map(payment.recordRefundFailure),
);
const amountsOf = (events: readonly PaymentEvent[], ...types: PaymentEvent['type'][]): string[] =>
  events.flatMap(({ type, data }) => (types.includes(type) && 'amount' in data ? [data.amount] : []));

t.test('pitfall 12: no sequence of commands refunds more than was captured', async () => {
  const openings = fc.constantFrom(payment.open('card'), payment.open('cash'));
  fc.assert(
    fc.property(openings, paymentCommands, (open, commands) =>
      always(paymentDecider, [open, payment.recordCapture(), ...commands], (events) => {
        const captures = amountsOf(events, 'PaymentCaptured', 'PaymentCapturedLate');
        const captured = sumMoney(captures, 'EUR');
        const refunds = amountsOf(events, 'PaymentRefunded');
        const full = events.some((event) => event.type === 'PaymentRefunded' && event.data.full);
        const left = compareMoney(captured, sumMoney(refunds, 'EUR'));
        return (
          captures.length <= 1 &&
          left >= 0 &&
          [...refunds, ...amountsOf(events, 'PaymentRefundRequested')].every((amount) => compareMoney(amount, '0') > 0) &&
          full === (refunds.length > 0 && left === 0)
        );
      }),
    ),
    { numRuns: 300 },
  );
});

t.test('pitfall 10: no sequence of commands gives a payment two outcomes', async () => {
  fc.assert(
    fc.property(paymentCommands, (commands) =>
      always(paymentDecider, [payment.open(), ...commands], (events) => {
        const outcomes = count(events, 'PaymentCaptured', 'PaymentDeclined', 'PaymentCancelled', 'PaymentExpired');
        return outcomes <= 1 && count(events, 'PaymentCapturedLate') <= 1;
      }),
    ),
    { numRuns: 200 },
  );
});

const pair = { studentId: 'student', courseId: 'course' };
const enrollmentCommands = manyOf<EnrollmentCommand>(
  paymentIds.map((paymentId) => ({ type: 'HoldEnrollment', data: { ...pair, paymentId, holdUntil, at } })),
  paymentIds.map((paymentId) => ({ type: 'ReleaseEnrollmentHold', data: { ...pair, paymentId, reason: 'declined', at } })),
  paymentIds.map((grantId) => ({ type: 'GrantAccess', data: { ...pair, grantId, source: 'payment', at } })),
  paymentIds.map((grantId) => ({ type: 'RevokeAccess', data: { ...pair, grantId, reason: 'refunded', at } })),
);
const liveGrants = (events: readonly EnrollmentEvent[]): number => {
  const live = new Set<string>();
  for (const { type, data } of events) {
    if (type === 'AccessGranted') live.add(data.grantId);
    if (type === 'AccessRevoked') live.delete(data.grantId);
  }
  return live.size;
};

t.test('pitfall 16: there is access if and only if a grant is live', async () => {
  fc.assert(
    fc.property(enrollmentCommands, (commands) =>
      always(enrollmentDecider, commands, (events, state) => {
        const announced = count(events, 'StudentEnrolled') - count(events, 'EnrollmentEnded');
        const live = liveGrants(events) > 0;
        return hasAccess(state) === live && announced === (live ? 1 : 0);
      }),
    ),
    { numRuns: 300 },
  );
});

t.test('pitfall 11: at most one purchase of a course by a student is under way', async () => {
  fc.assert(
    fc.property(enrollmentCommands, (commands) =>
      always(enrollmentDecider, commands, (events) => {
        const under = new Set<string>();
        for (const { type, data } of events) {
          if (type === 'EnrollmentHeld') under.add(data.paymentId);
          if (type === 'EnrollmentHoldReleased') under.delete(data.paymentId);
          if (type === 'AccessGranted') under.delete(data.grantId);
        }
        return under.size <= 1;
      }),
    ),
    { numRuns: 200 },
  );
});

const courseCommands = manyOf<CourseCommand>(
  paymentIds.map(course.reserveSeat),
  paymentIds.map(course.takeSeat),
  paymentIds.map(course.occupySeat),
  paymentIds.map(course.releaseSeat),
  fc.integer({ min: 1, max: 4 }).map((capacity) => ({ type: 'ChangeCourseCapacity', data: { actor: course.owner, capacity, at } })),
);
const capacityOf = (events: readonly CourseEvent[]): number => {
  const capacities = events.flatMap(({ type, data }) =>
    type === 'CourseCreated' || type === 'CourseCapacityChanged' ? [data.capacity ?? 0] : [],
  );
  return capacities.at(-1) ?? 0;
};

t.test('pitfall 15: no sequence of commands sells or holds more seats than there are', async () => {
  const create = course.create({ capacity: 2, published: true });
  fc.assert(
    fc.property(courseCommands, (commands) =>
      always(courseDecider, [create, ...commands], (events) => {
        const used = count(events, 'CourseSeatReserved') + count(events, 'CourseSeatOccupied');
        const inUse = used - count(events, 'CourseSeatReleased');
        return inUse >= 0 && inUse <= capacityOf(events);
      }),
    ),
    { numRuns: 300 },
  );
});
