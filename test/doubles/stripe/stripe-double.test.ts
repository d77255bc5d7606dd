import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Stripe } from 'stripe';
import t, { type Test } from 'tap';
import { projectRoot } from '../../project-root.js';
import { RemoteStripeDouble } from './remote.js';
import { SECRET_KEY, StripeDouble, WEBHOOK_SECRET } from './stripe-double.js';

/** A program that takes webhooks, and the types of those that it took; `answers`: its statuses, the last one for ever. */
const taker = async (t: Test, answers: readonly number[] = [200]) => {
  const taken: string[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const status = answers[Math.min(calls, answers.length - 1)] ?? 200;
      calls += 1;
      const event = Stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), WEBHOOK_SECRET);
      if (status === 200) taken.push(event.type);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { taken, url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/payments/webhooks/stripe` };
};

const start = async (t: Test, options?: ConstructorParameters<typeof StripeDouble>[0]): Promise<StripeDouble> => {
  const double = await StripeDouble.start(options);
  t.teardown(() => double.stop());
  return double;
};

const OF_A_CHARGE = ['payment_intent.created', 'payment_intent.succeeded'];

t.test('events are signed, and sent until they are taken', async (t) => {
  const double = await start(t);
  const { url, taken } = await taker(t, [500, 404, 200]);
  double.control.setDelivery({ repeatAfterMs: 1 });
  double.control.addEndpoint(url);
  double.control.foreignCharge(100, 'usd');
  await double.control.quiet();
  t.same([...taken].sort(), OF_A_CHARGE);
  t.same(double.control.deliveries().map(({ status }) => status).sort(), [200, 200, 404, 500]);
});

t.test('events that nobody takes are given up, and sent once more when asked for', async (t) => {
  const double = await start(t);
  double.control.addEndpoint('http://127.0.0.1:1/nobody');
  double.control.setDelivery({ attempts: 3, repeatAfterMs: 1 });
  double.control.foreignCharge(100, 'usd');
  await double.control.quiet();
  t.same(double.control.deliveries().map(({ status }) => status), [null, null, null, null, null, null]);
  const { url, taken } = await taker(t);
  double.control.setEndpoints([{ url, secret: WEBHOOK_SECRET }]);
  await double.control.resend(double.webhooks.made[1]?.id ?? '');
  t.same(taken, ['payment_intent.succeeded']);
});

t.test('events are held, doubled, turned round and lost as told', async (t) => {
  const double = await start(t);
  const { url, taken } = await taker(t);
  double.control.addEndpoint(url);
  const sent = async (): Promise<readonly string[]> => {
    await double.control.quiet();
    return taken.splice(0);
  };
  double.control.setDelivery({ held: true });
  double.control.foreignCharge(100, 'usd');
  t.same(await sent(), []);
  await double.control.deliver('reversed', 2);
  t.same(await sent(), OF_A_CHARGE.toReversed().flatMap((type) => [type, type]));
  double.control.foreignCharge(100, 'usd');
  double.control.loseHeld();
  await double.control.deliver();
  t.same(await sent(), []);
  double.control.setDelivery({ doubled: 1, delayMs: 20 });
  double.control.foreignCharge(100, 'usd');
  t.same([...(await sent())].sort(), OF_A_CHARGE.flatMap((type) => [type, type]));
  double.control.setDelivery({ lost: 1 });
  double.control.foreignCharge(100, 'usd');
  t.same(await sent(), []);
  t.same(double.control.events().slice(-4).map(({ copies }) => copies), [2, 2, 0, 0]);
});

t.test('a listener that stops and comes back knows what it knew, its keys included', async (t) => {
  const double = await start(t);
  const create = async (): Promise<{ id: string; replayed: string | null }> => {
    const headers = { authorization: `Bearer ${SECRET_KEY}`, 'idempotency-key': 'k' };
    const answer = await fetch(`${double.url}/v1/payment_intents`, { method: 'POST', headers, body: new URLSearchParams({ amount: '100', currency: 'usd' }) });
    return { ...JSON.parse(await answer.text()), replayed: answer.headers.get('idempotent-replayed') };
  };
  const { id } = await create();
  await double.stop();
  await t.rejects(create());
  await double.listen();
  t.match(await create(), { id, replayed: 'true' });
  t.equal(double.account.intents.length, 1);
});

t.test('calls without the key, and calls that it does not know, are refused in Stripe’s envelope', async (t) => {
  const double = await start(t);
  const ask = async (path: string, key: string): Promise<unknown> => {
    const answer = await fetch(`${double.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, ...JSON.parse(await answer.text()) };
  };
  t.match(await ask('/v1/refunds', 'sk_test_other'), { status: 401, error: { type: 'invalid_request_error', message: String } });
  t.match(await ask('/v1/customers', SECRET_KEY), { status: 404, error: { message: /^Unrecognized request URL/ } });
  t.match(await ask('/v1/refunds?limit=101', SECRET_KEY), { status: 400, error: { param: 'limit' } });
});

t.test('every nth call fails when told', async (t) => {
  const double = await start(t);
  double.control.setWeather({ kind: 'failing', every: 3, status: 503 });
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await fetch(`${double.url}/v1/refunds`, { headers: { authorization: `Bearer ${SECRET_KEY}` } })).status);
  t.same(statuses, [200, 200, 503, 200, 200, 503]);
});

t.test('a planned fault is counted until a call has had it, and may hold an answer back', async (t) => {
  const double = await start(t);
  const ask = async (): Promise<number> => (await fetch(`${double.url}/v1/refunds`, { headers: { authorization: `Bearer ${SECRET_KEY}` } })).status;
  const refused = double.control.plan({ call: '/v1/refunds', times: 1, status: 503 });
  const late = double.control.plan({ call: '/v1/refunds', times: 1, status: 200, applied: true, delayMs: 60_000 });
  const left = (): readonly number[] => [refused, late].map((plan) => double.control.leftOf(plan));
  t.same(left(), [1, 1]);
  t.equal(await ask(), 503);
  t.same(left(), [0, 1]);
  const heldBack = t.rejects(ask(), 'it is cut off at the end of the test');
  while (double.control.leftOf(late) > 0) await new Promise((resolve) => setImmediate(resolve));
  t.equal(await ask(), 200, 'a later call is answered before it');
  await double.stop();
  await heldBack;
});

t.test('refunds that the bank takes its time for are named, of a payment and of all', async (t) => {
  const { account, control } = await start(t);
  const refunds = ['one', 'two'].map((paymentId) => {
    const { id } = account.make({ amount: 100, currency: 'usd', metadata: { paymentId }, description: null, descriptor: null, redirects: 'never' });
    account.confirm(id, 'pm_card_pendingRefund', undefined, null);
    return control.refundFromDashboard(id);
  });
  t.same(control.pendingRefunds(), refunds);
  t.same(control.pendingRefunds('two'), refunds.slice(1));
  control.settleRefund(refunds[1] ?? '', 'succeed');
  t.same(control.pendingRefunds('two'), []);
});

t.test('another process is told by HTTP what to do, and tells what money it moved', async (t) => {
  const child = spawn(process.execPath, [join(projectRoot, 'build/test/doubles/stripe/process.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  const [url]: readonly string[] = await once(createInterface({ input: child.stdout }), 'line');
  const remote = new RemoteStripeDouble(url ?? '');
  const intent = await remote.call('foreignCharge', 700, 'jpy');
  await remote.call('setWeather', { kind: 'down' });
  t.match(await remote.call('refundFromDashboard', intent, 200), /^re_/);
  t.same(await remote.call('books'), { [intent]: { captures: 1, captured: 700, refunds: 1, refunded: 200, disputed: 0 } });
  await t.rejects(remote.call('authenticate', intent, 'succeed'), /has a status of succeeded/);
});
