import t from 'tap';
import type { DomainEvent, EventOfType, EventType } from '../../../src/domain/events.js';
import { checkoutProcess, type Checkout } from '../../../src/processes/checkout/checkout.js';
import type { ProcessCommand, TimerElapsed } from '../../../src/processes/process.js';
import { quoteOf } from '../../fixtures/quotes.js';

const now = '2026-03-01T12:00:00.000Z';
const until = '2026-03-01T12:15:00.000Z';
const paymentId = 'p1';
const studentId = 's1';
const quote = quoteOf([['c1', '30.00', '3.00', 'One'], ['c2', '10.00', '1.00', 'Two']], { couponCode: 'SAVE10' });

const event = <T extends EventType>(type: T, data: EventOfType<T>['data']) => ({ type, data });

const seat = { courseId: 'c1', holdId: paymentId, studentId };
const couponReserved = event('CouponReserved', {
  couponId: 'k1', code: 'SAVE10', paymentId, accountId: studentId, discount: '4.00', currency: 'USD', holdUntil: until, reservedAt: now,
});
const seatReserved = event('CourseSeatReserved', { ...seat, holdUntil: until, reservedAt: now });
const enrollmentHeld = (courseId: string) => event('EnrollmentHeld', { studentId, courseId, paymentId, holdUntil: until, heldAt: now });
const opened = event('PaymentOpened', { paymentId, payerId: studentId, method: 'card', quote, expiresAt: until, openedAt: now });
const captured = event('PaymentCaptured', { paymentId, amount: '36.00', currency: 'USD', reference: 'r', capturedAt: now });
const declined = event('PaymentDeclined', { paymentId, reason: 'no', declinedAt: now });
const cancelled = event('PaymentCancelled', { paymentId, cancelledBy: studentId, reason: null, cancelledAt: now });
const expired = event('PaymentExpired', { paymentId, expiredAt: now });
const capturedLate = event('PaymentCapturedLate', { paymentId, amount: '36.00', currency: 'USD', reference: 'r', capturedAt: now });
const refunded = (amount: string, full: boolean) =>
  event('PaymentRefunded', { paymentId, refundId: 'f1', amount, currency: 'USD', full, reference: null, refundedAt: now });
const timer: TimerElapsed = { type: 'TimerElapsed', data: { dueAt: until } };

const holds = [enrollmentHeld('c1'), enrollmentHeld('c2'), seatReserved, couponReserved] as const;

/** Given what the process took in before, what does it do about the next? */
const given = (...before: readonly (DomainEvent | TimerElapsed)[]) => {
  const state = before.reduce<Checkout>(
    (folded, input) => checkoutProcess.react(folded, input, now).state,
    checkoutProcess.initialState(paymentId),
  );
  return { when: (input: DomainEvent | TimerElapsed) => checkoutProcess.react(state, input, now) };
};

const shown = (commands: readonly ProcessCommand[]): readonly string[] =>
  commands.map(({ aggregate, id, command }) => `${command.type} ${aggregate}-${id}`);

const releases = (reason: string): readonly ProcessCommand[] => [
  { aggregate: 'coupon', id: 'SAVE10', command: { type: 'ReleaseCoupon', data: { paymentId, reason, at: now } } },
  { aggregate: 'course', id: 'c1', command: { type: 'ReleaseSeat', data: { holdId: paymentId, reason, at: now } } },
  ...['c1', 'c2'].map(
    (courseId) =>
      ({
        aggregate: 'enrollment',
        id: `s1.${courseId}`,
        command: { type: 'ReleaseEnrollmentHold', data: { studentId, courseId, paymentId, reason, at: now } },
      }) as const,
  ),
];

const voids = (reason: string): ProcessCommand => ({
  aggregate: 'invoice',
  id: paymentId,
  command: { type: 'VoidUnpaidInvoice', data: { paymentId, reason, at: now } },
});

t.test('the first hold sets the timeout, and a later one does not push it back', async (t) => {
  t.match(given().when(couponReserved), { commands: [], dueAt: until });
  const later = { ...enrollmentHeld('c1'), data: { ...enrollmentHeld('c1').data, holdUntil: '2026-03-02T00:00:00.000Z' } };
  t.match(given(couponReserved).when(later), { commands: [], dueAt: until });
});

t.test('a payment that is opened waits until it expires', async (t) => {
  t.match(given(...holds).when(opened), { commands: [], dueAt: until, state: { status: 'opened' } });
});

t.test('the timeout asks the payment to expire, and nothing else: its stream decides', async (t) => {
  for (const before of [[...holds], [...holds, opened]]) {
    const reaction = given(...before).when(timer);
    t.same(reaction.commands, [{ aggregate: 'payment', id: paymentId, command: { type: 'ExpirePayment', data: { paymentId, at: now } } }]);
    t.equal(reaction.dueAt, null);
  }
});

t.test('a timeout that comes after the capture does nothing', async (t) => {
  t.match(given(...holds, opened, captured).when(timer), { commands: [], dueAt: null });
});

t.test('a capture redeems the coupon, enrolls in each course, takes the seats, empties the cart and asks for the invoice', async (t) => {
  const reaction = given(...holds, opened).when(captured);
  t.same(shown(reaction.commands), [
    'RedeemCoupon coupon-SAVE10',
    'GrantAccess enrollment-s1.c1',
    'GrantAccess enrollment-s1.c2',
    'TakeSeat course-c1',
    'CheckOutCart cart-s1',
    'InvoicePayment invoice-p1',
  ]);
  t.equal(reaction.dueAt, null);
  t.match(reaction.commands[1]?.command.data, { source: 'payment', grantId: paymentId });
  t.same(reaction.commands.at(-1)?.command.data, { paymentId, at: now });
});

t.test('a purchase without a coupon redeems none', async (t) => {
  const reaction = given(enrollmentHeld('c1'), opened).when(captured);
  t.same(shown(reaction.commands), ['GrantAccess enrollment-s1.c1', 'CheckOutCart cart-s1', 'InvoicePayment invoice-p1']);
});

t.test('an opening that comes after the end opens nothing', async (t) => {
  for (const before of [[...holds, timer, expired], [...holds, opened, captured, refunded('36.00', true)]]) {
    const reaction = given(...before).when(opened);
    t.match(reaction, { commands: [], dueAt: null, ignored: /ended/u });
    t.not(reaction.state.status, 'opened');
  }
});

t.test('what a coupon paid for in full is a grant of the coupon', async (t) => {
  for (const total of ['0.00', '0']) {
    const free = { ...opened, data: { ...opened.data, quote: { ...quote, total, discount: '40.00' } } };
    const reaction = given(...holds, free).when({ ...captured, data: { ...captured.data, amount: total } });
    t.match(reaction.commands[1]?.command.data, { source: 'coupon', grantId: paymentId });
  }
});

t.test('pitfall 7: decline, cancellation and expiry give back every hold', async (t) => {
  const ends = [[declined, 'payment-declined'], [cancelled, 'payment-cancelled'], [expired, 'payment-expired']] as const;
  for (const [end, reason] of ends) {
    const reaction = given(...holds, opened).when(end);
    t.same(reaction.commands.slice(0, -1), releases(reason), end.type);
    t.same(reaction.commands.at(-1), voids(reason), 'issue 9.13: with the invoice that a person made for it, if any');
    t.equal(reaction.dueAt, null);
  }
});

t.test('holds whose payment was never opened are given back when it expires', async (t) => {
  t.same(given(...holds, timer).when(expired).commands, releases('payment-expired'));
});

t.test('a hold that comes in after the end is given back at once', async (t) => {
  const ended = given(...holds, opened, declined);
  t.same(shown(ended.when(couponReserved).commands), ['ReleaseCoupon coupon-SAVE10']);
  t.same(shown(ended.when(seatReserved).commands), ['ReleaseSeat course-c1']);
  t.same(shown(ended.when(enrollmentHeld('c1')).commands), ['ReleaseEnrollmentHold enrollment-s1.c1']);
});

t.test('pitfall 5: a payment that was captured is not undone by what arrives later', async (t) => {
  for (const late of [declined, cancelled, expired]) {
    t.same(given(...holds, opened, captured).when(late).commands, [], late.type);
  }
});

t.test('pitfall 11: money that comes after the end is refunded', async (t) => {
  const reaction = given(...holds, opened, expired).when(capturedLate);
  t.match(reaction.commands, [{ aggregate: 'payment', command: { type: 'RequestRefund', data: { amount: null, refundId: 'late-p1' } } }]);
  const given2 = given(...holds, opened, expired, capturedLate).when(refunded('36.00', true));
  t.same(given2.commands, [], 'nothing was invoiced or granted, so nothing is taken back');
});

const refundFailed = (outcome: 'refused' | 'unknown', refundId = `late-${paymentId}`) =>
  event('PaymentRefundFailed', { paymentId, refundId, amount: '36.00', currency: 'USD', reason: 'closed', outcome, failedAt: now });
const elapsed = (dueAt: string): TimerElapsed => ({ type: 'TimerElapsed', data: { dueAt } });

t.test('pitfall 11: late money whose refund was refused is asked back again, after an hour, two, four, and then weekly', async (t) => {
  const late = [...holds, opened, expired, capturedLate, refundFailed('refused')] as const;
  const [again, twice] = ['2026-03-01T13:00:00.000Z', '2026-03-01T14:00:00.000Z'];
  t.match(given(...late.slice(0, -1)).when(refundFailed('refused')), { commands: [], dueAt: again });
  const asked = given(...late).when(elapsed(again));
  t.strictSame(shown(asked.commands), [`RequestRefund payment-${paymentId}`]);
  t.match(asked, { commands: [{ command: { data: { refundId: `late-${paymentId}-2`, amount: null } } }], dueAt: null });
  t.match(given(...late, elapsed(again)).when(refundFailed('refused', `late-${paymentId}-2`)), { commands: [], dueAt: twice });
  const often = Array.from({ length: 20 }, () => [refundFailed('refused'), elapsed(again)] as const).flat();
  t.match(given(...late, ...often).when(refundFailed('refused')), { dueAt: '2026-03-08T12:00:00.000Z' });
});

t.test('late money: a refund without an answer is not repeated, for it may have gone through', async (t) => {
  const late = [...holds, opened, expired, capturedLate] as const;
  const unanswered = given(...late).when(refundFailed('unknown'));
  t.match(unanswered, { commands: [], dueAt: null, ignored: /operator/u });
  t.match(given(...late, refundFailed('unknown')).when(refundFailed('refused', 'another')), { commands: [], dueAt: null });
  t.match(given(...late, refundFailed('refused')).when(refunded('36.00', true)), { commands: [], dueAt: null });
});

t.test('a refund of money that came in time and failed is for whoever asked for it', async (t) => {
  t.match(given(...holds, opened, captured).when(refundFailed('refused', 'f1')), { commands: [], dueAt: null, ignored: /asked/u });
});

t.test('a partial refund is credited, and takes nothing away', async (t) => {
  const reaction = given(...holds, opened, captured).when(refunded('10.00', false));
  t.same(shown(reaction.commands), ['CreditRefund invoice-f1']);
  t.same(reaction.commands[0]?.command.data, { paymentId, refundId: 'f1', amount: '10.00', at: now });
  t.match(reaction, { state: { status: 'captured' } });
});

t.test('pitfall 7: a full refund takes access back, frees the seat and gives the coupon’s use back', async (t) => {
  const reaction = given(...holds, opened, captured, refunded('10.00', false)).when(refunded('26.00', true));
  t.same(shown(reaction.commands), [
    'CreditRefund invoice-f1',
    'RevokeAccess enrollment-s1.c1',
    'RevokeAccess enrollment-s1.c2',
    'ReverseCouponRedemption coupon-SAVE10',
    'ReleaseSeat course-c1',
  ]);
});

t.test('issue 9.18: a refund that names courses takes back these alone, and the last one what is left', async (t) => {
  const { data } = refunded('27.00', false);
  const ofOne = event('PaymentRefunded', { ...data, courseIds: ['c1'] });
  const reaction = given(...holds, opened, captured).when(ofOne);
  t.same(shown(reaction.commands), ['CreditRefund invoice-f1', 'RevokeAccess enrollment-s1.c1', 'ReleaseSeat course-c1']);
  t.match(reaction.state, { status: 'captured', couponCode: 'SAVE10', enrollments: [{ courseId: 'c2' }], seats: [] });
  const last = given(...holds, opened, captured, ofOne).when(refunded('9.00', true));
  t.same(shown(last.commands), ['CreditRefund invoice-f1', 'RevokeAccess enrollment-s1.c2', 'ReverseCouponRedemption coupon-SAVE10']);
});

t.test('a refund of a payment that was not captured, or is refunded already, is nothing to the purchase', async (t) => {
  const undone = [...holds, opened, captured, refunded('36.00', true)] as const;
  for (const before of [[...holds], [...holds, opened], [...holds, opened, declined], undone]) {
    for (const full of [false, true]) {
      const reaction = given(...before).when(refunded('36.00', full));
      t.same(reaction.commands, []);
      t.match(reaction, { ignored: /the checkout is/u });
    }
  }
});

t.test('a capture counts once, and only while the payment is open', async (t) => {
  for (const before of [[...holds], [...holds, opened, captured], [...holds, opened, declined]]) {
    t.same(given(...before).when(captured).commands, []);
  }
});

t.test('no step carries amounts or titles along', async (t) => {
  const { state, commands } = given(...holds, opened).when(captured);
  const kept = JSON.stringify([state, commands]);
  for (const { title } of quote.lines) t.notOk(kept.includes(title));
  t.notOk(kept.includes(quote.total));
});

t.test('seats that are taken, and free ones, wait for no payment', async (t) => {
  t.equal(checkoutProcess.correlate(event('CourseSeatTaken', { ...seat, takenAt: now })), null);
  t.equal(checkoutProcess.correlate(event('CourseSeatOccupied', { ...seat, occupiedAt: now })), null);
});

t.test('events of one purchase find its process, others do not', async (t) => {
  for (const input of [...holds, opened, captured, declined, expired]) t.equal(checkoutProcess.correlate(input), paymentId);
  t.equal(checkoutProcess.correlate(event('CourseDeleted', { courseId: 'c1', deletedAt: now })), null);
});
