import t from 'tap';
import { isFullyRefunded, paymentDecider, type PaymentCommand } from '../../src/domain/payment/decider.js';
import type { PaymentEvent } from '../../src/domain/payment/events.js';
import { quoteOf } from '../fixtures/quotes.js';
import { given, stateAfter } from './decider-specification.js';
import { at, captured, captureRequested, opened, paymentId, recordRefund } from './payment-examples.js';

const euros = { currency: 'EUR' };
const paidFor = (quote = quoteOf([['a', '10.00'], ['b', '20.00'], ['c', '5.00', '5.00']], euros)) => [
  opened('card', quote),
  captureRequested,
  captured(quote.total),
];
const paid = paidFor();

const takeBack = (courseIds: readonly string[] | undefined, amount: string | null = null, refundId = 'refund'): PaymentCommand => {
  const named = courseIds === undefined ? {} : { courseIds };
  return { type: 'RequestRefund', data: { refundId, amount, reason: null, requestedBy: 'admin', ...named, at } };
};

type Shares = readonly [a: string, b: string, c: string];
const lines = ([a, b, c]: Shares) => [{ courseId: 'a', amount: a }, { courseId: 'b', amount: b }, { courseId: 'c', amount: c }];
const asked = (amount: string, shares: Shares, courseIds?: string[], refundId = 'refund'): PaymentEvent => {
  const named = courseIds === undefined ? {} : { courseIds };
  const data = { paymentId, refundId, amount, currency: 'EUR', lines: lines(shares), ...named, reason: null, requestedBy: 'admin', requestedAt: at };
  return { type: 'PaymentRefundRequested', data };
};
const made = (amount: string, shares: Shares, full: boolean, courseIds?: string[], reference: string | null = 'refunded', refundId = 'refund'): PaymentEvent => {
  const named = courseIds === undefined ? {} : { courseIds };
  return { type: 'PaymentRefunded', data: { paymentId, refundId, amount, currency: 'EUR', lines: lines(shares), ...named, full, reference, refundedAt: at } };
};

t.test('issue 9.18: a refund of some courses takes what is left of their price, or a part of it', async () => {
  given(paymentDecider, paid).when(takeBack(['a'])).then([asked('10.00', ['10.00', '0.00', '0.00'], ['a'])]);
  given(paymentDecider, paid).when(takeBack(['a'], '4')).then([asked('4.00', ['4.00', '0.00', '0.00'], ['a'])]);
  given(paymentDecider, paid).when(takeBack(['b', 'c'])).then([asked('20.00', ['0.00', '20.00', '0.00'], ['b', 'c'])]);
  const partly = [...paid, asked('3.00', ['1.00', '2.00', '0.00'], undefined, 'first')];
  given(paymentDecider, partly).when(takeBack(['a'])).then([asked('9.00', ['9.00', '0.00', '0.00'], ['a'])]);
  given(paymentDecider, partly).when(takeBack(['a'], '9.01')).thenRefused('refund-exceeds-captured', { left: '9.00', currency: 'EUR' });
});

t.test('issue 9.18: what is refunded once is not refunded again, whether by course or by amount', async () => {
  const back = [...paid, asked('10.00', ['10.00', '0.00', '0.00'], ['a'])];
  given(paymentDecider, back).when(takeBack(['a'], null, 'second')).thenRefused('nothing-to-refund', { captured: '30.00', currency: 'EUR' });
  given(paymentDecider, back).when(takeBack(undefined, null, 'second')).then([asked('20.00', ['0.00', '20.00', '0.00'], undefined, 'second')]);
  given(paymentDecider, back).when(takeBack(undefined, '20.01', 'second')).thenRefused('refund-exceeds-captured', { left: '20.00', currency: 'EUR' });
});

t.test('issue 9.18: only a course of the payment is taken back', async () => {
  given(paymentDecider, paid).when(takeBack(['a', 'd'])).thenRefused('course-not-bought', { courseId: 'd' });
});

t.test('issue 9.18: the refund that was made names the courses, and is full when nothing is left', async (t) => {
  const first = [...paid, asked('10.00', ['10.00', '0.00', '0.00'], ['a'])];
  given(paymentDecider, first).when(recordRefund()).then([made('10.00', ['10.00', '0.00', '0.00'], false, ['a'])]);
  const last = asked('20.00', ['0.00', '20.00', '0.00'], ['b', 'c'], 'second');
  const both = [...first, made('10.00', ['10.00', '0.00', '0.00'], false, ['a']), last];
  given(paymentDecider, both).when(recordRefund('second')).then([made('20.00', ['0.00', '20.00', '0.00'], true, ['b', 'c'], 'refunded', 'second')]);
  t.notOk(isFullyRefunded(stateAfter(paymentDecider, both)));
});

t.test('issue 9.18: a course that cost nothing is taken back by name, at once', async () => {
  const none: Shares = ['0.00', '0.00', '0.00'];
  given(paymentDecider, paid).when(takeBack(['c'])).then([asked('0.00', none, ['c']), made('0.00', none, false, ['c'], null)]);
  const back = [...paid, asked('0.00', none, ['c']), made('0.00', none, false, ['c'], null)];
  given(paymentDecider, back).when(takeBack(['c'], null, 'second')).thenRefused('nothing-to-refund', { captured: '30.00', currency: 'EUR' });
});

t.test('issue 9.18: while a course that cost nothing stays, a refund by name is not full, and the rest can be taken back', async () => {
  const shares: Shares = ['10.00', '20.00', '0.00'];
  const none: Shares = ['0.00', '0.00', '0.00'];
  const request = asked('30.00', shares, ['a', 'b']);
  given(paymentDecider, paid).when(takeBack(['a', 'b'])).then([request]);
  given(paymentDecider, [...paid, request]).when(recordRefund()).then([made('30.00', shares, false, ['a', 'b'])]);
  const back = [...paid, request, made('30.00', shares, false, ['a', 'b'])];
  for (const courseIds of [undefined, ['c']]) {
    const events = [asked('0.00', none, courseIds, 'second'), made('0.00', none, true, courseIds, null, 'second')];
    given(paymentDecider, back).when(takeBack(courseIds, null, 'second')).then(events);
  }
});

t.test('issue 9.18: of a purchase that cost nothing, courses are taken back one by one', async () => {
  const free = paidFor(quoteOf([['a', '10.00', '10.00'], ['b', '20.00', '20.00'], ['c', '5.00', '5.00']], euros));
  const none: Shares = ['0.00', '0.00', '0.00'];
  given(paymentDecider, free).when(takeBack(['a', 'b'])).then([asked('0.00', none, ['a', 'b']), made('0.00', none, false, ['a', 'b'], null)]);
  const back = [...free, asked('0.00', none, ['a', 'b']), made('0.00', none, false, ['a', 'b'], null)];
  given(paymentDecider, back).when(takeBack(['c'], null, 'second')).then([
    asked('0.00', none, ['c'], 'second'),
    made('0.00', none, true, ['c'], null, 'second'),
  ]);
});
