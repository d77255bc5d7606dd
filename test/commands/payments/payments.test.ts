import t from 'tap';
import { cancelPayment } from '../../../src/commands/payments/cancel-payment.js';
import { recordCash } from '../../../src/commands/payments/record-cash.js';
import { refundPayment } from '../../../src/commands/payments/refund-payment.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';
import { drawnUp, root, typesIn } from '../../fixtures/courses.js';
import { kim, opened, paymentOf, recordCapture, sam, told, wanted } from '../../fixtures/purchases.js';

const start = async (method: 'card' | 'cash' = 'card') => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store);
  const paymentId = await opened(services, wanted([await drawnUp(services)], { method }));
  const cancel = (actor: typeof sam | typeof kim | typeof root) => cancelPayment(services)({ actor, paymentId, reason: null }, contextFor());
  const refund = (amount: string | null, context = contextFor(), actor: typeof sam | typeof root = root) =>
    refundPayment(services)({ actor, paymentId, amount, reason: null }, context);
  return { store, services, paymentId, cancel, refund };
};

t.test('the payer and admins cancel what is not captured; for others there is no such payment', async (t) => {
  const { services, paymentId, cancel } = await start();
  t.match(await cancel(kim), { rejection: 'payment-not-opened' });
  t.match(await cancel(sam), { ok: true });
  t.match(await paymentOf(services, paymentId), { status: 'cancelled', payerId: 'sam' });
  t.match(await (await start()).cancel(root), { ok: true });
  t.match(await cancelPayment(services)({ actor: root, paymentId: 'unknown', reason: null }, contextFor()), { rejection: 'payment-not-opened' });
});

t.test('what is captured can not be cancelled, by whomever', async (t) => {
  const { services, paymentId, cancel } = await start();
  await told(services, paymentId, recordCapture());
  t.match(await cancel(kim), { rejection: 'payment-not-opened' });
  t.match(await cancel(sam), { rejection: 'payment-already-captured' });
  t.match(await cancel(root), { rejection: 'payment-already-captured' });
});

t.test('an admin, and nobody else, records that cash came', async (t) => {
  const { services, paymentId } = await start('cash');
  t.match(await recordCash(services)({ actor: sam, paymentId }, contextFor()), { rejection: 'payment-not-permitted' });
  t.match(await recordCash(services)({ actor: root, paymentId }, contextFor()), { ok: true });
  t.match(await paymentOf(services, paymentId), { status: 'captured', amount: '12.50' });
  const card = await start('card');
  t.match(await recordCash(card.services)({ actor: root, paymentId: card.paymentId }, contextFor()), { rejection: 'payment-method-mismatch' });
});

t.test('an admin, and nobody else, gives captured money back', async (t) => {
  const { services, paymentId, refund } = await start();
  t.match(await refund(null), { rejection: 'payment-not-captured' });
  await told(services, paymentId, recordCapture());
  t.match(await refund(null, contextFor(), sam), { rejection: 'payment-not-permitted' });
  t.match(await refund('0'), { rejection: 'amount-invalid' });
  t.match(await refund('-1'), { rejection: 'amount-invalid' });
  t.match(await refund('12.51'), { rejection: 'refund-exceeds-captured', details: { left: '12.50' } });
  t.match(await refund('5'), { ok: true });
  t.match(await refund(null), { ok: true });
  t.match(await paymentOf(services, paymentId), { committed: '12.50', refunded: '0.00' });
});

t.test('pitfall 12: parallel refunds never come to more than was captured', async (t) => {
  const { services, paymentId, refund } = await start();
  await told(services, paymentId, recordCapture());
  const outcomes = await Promise.all(Array.from({ length: 30 }, (_, index) => refund(index % 2 === 0 ? '2.00' : '0.75')));
  const payment = await paymentOf(services, paymentId);
  t.ok(payment.status === 'captured' && Number(payment.committed) <= 12.5);
  t.ok(outcomes.some(({ ok }) => !ok));
  t.ok(outcomes.every((outcome) => outcome.ok || ['refund-exceeds-captured', 'nothing-to-refund'].includes(outcome.rejection)));
});

t.test('pitfall 17: a repeated request refunds once', async (t) => {
  const { store, services, paymentId, refund } = await start();
  await told(services, paymentId, recordCapture());
  const context = contextFor();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => refund('5', context)));
  t.equal(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.refundId)).size, 1);
  t.equal((await typesIn(store, `payment-${paymentId}`)).filter((type) => type === 'PaymentRefundRequested').length, 1);
});

t.test('cash that goes back is back at once', async (t) => {
  const { services, paymentId, refund } = await start('cash');
  await recordCash(services)({ actor: root, paymentId }, contextFor());
  t.match(await refund('2.50'), { ok: true });
  t.match(await paymentOf(services, paymentId), { refunded: '2.50' });
});
