import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { WEBHOOK_SECRET } from '../../doubles/stripe/stripe-double.js';
import { signatureOf } from '../../doubles/stripe/webhooks.js';
import { contextFor } from '../../fixtures/command-services.js';
import { permutations } from '../../fixtures/permutations.js';
import { idOf, openStripeShop } from '../../fixtures/stripe-shop.js';
import type { Answer } from '../../fixtures/shop.js';

const SECOND_SECRET = 'whsec_new';
const shop = await openStripeShop(t, { webhookSecrets: [WEBHOOK_SECRET, SECOND_SECRET] });
const { admin, sam, kim, send, course, coupon, purchase, pay, control, double, intentOf, storyOf } = shop;

const shown = (answer: Answer, account = sam) => send(account, 'GET', `/payments/${idOf(answer)}`);
const count = (story: readonly string[], type: string): number => story.filter((each) => each === type).length;
const bookOf = (answer: Answer) => control.books()[idOf(answer)];
const held = { held: true };

t.afterEach(async () => {
  await control.quiet();
  control.setDelivery({});
  control.clearFaults();
});

t.test('a card is captured once, however often Stripe tells of it', async (t) => {
  control.setDelivery({ doubled: 1 });
  const paid = await pay('pm_card_visa');
  t.match(paid, { status: 201, body: { status: 'completed', amount: 12.5, invoiceNumber: String } });
  t.notOk('nextAction' in paid.body);
  await control.quiet();
  const story = await storyOf(paid);
  t.equal(count(story, 'Captured'), 1);
  t.equal(count(story, 'NoticeReceived'), 1, 'of the one kind of event that says something about money');
  t.match(bookOf(paid), { captures: 1, captured: 1250, refunds: 0 });
});

t.test('a declined card makes a failed payment, in Stripe’s words', async (t) => {
  const declined = await pay('pm_card_visa_chargeDeclinedInsufficientFunds');
  t.match(declined, { status: 201, body: { status: 'failed', failureReason: 'Your card has insufficient funds.' } });
  t.match(bookOf(declined), { captures: 0 });
});

t.test('pitfall 4: a payer confirms at the bank, and a coupon is used once across both steps', async (t) => {
  const code = 'TWOSTEPS';
  const couponId = await coupon({ code, maxUses: 1 });
  const waiting = await pay('pm_card_authenticationRequired', { discountCode: code, amount: 10 });
  t.match(waiting, { status: 201, body: { status: 'pending', nextAction: { kind: 'client', clientSecret: /_secret_/, redirectUrl: null } } });
  t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { usedCount: 0, reservedCount: 1 } });
  t.match(await shown(waiting, kim), { status: 404 }, 'the secret is the payer’s');
  t.notMatch((await shown(waiting, admin)).body, { nextAction: Object }, 'and no admin’s');
  for (const event of await shop.events(`payment-${idOf(waiting)}`)) t.notMatch(JSON.stringify(event.data), /_secret_/);
  control.authenticate(intentOf(waiting), 'succeed');
  await control.quiet();
  await shop.settled();
  const paid = await shown(waiting);
  t.match(paid, { body: { status: 'completed', amount: 10 } });
  t.notOk('nextAction' in paid.body);
  t.match(await send(admin, 'GET', `/discounts/${couponId}`), { body: { usedCount: 1, reservedCount: 0 } });
});

t.test('a repeat under the same Idempotency-Key says how far the payment is; what the payer goes on with is not kept', async (t) => {
  const wish = purchase([await course()], { paymentToken: 'pm_card_authenticationRequired' });
  const buy = () => send(sam, 'POST', '/payments', wish, { 'idempotency-key': 'two-steps' });
  const waiting = await buy();
  t.match(await buy(), { status: 201, body: { id: idOf(waiting), status: 'pending', nextAction: waiting.body['nextAction'] } });
  control.authenticate(intentOf(waiting), 'succeed');
  await control.quiet();
  await shop.settled();
  t.match(await buy(), { status: 201, body: { id: idOf(waiting), status: 'completed' } });
  t.match(bookOf(waiting), { captures: 1 });
});

t.test('a payer who fails at the bank has a failed payment, and coupon and course are free again', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  control.authenticate(intentOf(waiting), 'fail');
  await control.quiet();
  await shop.settled();
  t.match(await shown(waiting), { body: { status: 'failed', failureReason: String } });
  t.equal(control.statusOf(intentOf(waiting)), 'canceled', 'nothing of it can come later');
});

t.test('pitfall 8: browser and notice come back at once, and the money is captured once', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  control.setDelivery(held);
  control.authenticate(intentOf(waiting), 'succeed');
  await Promise.all([...Array.from({ length: 10 }, () => shown(waiting)), control.deliver('as-made', 3)]);
  await shop.settled();
  t.equal(count(await storyOf(waiting), 'Captured'), 1);
  t.match(await shown(waiting), { body: { status: 'completed' } });
});

t.test('a payer who asks again is answered by Stripe where no notice came', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  control.setDelivery({ lost: 1 });
  control.authenticate(intentOf(waiting), 'succeed');
  await shown(waiting);
  await shop.settled();
  t.match(await shown(waiting), { body: { status: 'completed' } });
});

t.test('Stripe is asked by payers at most every two seconds, and its outage is not theirs', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  const asked = () => double.calls.filter(({ method, path }) => method === 'GET' && path.includes(intentOf(waiting))).length;
  const before = asked();
  await Promise.all(Array.from({ length: 20 }, () => shown(waiting)));
  t.equal(asked(), before + 1);
  control.setWeather({ kind: 'down' });
  shop.clock.advance(3_000);
  t.match(await shown(waiting), { status: 200, body: { status: 'pending', nextAction: { kind: 'client' } } });
});

t.test('without a token the payer gives the card to Stripe, and may try another one', async (t) => {
  const waiting = await send(sam, 'POST', '/payments', purchase([await course()]));
  t.match(waiting, { status: 201, body: { status: 'pending', nextAction: { kind: 'client', clientSecret: String } } });
  control.confirmAsClient(intentOf(waiting), 'pm_card_visa_chargeDeclined');
  await control.quiet();
  await shop.settled();
  t.match(await shown(waiting), { body: { status: 'pending', nextAction: { kind: 'client' } } });
  control.confirmAsClient(intentOf(waiting), 'pm_card_visa');
  await control.quiet();
  await shop.settled();
  t.match(await shown(waiting), { body: { status: 'completed' } });
});

t.test('a payment that is cancelled while it waits is cancelled at Stripe', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  t.match(await send(sam, 'DELETE', `/payments/${idOf(waiting)}`), { status: 200, body: { status: 'cancelled' } });
  await shop.settled();
  t.equal(control.statusOf(intentOf(waiting)), 'canceled');
});

t.test('pitfall 9: money that comes for a payment that has ended is given back', async (t) => {
  const waiting = await pay('pm_processing', {});
  const at = shop.clock.now().toISOString();
  await shop.services.commands.handler.handle(aggregates.payment, idOf(waiting), { type: 'ExpirePayment', data: { paymentId: idOf(waiting), at } }, contextFor());
  control.settle(intentOf(waiting), 'succeed');
  await control.quiet();
  await shop.settled();
  t.match((await storyOf(waiting)).filter((type) => type !== 'NoticeReceived'), ['Opened', 'CaptureRequested', 'Processing', 'Expired', 'CapturedLate', 'RefundRequested', 'Refunded']);
  t.match(bookOf(waiting), { captured: 1250, refunds: 1, refunded: 1250 });
});

t.test('refunds of an admin, and of the dashboard, end the access', async (t) => {
  const paid = await pay('pm_card_visa');
  t.match(await send(admin, 'PATCH', `/payments/${idOf(paid)}`, { status: 'refunded', amount: 2.5 }), { body: { status: 'completed', refundedAmount: 2.5 } });
  control.refundFromDashboard(intentOf(paid));
  await control.quiet();
  await shop.settled();
  t.match(await shown(paid), { body: { status: 'refunded', refundedAmount: 12.5 } });
  t.match(bookOf(paid), { refunds: 2, refunded: 1250 });
});

t.test('a refund that Stripe takes its time for is completed by its notice, and one that comes back can be made again', async (t) => {
  const paid = await pay('pm_card_pendingRefund');
  t.match(await send(admin, 'PATCH', `/payments/${idOf(paid)}`, { status: 'refunded' }), { body: { refunds: [{ status: 'requested' }] } });
  const [refund] = double.account.refunds.filter(({ payment_intent: of }) => of === intentOf(paid));
  const refundId = refund?.id ?? '';
  control.settleRefund(refundId, 'succeed');
  await control.quiet();
  await shop.settled();
  t.match(await shown(paid), { body: { status: 'refunded', refundedAmount: 12.5 } });
  control.settleRefund(refundId, 'fail');
  await control.quiet();
  await shop.settled();
  t.match(await shown(paid), { body: { status: 'completed', refundedAmount: 0, refunds: [{ status: 'failed' }] } });
  await send(admin, 'PATCH', `/payments/${idOf(paid)}`, { status: 'refunded' });
  t.equal(double.account.refunds.filter(({ payment_intent: of }) => of === intentOf(paid)).length, 2);
});

t.test('pitfall 10: four notices in every order, each of them twice, end alike', async (t) => {
  control.setDelivery(held);
  const orders = permutations([0, 1, 2, 3]);
  const ended = await Promise.all(orders.map(async (order) => {
    const waiting = await pay('pm_card_authenticationRequired');
    const intent = intentOf(waiting);
    control.authenticate(intent, 'succeed');
    control.refundFromDashboard(intent, 250);
    const dispute = control.dispute(intent);
    control.moveDispute(dispute, 'lost');
    const told = double.webhooks.made.filter(({ type, body }) => body.includes(intent) && type !== 'payment_intent.created' && type !== 'payment_intent.requires_action');
    t.same(told.map(({ type }) => type), ['payment_intent.succeeded', 'refund.created', 'charge.dispute.created', 'charge.dispute.closed']);
    for (const index of order) for (let copy = 0; copy < 2; copy += 1) await control.resend(told[index]?.id ?? '');
    return waiting;
  }));
  control.loseHeld();
  await shop.settled();
  for (const [index, payment] of ended.entries()) {
    const order = JSON.stringify(orders[index]);
    t.match(await shown(payment, admin), { body: { status: 'refunded', refundedAmount: 12.5, disputes: [{ status: 'lost' }] } }, order);
    t.match((await storyOf(payment)).filter((type) => type === 'Refunded'), ['Refunded', 'Refunded'], order);
    t.equal(count(await storyOf(payment), 'NoticeReceived'), 4, order);
  }
});

t.test('a dispute stops refunds, and takes the purchase back when it is lost', async (t) => {
  const paid = await pay('pm_card_visa');
  const dispute = control.dispute(intentOf(paid));
  await control.quiet();
  await shop.settled();
  t.match(await shown(paid, admin), { body: { status: 'completed', disputes: [{ id: dispute, status: 'open', amount: 12.5 }] } });
  t.notOk('disputes' in (await shown(paid)).body, 'the payer asked the bank');
  t.match(await send(admin, 'PATCH', `/payments/${idOf(paid)}`, { status: 'refunded' }), { status: 409, body: { code: 'payment-disputed' } });
  control.moveDispute(dispute, 'lost');
  await control.quiet();
  await shop.settled();
  t.match(await shown(paid, admin), { body: { status: 'refunded', refundedAmount: 12.5, disputes: [{ status: 'lost' }] } });
  t.match(bookOf(paid), { refunds: 0 }, 'the money is never returned twice');
});

t.test('an answer that is lost is asked for again: one charge, one capture', async (t) => {
  const paid = await pay('pm_card_visa');
  t.match(paid, { body: { status: 'completed' } });
  control.plan({ call: '/confirm', times: 1, status: null, applied: true, kept: true });
  const working = pay('pm_card_visa');
  const ticking = setInterval(() => shop.clock.advance(1_000), 5);
  const lost = await working.finally(() => clearInterval(ticking));
  await shop.settled();
  t.match(await shown(lost), { body: { status: 'completed' } });
  t.match(bookOf(lost), { captures: 1, captured: 1250 });
});

t.test('notices', async (t) => {
  const url = '/payments/webhooks/stripe';
  const payment = 'c0ffee00-0000-4000-8000-000000000001';
  const now = (): number => Math.floor(shop.clock.now().getTime() / 1_000);
  const intent = { id: 'pi_elsewhere', object: 'payment_intent', amount: 1250, amount_received: 1250, currency: 'usd', status: 'succeeded', livemode: false, metadata: { paymentId: payment, confirmedBy: 'server' } };
  const eventOf = (over: object = {}) =>
    JSON.stringify({ id: 'evt_own', object: 'event', type: 'payment_intent.succeeded', created: now(), livemode: false, data: { object: intent }, ...over });
  const post = async (body: string, signature: string | undefined, at = url) => {
    const headers = { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'stripe-signature': signature }) };
    const { statusCode, body: text } = await shop.inject({ method: 'POST', url: at, headers, payload: body });
    return { status: statusCode, body: JSON.parse(text) as Record<string, unknown> };
  };
  const signed = (body: string, secret = WEBHOOK_SECRET, at = now()) => post(body, signatureOf(body, secret, at));

  await t.test('a signature that is missing, wrong or too old is refused, and nothing is recorded', async (t) => {
    const body = eventOf();
    const refused = { status: 400, body: { code: 'notice-refused' } };
    t.match(await post(body, undefined), refused);
    t.match(await signed(body, 'whsec_of_somebody_else'), refused);
    t.match(await signed(body, WEBHOOK_SECRET, now() - 301), refused);
    t.match(await post(`${body} `, signatureOf(body, WEBHOOK_SECRET, now())), refused);
    t.match(await post('', signatureOf('', WEBHOOK_SECRET, now())), refused);
    t.match(await post(body, `t=${now()},${'v1=00,'.repeat(10_000)}`), refused);
    t.same(await shop.events(`payment-${payment}`), []);
  });
  await t.test('what no provider sends is refused', async (t) => {
    t.match(await post(eventOf(), 'x', '/payments/webhooks/paypal'), { status: 404, body: { code: 'not-found' } });
    t.match(await signed('x'.repeat(300_000)), { status: 413 });
    t.match(await signed('not json'), { status: 400 });
  });
  await t.test('the new secret counts beside the old one while they change', async (t) => {
    t.match(await signed(eventOf({ id: 'evt_new', type: 'payment_intent.created' }), SECOND_SECRET), { status: 200, body: { received: true } });
  });
  await t.test('those of somebody else’s account, and of charges that are not ours, change nothing', async (t) => {
    const before = await shop.store.head();
    t.match(await signed(eventOf({ account: 'acct_other' })), { status: 200 });
    t.match(await signed(eventOf({ livemode: true })), { status: 200 });
    t.match(await signed(eventOf({ data: { object: { ...intent, metadata: {} } } })), { status: 200 });
    t.match(await signed(eventOf({ data: { object: { ...intent, metadata: { paymentId: '../cart-1' } } } })), { status: 200 });
    control.foreignCharge(990, 'usd');
    await control.quiet();
    t.equal(await shop.store.head(), before);
  });
  await t.test('pitfall 9: one that comes before its payment is kept', async (t) => {
    t.match(await signed(eventOf()), { status: 200 });
    t.match(await signed(eventOf()), { status: 200 });
    t.same((await shop.events(`payment-${payment}`)).map(({ type }) => type), ['PaymentNoticeReceived']);
  });
  await t.test('what cannot be found out now is asked for again', async (t) => {
    control.setDelivery(held);
    const paid = await pay('pm_card_visa');
    control.loseHeld();
    control.dispute(intentOf(paid));
    control.setWeather({ kind: 'down' });
    const [made] = double.webhooks.made.slice(-1);
    t.match(await signed(made?.body ?? ''), { status: 503, body: { code: 'temporarily-unavailable' } });
    control.clearFaults();
    t.match(await signed(made?.body ?? ''), { status: 200 });
    t.equal(count(await storyOf(paid), 'DisputeOpened'), 1);
    control.loseHeld();
  });
});
