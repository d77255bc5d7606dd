import t from 'tap';
import { doneIn, repeatedOf, WatchedEffects } from '../../../src/cli/drill/watched-effects.js';
import { openShop } from '../../fixtures/shop.js';

const charge = (paymentId: string) => ({ idempotencyKey: paymentId, amount: '10.00', currency: 'USD', method: 'card', token: 'tok' }) as const;
const mail = (id: string) => ({ id, to: { name: 'Sam', address: 'sam@example.org' }, subject: 'A receipt', text: '', html: '', date: '2026-03-01T12:00:00.000Z' });

t.test('issue 15.4: a drill names each charge, refund and mail that the log has done and workers would do again, or would do twice', async (t) => {
  const shop = await openShop();
  t.teardown(() => shop.close());
  const { body: bought } = await shop.send(shop.sam, 'POST', '/payments', shop.purchase([await shop.course()]));
  const paymentId = String(bought['id']);
  t.match(await shop.send(shop.admin, 'PATCH', `/payments/${paymentId}`, { status: 'refunded' }), { status: 200 });
  await shop.settled();
  const refundId = (await shop.events(`payment-${paymentId}`)).flatMap((event) => (event.type === 'PaymentRefunded' ? [event.data.refundId] : []))[0] ?? '';

  const done = await doneIn(shop.store);
  t.ok(done.has(paymentId) && done.has(refundId));
  const effects = new WatchedEffects();
  await effects.charge(charge('under-way'));
  await effects.send(mail('new'));
  t.strictSame([...repeatedOf(effects.carriedOut, done)], [], 'what was under way is carried out once');
  await effects.charge(charge(paymentId));
  await effects.refund({ idempotencyKey: refundId, paymentId, chargeReference: null, amount: '10.00', currency: 'USD' });
  await effects.send(mail('new'));
  t.strictSame([...repeatedOf(effects.carriedOut, done)], [paymentId, refundId, 'new']);
});
