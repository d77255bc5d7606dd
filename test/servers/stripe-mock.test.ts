import t from 'tap';
import { StripePaymentGateway } from '../../src/adapters/stripe/stripe-payment-gateway.js';
import { SECRET_KEY, StripeDouble, type Call } from '../doubles/stripe/stripe-double.js';
import { chargeOf, idle, recordsOf, refundOf, stripeOptions } from '../fixtures/stripe.js';
import { StripeMock } from './stripe-mock.js';

/** Every call that the adapter makes, of every kind of charge and refund, as it reached the double. */
const callsOfAdapter = async (double: StripeDouble): Promise<readonly Call[]> => {
  const { control } = double;
  const paymentId = (number: number): string => `a1b2c3d4-0000-4000-8000-00000000000${number}`;
  const options = { statementDescriptor: 'Courses', receipts: true };
  const plain = new StripePaymentGateway(stripeOptions(double.url, options));
  const redirecting = new StripePaymentGateway(stripeOptions(double.url, { ...options, returnUrl: 'https://shop.example/paid' }));
  await plain.charge(chargeOf({ idempotencyKey: paymentId(1), token: 'pm_card_mastercard' }), idle);
  await redirecting.charge(chargeOf({ idempotencyKey: paymentId(2), token: 'pm_card_authenticationRequired' }), idle);
  await plain.charge(chargeOf({ idempotencyKey: paymentId(3), token: null }), idle);
  await recordsOf(plain).release(chargeOf({ idempotencyKey: paymentId(3) }), null, idle);
  await plain.charge(chargeOf({ idempotencyKey: paymentId(2) }), idle);
  const refund = refundOf({ idempotencyKey: paymentId(9), paymentId: paymentId(1), chargeReference: control.intentOf(paymentId(1)) });
  for (let count = 0; count < 2; count += 1) await plain.refund(refund, idle);
  control.plan({ call: 'POST /v1/refunds', times: 1, status: 500, kept: true });
  await plain.refund({ ...refund, idempotencyKey: paymentId(8) }, idle);
  control.dispute(control.intentOf(paymentId(1)) ?? '');
  for await (const fact of recordsOf(plain).list(new Date(0), idle)) if (fact.kind === 'dispute') break;
  const byCharge = double.webhooks.made.findLast(({ type }) => type === 'charge.dispute.created')?.body.replace(/"payment_intent":"\w+"/, '"payment_intent":null') ?? '';
  await recordsOf(plain).readNotice(Buffer.from(byCharge), { 'stripe-signature': double.webhooks.header(byCharge, 'whsec_double') }, new Date(), idle);
  return double.calls.filter(({ status }) => status === 200);
};

const kindOf = ({ method, path }: Call): string => `${method} ${path.replace(/\b(?:pi|re|ch|pm|du)_\w+/g, 'ID')}`;

const ask = async (url: string, { method, path, sent }: Pick<Call, 'method' | 'path' | 'sent'>): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> => {
  const headers = { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${url}${path}${method === 'GET' ? `?${sent}` : ''}`, { method, headers, ...(method === 'GET' ? {} : { body: sent }) });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** What the double says and the description of the API does not: names that are not there, and other types. */
const differences = (double: Readonly<Record<string, unknown>>, mock: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(double).flatMap(([name, value]) => {
    const [one, other] = [typeOf(value), typeOf(mock[name])];
    if (!(name in mock)) return [`${name} is not there`];
    return one === other || one === 'null' || other === 'null' ? [] : [`${name} is ${other}`];
  });

const started = async () => {
  const mock = await StripeMock.start();
  const double = await StripeDouble.start();
  t.teardown(async () => {
    await double.stop();
    await mock.close();
  });
  return { mock, double, calls: await callsOfAdapter(double) };
};

const servers = started();

t.test('every call of the adapter is one of Stripe’s API, with parameters that it has', async (t) => {
  const { mock, calls } = await servers;
  const kinds = new Set(calls.map(kindOf));
  t.same([...kinds].sort(), [
    'GET /v1/charges/ID', 'GET /v1/disputes', 'GET /v1/payment_intents', 'GET /v1/payment_intents/ID', 'GET /v1/payment_intents/search', 'GET /v1/payment_methods/ID',
    'GET /v1/refunds', 'GET /v1/refunds/ID', 'POST /v1/payment_intents', 'POST /v1/payment_intents/ID', 'POST /v1/payment_intents/ID/cancel', 'POST /v1/payment_intents/ID/confirm',
    'POST /v1/refunds',
  ]);
  for (const call of calls) {
    const { status, body } = await ask(mock.url, call);
    t.equal(status, 200, `${kindOf(call)} ${call.sent} ${JSON.stringify(body['error'] ?? '')}`);
  }
  const wrong = await ask(mock.url, { method: 'POST', path: '/v1/payment_intents', sent: 'amount=100&currency=usd&colour=red' });
  t.equal(wrong.status, 400, 'it refuses what the API does not have');
});

t.test('the double answers in shapes of Stripe’s API', async (t) => {
  const { mock, double, calls } = await servers;
  for (const call of new Map(calls.map((each) => [kindOf(each), each])).values()) {
    if (call.method !== 'GET') continue;
    const [ours, theirs] = await Promise.all([ask(double.url, call), ask(mock.url, call)]);
    t.same(differences(ours.body, theirs.body), [], kindOf(call));
    const [one] = Array.isArray(ours.body['data']) ? ours.body['data'] : [];
    const [other] = Array.isArray(theirs.body['data']) ? theirs.body['data'] : [];
    if (one !== undefined) t.same(differences(one, other), [], `${kindOf(call)}, an item`);
  }
});

t.test('the adapter understands the shapes of every answer', async (t) => {
  const { mock } = await servers;
  const gateway = new StripePaymentGateway(stripeOptions(mock.url, { receipts: true, returnUrl: 'https://shop.example/paid', statementDescriptor: 'Courses' }));
  const records = recordsOf(gateway);
  t.match(await gateway.charge(chargeOf(), idle), { outcome: 'declined' }, 'an intent of stripe-mock has an error of before');
  t.match(await records.lookUp(chargeOf(), 'pi_1', idle), { outcome: /declined|captured|action-required/ });
  t.match(await records.release(chargeOf(), 'pi_1', idle), { outcome: String });
  t.match(await gateway.refund(refundOf({ chargeReference: 'pi_1' }), idle), { outcome: /refunded|pending/, reference: /^re_/ });
  const kinds = new Set<string>();
  const controller = new AbortController();
  for await (const fact of records.list(new Date(0), controller.signal)) {
    t.match(fact, { reference: String, amount: /^\d+\.\d\d$/, currency: 'USD' });
    kinds.add(fact.kind);
  }
  t.ok(kinds.has('charge') && kinds.has('refund'), [...kinds].join());
});
