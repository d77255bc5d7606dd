import t from 'tap';
import { isFullyRefunded, paymentDecider } from '../../src/domain/payment/decider.js';
import { given, stateAfter } from './decider-specification.js';
import * as example from './payment-examples.js';

const { captured, captureRequested, opened, recordRefund, recordRefundFailure, requestRefund } = example;
const { refunded, refundFailed, refundRequested } = example;
const paid = [opened(), captureRequested, captured()];

t.test('a refund is requested, of a part or of all that is left', async () => {
  given(paymentDecider, paid).when(requestRefund('30.00')).then([refundRequested('30.00')]);
  given(paymentDecider, paid).when(requestRefund('30')).then([refundRequested('30.00')]);
  given(paymentDecider, paid).when(requestRefund(null)).then([refundRequested('100.00')]);
  const partly = [...paid, refundRequested('30.00'), refunded('30.00', false)];
  given(paymentDecider, partly).when(requestRefund(null, 'second')).then([refundRequested('70.00', 'second')]);
});

t.test('the same refund is requested once, whatever became of it', async () => {
  const asked = [...paid, refundRequested('30.00')];
  given(paymentDecider, asked).when(requestRefund('30.00')).thenNothing();
  given(paymentDecider, [...asked, refunded('30.00', false)]).when(requestRefund('30.00')).thenNothing();
  given(paymentDecider, [...asked, refundFailed('30.00')]).when(requestRefund('30.00')).thenNothing();
});

t.test('pitfall 12: requested and done refunds together never exceed what was captured', async () => {
  const left = { left: '70.00', currency: 'EUR' };
  given(paymentDecider, [...paid, refundRequested('30.00')]).when(requestRefund('70.01', 'second')).thenRefused('refund-exceeds-captured', left);
  const done = [...paid, refundRequested('30.00'), refunded('30.00', false)];
  given(paymentDecider, done).when(requestRefund('70.01', 'second')).thenRefused('refund-exceeds-captured', left);
  given(paymentDecider, done).when(requestRefund('70.00', 'second')).then([refundRequested('70.00', 'second')]);
});

t.test('pitfall 12: a refund is above zero and exact in the currency', async () => {
  for (const [amount, problem] of [['0.00', 'not-positive'], ['-5.00', 'negative'], ['1.001', 'too-precise'], ['ten', 'not-a-number']] as const) {
    given(paymentDecider, paid).when(requestRefund(amount)).thenRefused('amount-invalid', { problem, currency: 'EUR' });
  }
});

t.test('where nothing is left, nothing is refunded', async () => {
  const all = [...paid, refundRequested('100.00')];
  given(paymentDecider, all).when(requestRefund(null, 'second')).thenRefused('nothing-to-refund', { captured: '100.00', currency: 'EUR' });
});

t.test('issue 9.10: a purchase that cost nothing is taken back at once, and once', async (t) => {
  const free = [opened('card', example.quoteOf('0.00')), captured('0.00', null)];
  const back = [refundRequested('0.00'), refunded('0.00', true, 'refund', null)];
  for (const amount of [null, '0', '0.00']) given(paymentDecider, free).when(requestRefund(amount)).then(back);
  given(paymentDecider, free).when(requestRefund('0.01')).thenRefused('refund-exceeds-captured', { left: '0.00', currency: 'EUR' });
  given(paymentDecider, [...free, ...back]).when(requestRefund(null)).thenNothing();
  given(paymentDecider, [...free, ...back]).when(requestRefund(null, 'second')).thenRefused('nothing-to-refund', { captured: '0.00', currency: 'EUR' });
  t.notOk(isFullyRefunded(stateAfter(paymentDecider, free)));
  t.ok(isFullyRefunded(stateAfter(paymentDecider, [...free, ...back])));
});

t.test('only captured money is refunded', async () => {
  given(paymentDecider, [opened()]).when(requestRefund(null)).thenRefused('payment-not-captured', { status: 'opened' });
  const ended = [opened(), example.declined];
  given(paymentDecider, ended).when(requestRefund(null)).thenRefused('payment-not-captured', { status: 'declined' });
});

t.test('cash is given back in the same decision', async () => {
  const history = [opened('cash'), captured('100.00', null)];
  given(paymentDecider, history).when(requestRefund('30.00')).then([refundRequested('30.00'), refunded('30.00', false, 'refund', null)]);
  given(paymentDecider, history).when(requestRefund(null)).then([refundRequested('100.00'), refunded('100.00', true, 'refund', null)]);
});

t.test('a refund is full when nothing of the captured amount is left', async (t) => {
  const first = [...paid, refundRequested('30.00'), refundRequested('70.00', 'second')];
  given(paymentDecider, first).when(recordRefund('second')).then([refunded('70.00', false, 'second')]);
  const both = [...first, refunded('70.00', false, 'second')];
  given(paymentDecider, both).when(recordRefund()).then([refunded('30.00', true)]);
  t.notOk(isFullyRefunded(stateAfter(paymentDecider, both)));
  t.ok(isFullyRefunded(stateAfter(paymentDecider, [...both, refunded('30.00', true)])));
});

t.test('an outcome is recorded once, and only of a refund that was requested', async () => {
  const asked = [...paid, refundRequested('30.00')];
  given(paymentDecider, [...asked, refunded('30.00', false)]).when(recordRefund()).thenNothing();
  given(paymentDecider, [...asked, refundFailed('30.00')]).when(recordRefundFailure()).thenNothing();
  given(paymentDecider, [...asked, refunded('30.00', false)]).when(recordRefundFailure()).thenNothing();
  given(paymentDecider, paid).when(recordRefund()).thenRefused('refund-not-requested');
  given(paymentDecider, paid).when(recordRefundFailure()).thenRefused('refund-not-requested');
});

t.test('a failed refund frees its amount', async () => {
  const asked = [...paid, refundRequested('100.00')];
  given(paymentDecider, asked).when(recordRefundFailure()).then([refundFailed('100.00')]);
  given(paymentDecider, [...asked, refundFailed('100.00')]).when(requestRefund(null, 'second')).then([refundRequested('100.00', 'second')]);
});

t.test('a refund that came through after all counts, unless its amount went elsewhere meanwhile', async () => {
  const failed = [...paid, refundRequested('60.00'), refundFailed('60.00')];
  given(paymentDecider, failed).when(recordRefund()).then([refunded('60.00', false)]);
  const left = { left: '0.00', currency: 'EUR' };
  given(paymentDecider, [...failed, refundRequested('100.00', 'second')]).when(recordRefund()).thenRefused('refund-exceeds-captured', left);
});
