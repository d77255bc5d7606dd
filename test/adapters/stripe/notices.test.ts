import t, { type Test } from 'tap';
import { NoticeRefused, type ProviderNotice } from '../../../src/ports/payment-gateway.js';
import { WEBHOOK_SECRET } from '../../doubles/stripe/stripe-double.js';
import { signatureOf, type MadeEvent } from '../../doubles/stripe/webhooks.js';
import { chargeOf, idle, PAYMENT, REFUND, refundOf, stripeOfTest } from '../../fixtures/stripe.js';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SECONDS = NOW.getTime() / 1_000;

type Stripe = Awaited<ReturnType<typeof stripeOfTest>>;

const start = (t: Test, over: Parameters<typeof stripeOfTest>[1] = {}): Promise<Stripe> => stripeOfTest(t, over, { now: () => NOW.getTime() });

const signed = (body: string, secret = WEBHOOK_SECRET, seconds = SECONDS) => ({ 'stripe-signature': signatureOf(body, secret, seconds) });

const read = ({ records }: Stripe, body: string, headers: Readonly<Record<string, string | readonly string[] | undefined>> = signed(body), now = NOW): Promise<ProviderNotice | null> =>
  records.readNotice(Buffer.from(body), headers, now, idle);

const lastOf = ({ double }: Stripe, type: string): MadeEvent => {
  const event = double.webhooks.made.findLast((made) => made.type === type);
  if (event === undefined) throw new Error(`there was no ${type}`);
  return event;
};

/** What is read of the last event of the type. */
const readLast = (stripe: Stripe, type: string): Promise<ProviderNotice | null> => read(stripe, lastOf(stripe, type).body);

t.test('a notice is read if Stripe signed it, with either secret, and not long ago', async (t) => {
  const stripe = await start(t, { webhookSecrets: ['whsec_new', 'whsec_old'] });
  await stripe.gateway.charge(chargeOf(), idle);
  const { id, body } = lastOf(stripe, 'payment_intent.succeeded');
  for (const secret of ['whsec_new', 'whsec_old']) t.match(await read(stripe, body, signed(body, secret)), { id, occurredAt: NOW.toISOString() }, secret);
  t.match(await read(stripe, body, signed(body, 'whsec_old', SECONDS - 300)), { id }, 'at the end of the tolerance');
  const other = signatureOf(body, 'whsec_other', SECONDS).split(',')[1];
  t.match(await read(stripe, body, { 'stripe-signature': `${signed(body, 'whsec_new')['stripe-signature']},${other}` }), { id }, 'several signatures, one of them right');

  const refused: readonly (readonly [name: string, headers: Readonly<Record<string, string | readonly string[] | undefined>>, body?: string])[] = [
    ['missing', {}],
    ['empty', { 'stripe-signature': '' }],
    ['twice', { 'stripe-signature': [signed(body, 'whsec_new')['stripe-signature']] }],
    ['of another secret', signed(body, 'whsec_other')],
    ['too old', signed(body, 'whsec_new', SECONDS - 301)],
    ['of another scheme', { 'stripe-signature': signed(body, 'whsec_new')['stripe-signature'].replace('v1=', 'v0=') }],
    ['without a time', { 'stripe-signature': signed(body, 'whsec_new')['stripe-signature'].replace(/^t=\d+,/, '') }],
    ['no signature at all', { 'stripe-signature': 'x' }],
    ['too long', { 'stripe-signature': `${signed(body, 'whsec_new')['stripe-signature']},${'v1=0,'.repeat(1_000)}` }],
    ['of another body', signed(body, 'whsec_new'), body.replace('4990', '4991')],
    ['of no body', signed('', 'whsec_new'), ''],
    ['of a body that is no JSON', signed('{"id":', 'whsec_new'), '{"id":'],
    ['of a body that is no event', signed('null', 'whsec_new'), 'null'],
    ['of a body that is no event either', signed('{"type":"payment_intent.succeeded"}', 'whsec_new'), '{"type":"payment_intent.succeeded"}'],
  ];
  for (const [name, headers, sent = body] of refused) await t.rejects(read(stripe, sent, headers), NoticeRefused, name);
});

t.test('what becomes of an intent is a fact of its payment', async (t) => {
  const stripe = await start(t);
  const { gateway, control } = stripe;
  const factOf = async (type: string): Promise<unknown> => (await readLast(stripe, type))?.fact;
  const charge = (paymentId: string, token: string | null) => gateway.charge(chargeOf({ idempotencyKey: paymentId, token }), idle);
  const ids = Array.from({ length: 6 }, (_, index) => `a1b2c3d4-0000-4000-8000-00000000010${index}`);
  const [one = '', two = '', three = '', four = '', five = '', six = ''] = ids;
  const amount = { kind: 'charge', amount: '49.90', currency: 'USD' };
  const of = (paymentId: string) => ({ ...amount, paymentId, reference: control.intentOf(paymentId) });

  await charge(one, 'pm_card_visa');
  t.same(await factOf('payment_intent.succeeded'), { ...of(one), status: 'captured', reason: null });
  await charge(two, 'pm_card_visa_chargeDeclined');
  t.same(await factOf('payment_intent.payment_failed'), { ...of(two), status: 'declined', reason: 'Your card was declined.' });
  await charge(three, 'pm_card_authenticationRequired');
  t.same(await factOf('payment_intent.requires_action'), { ...of(three), status: 'action-required', reason: null });
  control.authenticate(control.intentOf(three) ?? '', 'fail');
  t.match(await factOf('payment_intent.payment_failed'), { ...of(three), status: 'declined', reason: /failed authentication/ });
  await charge(four, 'pm_processing');
  t.same(await factOf('payment_intent.processing'), { ...of(four), status: 'pending', reason: null });
  await charge(five, null);
  control.confirmAsClient(control.intentOf(five) ?? '', 'pm_card_visa_chargeDeclined');
  t.same(await factOf('payment_intent.payment_failed'), { ...of(five), status: 'action-required', reason: 'Your card was declined.' }, 'the payer may try another card');
  await charge(six, null);
  await stripe.records.release(chargeOf({ idempotencyKey: six }), null, idle);
  t.same(await factOf('payment_intent.canceled'), { ...of(six), status: 'cancelled', reason: 'abandoned' });
});

t.test('pitfall 10: the end of a charge is believed if it is so when its notice comes', async (t) => {
  const stripe = await start(t);
  const { gateway, control } = stripe;
  await gateway.charge(chargeOf({ token: null }), idle);
  const intent = control.intentOf(PAYMENT) ?? '';
  control.confirmAsClient(intent, 'pm_card_visa_chargeDeclined');
  const { body } = lastOf(stripe, 'payment_intent.payment_failed');
  control.confirmAsClient(intent, 'pm_card_visa');
  t.match((await read(stripe, body))?.fact, { kind: 'charge', status: 'captured', reference: intent });
});

t.test('refunds of ours name both ids, those of the dashboard the payment of their intent', async (t) => {
  const stripe = await start(t);
  const { double, gateway, control } = stripe;
  await gateway.charge(chargeOf({ token: 'pm_card_pendingRefund' }), idle);
  const chargeReference = control.intentOf(PAYMENT) ?? '';
  const fact = { kind: 'refund', paymentId: PAYMENT, chargeReference, currency: 'USD' };
  await gateway.refund(refundOf({ chargeReference }), idle);
  const reference = double.account.refunds[0]?.id ?? '';
  const before = double.calls.length;
  t.same((await readLast(stripe, 'refund.created'))?.fact, { ...fact, status: 'pending', reference, refundId: REFUND, amount: '10.00', reason: null });
  control.settleRefund(reference, 'succeed');
  t.match((await readLast(stripe, 'refund.updated'))?.fact, { ...fact, status: 'refunded', refundId: REFUND });
  control.settleRefund(reference, 'fail');
  for (const type of ['refund.updated', 'refund.failed']) t.match((await readLast(stripe, type))?.fact, { ...fact, status: 'failed', refundId: REFUND, reason: 'expired_or_canceled_card' }, type);
  t.equal(double.calls.length, before, 'nothing is asked for what the notice says');

  const byHand = control.refundFromDashboard(chargeReference, 500);
  const made = { ...fact, status: 'pending', reference: byHand, refundId: null, amount: '5.00', reason: 'requested_by_customer' };
  t.same((await readLast(stripe, 'refund.created'))?.fact, made);
  t.same((await readLast(stripe, 'refund.created'))?.fact, made);
  t.equal(double.calls.length, before + 1, 'the intent is asked for once');
  const { body } = lastOf(stripe, 'refund.created');
  const old = body.replace('refund.created', 'charge.refund.updated').replace(`"payment_intent":"${chargeReference}"`, '"payment_intent":null');
  t.same((await read(stripe, old))?.fact, made, 'by the charge where there is no intent');
});

t.test('a dispute takes money, an inquiry takes none', async (t) => {
  const stripe = await start(t);
  const { gateway, control } = stripe;
  await gateway.charge(chargeOf(), idle);
  const chargeReference = control.intentOf(PAYMENT) ?? '';
  const statuses: readonly (readonly [string, 'open' | 'won' | 'lost' | null])[] = [
    ['needs_response', 'open'], ['under_review', 'open'], ['won', 'won'], ['prevented', 'won'], ['lost', 'lost'], ['appeal_needs_response', 'lost'], ['appeal_under_review', 'lost'],
    ['warning_needs_response', null], ['warning_under_review', null], ['warning_closed', null], ['something_new', null],
  ];
  for (const [word, status] of statuses) {
    const reference = control.dispute(chargeReference, word);
    const notice = await readLast(stripe, 'charge.dispute.created');
    const fact = { kind: 'dispute', status, reference, paymentId: PAYMENT, chargeReference, amount: '49.90', currency: 'USD', reason: 'fraudulent' };
    t.same(notice === null ? null : notice.fact, status === null ? null : fact, word);
  }
  const reference = control.dispute(chargeReference);
  control.moveDispute(reference, 'under_review');
  t.match((await readLast(stripe, 'charge.dispute.updated'))?.fact, { reference, status: 'open' });
  control.moveDispute(reference, 'lost');
  t.match((await readLast(stripe, 'charge.dispute.closed'))?.fact, { reference, status: 'lost' });
});

t.test('what is not ours is authentic, and no notice', async (t) => {
  const stripe = await start(t);
  const { gateway, control } = stripe;
  const foreign = control.foreignCharge(100, 'usd');
  t.equal(await readLast(stripe, 'payment_intent.succeeded'), null, 'without our metadata');
  control.refundFromDashboard(foreign);
  t.equal(await readLast(stripe, 'refund.created'), null, 'a refund of it');
  control.dispute(control.foreignCharge(100, 'usd'));
  t.equal(await readLast(stripe, 'charge.dispute.created'), null, 'a dispute of it');

  await gateway.charge(chargeOf(), idle);
  const { body } = lastOf(stripe, 'payment_intent.succeeded');
  const told = (changed: string): Promise<ProviderNotice | null> => read(stripe, changed);
  t.not(await told(body), null);
  t.equal(await told(body.replace('"livemode":false,"pending_webhooks"', '"livemode":true,"pending_webhooks"')), null, 'of the other mode');
  t.equal(await told(body.replace('"pending_webhooks"', '"account":"acct_1","pending_webhooks"')), null, 'of a connected account');
  t.equal(await told(body.replace(`"paymentId":"${PAYMENT}"`, '"paymentId":"../x"')), null, 'with an id that is none');
  t.equal(await told(body.replace(`"paymentId":"${PAYMENT}"`, '"paymentId":7')), null, 'with an id that is no text');
  t.equal(await told(body.replace('"metadata":{', '"metadata":null,"other":{')), null, 'without metadata');
  for (const type of ['charge.succeeded', 'charge.refunded', 'customer.created', 'payment_intent.created', 'something.new']) t.equal(await told(body.replace('payment_intent.succeeded', type)), null, type);
});

t.test('a live key takes live notices alone', async (t) => {
  const stripe = await start(t, { secretKey: 'sk_live_1' });
  const before = { message: 'The first card was declined.' };
  const object = { id: 'pi_1', amount: 200, amount_received: 100, currency: 'usd', metadata: { paymentId: PAYMENT }, status: 'succeeded', last_payment_error: before };
  const { body } = stripe.double.webhooks.make('payment_intent.succeeded', object);
  t.equal(await read(stripe, body), null);
  t.match(await read(stripe, body.replace('"livemode":false', '"livemode":true')), { fact: { paymentId: PAYMENT, amount: '1.00', reason: null } }, 'what was received, and no word of what failed before');
});

t.test('while Stripe is away, what has to be asked for there is refused for now', async (t) => {
  const stripe = await start(t);
  const { gateway, control } = stripe;
  await gateway.charge(chargeOf(), idle);
  control.refundFromDashboard(control.intentOf(PAYMENT) ?? '', 100);
  control.setWeather({ kind: 'down' });
  await t.rejects(readLast(stripe, 'refund.created'), { name: 'StripeCallFailed' });
  control.clearFaults();
  t.match(await readLast(stripe, 'refund.created'), { fact: { paymentId: PAYMENT } });
});
