import t, { type Test } from 'tap';
import { chargeOf, idle, PAYMENT, REFUND, refundOf, stripeOfTest } from '../../fixtures/stripe.js';

const CREATE = 'POST /v1/refunds';

/** A gateway, and the reference of a charge of 49.90. */
const captured = async (t: Test, token = 'pm_card_visa') => {
  const stripe = await stripeOfTest(t);
  await stripe.gateway.charge(chargeOf({ token }), idle);
  return { ...stripe, chargeReference: stripe.control.intentOf(PAYMENT) };
};

t.test('a refund is one of the intent, with the ids of both in its metadata', async (t) => {
  const { double, gateway, chargeReference } = await captured(t);
  const answer = await gateway.refund(refundOf({ chargeReference }), idle);
  t.match(answer, { outcome: 'refunded', reference: /^re_/ });
  t.same(await gateway.refund(refundOf({ chargeReference }), idle), answer, 'the same key is the same refund');
  t.match(double.calls.find(({ path }) => path === '/v1/refunds'), { key: REFUND, form: { payment_intent: chargeReference, amount: '1000', metadata: { paymentId: PAYMENT, refundId: REFUND } } });
  t.match(double.control.books()[PAYMENT], { captured: 4990, refunds: 1, refunded: 1000 });
});

t.test('a refund that takes its time is pending, and asked for again it is what has become of it', async (t) => {
  for (const [end, outcome] of [['succeed', 'refunded'], ['fail', 'failed']] as const) {
    const { gateway, control, double, chargeReference } = await captured(t, 'pm_card_pendingRefund');
    const ask = () => gateway.refund(refundOf({ chargeReference }), idle);
    t.match(await ask(), { outcome: 'pending', reference: /^re_/ });
    control.settleRefund(double.account.refunds[0]?.id ?? '', end);
    t.match(await ask(), { outcome }, end);
    t.equal(control.books()[PAYMENT]?.refunded, end === 'succeed' ? 1000 : 0);
  }
});

t.test('a refund that comes back after it had succeeded has failed, with the reason', async (t) => {
  const { gateway, control, double, chargeReference } = await captured(t, 'pm_card_refundFail');
  t.match(await gateway.refund(refundOf({ chargeReference }), idle), { outcome: 'refunded' });
  control.settleRefund(double.account.refunds[0]?.id ?? '', 'fail');
  t.same(await gateway.refund(refundOf({ chargeReference }), idle), { outcome: 'failed', reason: 'expired_or_canceled_card' });
});

t.test('refunds that can not be made fail with a reason', async (t) => {
  const { gateway, control, chargeReference } = await captured(t);
  const reasonOf = async (over: Parameters<typeof refundOf>[0]): Promise<string> => {
    const answer = await gateway.refund(refundOf({ chargeReference, ...over }), idle);
    return answer.outcome === 'failed' ? answer.reason : answer.outcome;
  };
  t.match(await reasonOf({ idempotencyKey: 'r1', amount: '49.91' }), /greater than unrefunded amount/);
  t.match(await reasonOf({ idempotencyKey: 'r2', chargeReference: 'pi_of_another_account' }), /^No such payment_intent: 'pi_of_another_account'/);
  t.equal(await reasonOf({ idempotencyKey: 'r3', chargeReference: null }), 'Stripe knows no charge of this payment');
  t.equal(await reasonOf({ idempotencyKey: 'r4', chargeReference: 'sandbox-charge-1' }), 'Stripe knows no charge sandbox-charge-1');
  t.match(await reasonOf({ idempotencyKey: 'r5', amount: '1.005', currency: 'KWD' }), /last decimal/);
  t.equal(await reasonOf({ idempotencyKey: 'r6', amount: '49.90' }), 'refunded');
  t.match(await reasonOf({ idempotencyKey: 'r7', amount: '0.01' }), /has already been refunded/);
  t.match(control.books()[PAYMENT], { captured: 4990, refunded: 4990, refunds: 1 });

  const disputed = await captured(t, 'pm_card_createDispute');
  t.match(await disputed.gateway.refund(refundOf({ chargeReference: disputed.chargeReference }), idle), { outcome: 'failed', reason: /has been charged back/ });

  const waiting = await stripeOfTest(t);
  await waiting.gateway.charge(chargeOf({ token: 'pm_card_authenticationRequired' }), idle);
  t.match(await waiting.gateway.refund(refundOf({ chargeReference: waiting.control.intentOf(PAYMENT) }), idle), { outcome: 'failed', reason: /does not have a successful charge/ });
});

t.test('an answer that is lost makes no second refund', async (t) => {
  for (const times of [1, 2]) {
    const { gateway, control, chargeReference } = await captured(t);
    control.plan({ call: CREATE, times, status: null, applied: true });
    const ask = () => gateway.refund(refundOf({ chargeReference }), idle);
    t.match(await ask().catch(ask), { outcome: 'refunded' });
    t.match(control.books()[PAYMENT], { refunds: 1, refunded: 1000 }, `lost ${times} times`);
  }
});

t.test('a failure that Stripe keeps: the refund is looked for before it is made under another key', async (t) => {
  for (const applied of [true, false]) {
    const { double, gateway, control, chargeReference } = await captured(t);
    control.refundFromDashboard(chargeReference ?? '', 100);
    control.plan({ call: CREATE, times: 1, status: 500, kept: true, applied });
    t.match(await gateway.refund(refundOf({ chargeReference }), idle), { outcome: 'refunded' });
    t.match(control.books()[PAYMENT], { refunds: 2, refunded: 1100 }, `applied: ${applied}`);
    t.equal(double.calls.some(({ key }) => key === `${REFUND}/2`), !applied);
  }
});

t.test('a refund of before is found on whichever page it is', async (t) => {
  const { gateway, control, chargeReference } = await captured(t);
  control.plan({ call: CREATE, times: 1, status: 500, kept: true, applied: true });
  control.plan({ call: CREATE, times: 1, status: 503 });
  await t.rejects(gateway.refund(refundOf({ chargeReference, amount: '0.01' }), idle), { name: 'StripeCallFailed' });
  for (let count = 0; count < 120; count += 1) control.refundFromDashboard(chargeReference ?? '', 1);
  t.match(await gateway.refund(refundOf({ chargeReference, amount: '0.01' }), idle), { outcome: 'refunded' });
  t.match(control.books()[PAYMENT], { refunds: 121, refunded: 121 });
});
