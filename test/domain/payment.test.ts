import t from 'tap';
import { isFullyRefunded, paymentDecider, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent } from '../../src/domain/payment/events.js';
import { given, stateAfter } from './decider-specification.js';
import * as example from './payment-examples.js';

const { at, paymentId, cancel, expire, recordCapture, recordCash, recordDecline, quoteOf } = example;
const { captured, capturedLate, captureRequested, cancelled, declined, expired, opened } = example;
const card = [opened(), captureRequested];
const cash = [opened('cash')];
const ends: readonly PaymentEvent[] = [declined, cancelled, expired];

t.test('opening', async (t) => {
  t.test('a card or wallet payment is opened and its capture requested in one', async () => {
    given(paymentDecider).when(example.open()).then([opened(), captureRequested]);
    given(paymentDecider).when(example.open('wallet')).then([opened('wallet'), captureRequested]);
  });
  t.test('a cash payment waits for the money', async () => {
    given(paymentDecider).when(example.open('cash')).then([opened('cash')]);
  });
  t.test('a payment of nothing is captured at once, whatever the method', async () => {
    const nothing = quoteOf('0.00');
    for (const method of ['card', 'wallet', 'cash'] as const) {
      given(paymentDecider).when(example.open(method, nothing)).then([opened(method, nothing), captured('0.00', null)]);
    }
  });
  t.test('a repeat opens nothing', async () => {
    given(paymentDecider, card).when(example.open()).thenNothing();
    given(paymentDecider, [...card, captured()]).when(example.open()).thenNothing();
  });
  t.test('a payment that ended, even before it was opened, is not opened any more', async () => {
    given(paymentDecider, [expired]).when(example.open()).thenRefused('payment-already-ended', { status: 'expired' });
    given(paymentDecider, [...card, declined]).when(example.open()).thenRefused('payment-already-ended', { status: 'declined' });
  });
  t.test('a quote whose amounts do not agree is refused', async () => {
    const quote = quoteOf('100.00');
    for (const wrong of [{ total: '90.00' }, { discount: '1.00' }, { subtotal: '100' }, { currency: 'JPY' }]) {
      given(paymentDecider).when(example.open('card', { ...quote, ...wrong })).thenRefused('quote-inconsistent');
    }
    const lines = [{ courseId: 'course', title: 'Course', listPrice: '100.00', discount: '110.00', total: '-10.00' }];
    const negative = { ...quote, lines, discount: '110.00', total: '-10.00' };
    given(paymentDecider).when(example.open('card', negative)).thenRefused('quote-inconsistent');
  });
});

t.test('outcomes', async (t) => {
  t.test('money that the gateway took is captured', async () => {
    given(paymentDecider, card).when(recordCapture()).then([captured()]);
  });
  t.test('pitfall 8: the second report of a capture captures nothing', async () => {
    given(paymentDecider, [...card, captured()]).when(recordCapture()).thenNothing();
    given(paymentDecider, [...card, expired, capturedLate]).when(recordCapture()).thenNothing();
  });
  t.test('pitfall 13: a capture of another amount or currency than was quoted is refused with the right one', async () => {
    const right = { amount: '100.00', currency: 'EUR' };
    given(paymentDecider, card).when(recordCapture('99.99')).thenRefused('amount-mismatch', right);
    given(paymentDecider, card).when(recordCapture('100.00', 'USD')).thenRefused('amount-mismatch', right);
  });
  t.test('pitfall 9: an outcome of a payment that was never opened is refused, so that it is told again', async () => {
    const refund = [example.requestRefund(null), example.recordRefund(), example.recordRefundFailure()];
    for (const command of [recordCapture(), recordDecline, recordCash, cancel, ...refund]) {
      given(paymentDecider).when(command).thenRefused('payment-not-opened');
    }
  });
  t.test('the gateway can decline', async () => {
    given(paymentDecider, card).when(recordDecline).then([declined]);
  });
  t.test('cash is captured when an admin has it in hand, once', async () => {
    given(paymentDecider, cash).when(recordCash).then([captured('100.00', null)]);
    given(paymentDecider, [...cash, captured('100.00', null)]).when(recordCash).thenNothing();
  });
  t.test('cash and gateway payments are not mixed up', async () => {
    given(paymentDecider, card).when(recordCash).thenRefused('payment-method-mismatch', { method: 'card' });
    given(paymentDecider, [...card, captured()]).when(recordCash).thenRefused('payment-method-mismatch', { method: 'card' });
    given(paymentDecider, cash).when(recordCapture()).thenRefused('payment-method-mismatch', { method: 'cash' });
    given(paymentDecider, cash).when(recordDecline).thenRefused('payment-method-mismatch', { method: 'cash' });
  });
  t.test('cash is not taken for a payment that has ended', async () => {
    given(paymentDecider, [...cash, expired]).when(recordCash).thenRefused('payment-already-ended', { status: 'expired' });
    given(paymentDecider, [expired]).when(recordCash).thenRefused('payment-already-ended', { status: 'expired' });
  });
  t.test('a payment is called off before the capture only', async () => {
    given(paymentDecider, card).when(cancel).then([cancelled]);
    given(paymentDecider, [...card, cancelled]).when(cancel).thenNothing();
    given(paymentDecider, [...card, captured()]).when(cancel).thenRefused('payment-already-captured');
    given(paymentDecider, [...card, declined]).when(cancel).thenRefused('payment-already-ended', { status: 'declined' });
    const late = [...card, cancelled, capturedLate];
    given(paymentDecider, late).when(cancel).thenRefused('payment-already-ended', { status: 'captured-late' });
  });
  t.test('a payment expires, opened or not', async () => {
    given(paymentDecider, card).when(expire).then([expired]);
    given(paymentDecider, cash).when(expire).then([expired]);
    given(paymentDecider).when(expire).then([expired]);
    given(paymentDecider, [expired]).when(expire).thenNothing();
  });
  t.test('what was captured does not expire and is not declined afterwards', async () => {
    given(paymentDecider, [...card, captured()]).when(expire).thenNothing();
    given(paymentDecider, [...card, captured()]).when(recordDecline).thenNothing();
  });
  t.test('money that comes after the end is on record as late, and all of it can go back', async () => {
    for (const end of ends) {
      given(paymentDecider, [...card, end]).when(recordCapture()).then([capturedLate]);
      const late = [...card, end, capturedLate];
      given(paymentDecider, late).when(example.requestRefund(null)).then([example.refundRequested('100.00')]);
    }
  });
  t.test('late money is recorded as it came, also when it is not what was quoted', async () => {
    const data = { paymentId, amount: '99.00', currency: 'USD', reference: 'charge', capturedAt: at };
    const late: PaymentEvent = { type: 'PaymentCapturedLate', data };
    given(paymentDecider, [...card, expired]).when(recordCapture('99.00', 'USD')).then([late]);
  });
  t.test('late money is an amount', async () => {
    const details = { problem: 'negative', currency: 'EUR' };
    given(paymentDecider, [...card, expired]).when(recordCapture('-1.00')).thenRefused('amount-invalid', details);
  });
});

const permutations = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

const carryOut = (history: readonly PaymentEvent[], commands: readonly PaymentCommand[]): readonly PaymentEvent[] =>
  commands.reduce<readonly PaymentEvent[]>((events, command) => {
    const decision = paymentDecider.decide(command, stateAfter(paymentDecider, events));
    return decision.ok ? [...events, ...decision.events] : events;
  }, history);

/** Each order, and each order in which one of them comes twice in a row, or all of them come twice. */
const ordersWithDuplicates = (commands: readonly PaymentCommand[]): PaymentCommand[][] =>
  permutations(commands).flatMap((order) => [
    order,
    [...order, ...order],
    [...order, ...order.toReversed()],
    ...order.map((command, index) => order.toSpliced(index, 0, command)),
  ]);

t.test('pitfall 10: outcomes of any order, doubled, come to the same money', async (t) => {
  const orders = ordersWithDuplicates([recordCapture(), recordDecline, cancel, expire]);
  t.equal(orders.length, 24 * 7);
  for (const order of orders) {
    const state = stateAfter(paymentDecider, carryOut(card, order));
    const name = order.map(({ type }) => type).join(', ');
    t.match(state, { amount: '100.00', committed: '0.00', refunded: '0.00' }, name);
    t.equal(state.status, order[0]?.type === 'RecordCapture' ? 'captured' : 'captured-late', 'the first outcome stands');
    const captures = carryOut(card, order).filter(({ type }) => type.startsWith('PaymentCaptured'));
    t.equal(captures.length, 1, 'captured once');
  }
});

t.test('pitfall 10: outcomes of a captured payment with a refund under way end equal in any order', async (t) => {
  const history = [...card, captured(), example.refundRequested('40.00')];
  const orders = ordersWithDuplicates([recordCapture(), expire, example.recordRefund(), example.recordRefundFailure()]);
  for (const order of orders) {
    const state = stateAfter(paymentDecider, carryOut(history, order));
    const name = order.map(({ type }) => type).join(', ');
    t.match(state, { status: 'captured', amount: '100.00', committed: '40.00', refunded: '40.00' }, name);
  }
});

t.test('pitfall 11: a second payment that completes is on record, to be given back', async () => {
  given(paymentDecider, [...card, cancelled]).when(recordCapture()).then([capturedLate]);
});

t.test('events that do not apply change no state', async (t) => {
  t.strictSame(stateAfter(paymentDecider, [captured()]), { status: 'none' });
  const before = stateAfter(paymentDecider, [...card, captured()]);
  t.strictSame(stateAfter(paymentDecider, [...card, captured(), declined, expired, opened(), captured('1.00')]), before);
  t.notOk(isFullyRefunded(before));
});
