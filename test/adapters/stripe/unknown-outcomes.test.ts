import { createServer } from 'node:http';
import t from 'tap';
import { StripePaymentGateway } from '../../../src/adapters/stripe/stripe-payment-gateway.js';
import { until } from '../../servers/until.js';
import { chargeOf, idle, PAYMENT, recordsOf, refundOf, stripeOfTest, stripeOptions } from '../../fixtures/stripe.js';

const CREATE = 'POST /v1/payment_intents';

t.test('an answer that is lost is asked for again at once, with the same key', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t);
  t.same(await gateway.charge(chargeOf({ token: 'pm_lost_answer' }), idle), { outcome: 'captured', reference: control.intentOf(PAYMENT) });
  const confirmations = double.calls.filter(({ path }) => path.endsWith('/confirm'));
  t.match(confirmations, [{ status: null, key: `${PAYMENT}/confirm` }, { status: 200, replayed: true, key: `${PAYMENT}/confirm` }]);
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('an answer that stays lost is unknown, and found by the next call', async (t) => {
  for (const lost of [CREATE, '/confirm']) {
    const { gateway, control, records } = await stripeOfTest(t);
    control.plan({ call: lost, times: 2, status: null, applied: true });
    await t.rejects(gateway.charge(chargeOf(), idle), { name: 'StripeCallFailed', message: /no connection, or no answer in time/ }, lost);
    if (lost === '/confirm') t.match(await records.lookUp(chargeOf(), null, idle), { outcome: 'captured' }, 'looked up without a reference');
    t.match(await gateway.charge(chargeOf(), idle), { outcome: 'captured' }, lost);
    t.equal(control.books()[PAYMENT]?.captures, 1, lost);
  }
});

t.test('faults of a moment are overcome within the call', async (t) => {
  const cases = ([[500, undefined], [503, undefined], [409, 'idempotency_key_in_use']] as const).flatMap(([status, code]) => [CREATE, '/confirm'].map((call) => ({ status, code, call })));
  await Promise.all(
    cases.map(async ({ status, code, call }) => {
      const { gateway, control } = await stripeOfTest(t);
      control.plan({ call, times: 1, status, ...(code === undefined ? {} : { code }) });
      t.match(await gateway.charge(chargeOf(), idle), { outcome: 'captured' }, `${status} ${call}`);
      t.equal(control.books()[PAYMENT]?.captures, 1);
    }),
  );
});

t.test('faults that last are unknown outcomes, and no words of them hold a secret', async (t) => {
  const faults: readonly (readonly [status: number, code: string | undefined, type: string | undefined])[] = [
    [500, undefined, 'api_error'], [503, undefined, 'api_error'], [429, undefined, 'rate_limit_error'], [429, 'lock_timeout', 'invalid_request_error'], [409, 'idempotency_key_in_use', 'invalid_request_error'],
    [401, undefined, 'invalid_request_error'], [403, undefined, 'invalid_request_error'], [400, 'livemode_mismatch', 'invalid_request_error'], [400, 'lock_timeout', 'invalid_request_error'],
  ];
  const cases = faults.flatMap(([status, code, type]) => [CREATE, '/confirm', '/v1/refunds'].map((call) => ({ status, code, type, call })));
  await Promise.all(
    cases.map(async ({ status, code, type, call }) => {
      const { gateway, control } = await stripeOfTest(t);
      const made = call === '/v1/refunds' ? await gateway.charge(chargeOf(), idle) : undefined;
      const fault = { call, times: 9, status, ...(code === undefined ? {} : { code }), ...(type === undefined ? {} : { type }) };
      control.plan(fault);
      const asked = made?.outcome === 'captured' ? gateway.refund(refundOf({ chargeReference: made.reference }), idle) : gateway.charge(chargeOf(), idle);
      const error: unknown = await asked.then(() => undefined, (reason: unknown) => reason);
      t.match(error, { name: 'StripeCallFailed', message: new RegExp(`\\b${status}\\b`) }, `${status} ${code} ${call}`);
      t.notOk(error instanceof Error && ('cause' in error || 'raw' in error || error.message.includes('_secret_')));
      control.clearFaults();
      if (made === undefined) t.match(await gateway.charge(chargeOf(), idle), { outcome: 'captured' });
      t.match(control.books()[PAYMENT], { captures: 1, refunds: 0 });
    }),
  );
});

t.test('tokens whose first confirmation fails are captured once', async (t) => {
  for (const token of ['pm_500', 'pm_500_captured', 'pm_503', 'pm_409']) {
    const { gateway, control } = await stripeOfTest(t);
    t.match(await gateway.charge(chargeOf({ token }), idle), { outcome: 'captured' }, token);
    t.equal(control.books()[PAYMENT]?.captures, 1, token);
  }
  const { gateway, control } = await stripeOfTest(t);
  await t.rejects(gateway.charge(chargeOf({ token: 'pm_429' }), idle), { name: 'StripeCallFailed' });
  t.match(await gateway.charge(chargeOf({ token: 'pm_429' }), idle), { outcome: 'captured' });
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('a capture that Stripe answers by a failure is not confirmed again', async (t) => {
  const { gateway, control } = await stripeOfTest(t);
  t.match(await gateway.charge(chargeOf({ token: 'pm_500_captured' }), idle), { outcome: 'captured' });
  t.same(control.calls().filter(({ path }) => path.endsWith('/confirm')).map(({ key, status }) => [key, status]), [[`${PAYMENT}/confirm`, 500], [`${PAYMENT}/confirm`, 500]]);
});

t.test('what Stripe repeats is of then: the intent is asked what it is now', async (t) => {
  for (const token of ['pm_card_authenticationRequired', 'pm_card_visa_chargeDeclined']) {
    const { gateway, control } = await stripeOfTest(t);
    control.plan({ call: '/confirm', times: 1, status: null, applied: true });
    const asked = gateway.charge(chargeOf({ token }), idle);
    await until(async () => control.calls().some(({ status }) => status === null));
    const reference = control.intentOf(PAYMENT) ?? '';
    if (token === 'pm_card_authenticationRequired') control.authenticate(reference, 'succeed');
    else control.confirmAsClient(reference, 'pm_card_visa');
    t.same(await asked, { outcome: 'captured', reference }, token);
  }
});

t.test('an intent that moves on just before it is confirmed is answered by its state', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t);
  const { confirm } = double.account;
  double.account.confirm = (id, ...more) => {
    confirm.call(double.account, id, ...more);
    return confirm.call(double.account, id, ...more);
  };
  t.same(await gateway.charge(chargeOf(), idle), { outcome: 'captured', reference: control.intentOf(PAYMENT) });
  t.equal(control.books()[PAYMENT]?.captures, 1);

  const still = await stripeOfTest(t);
  still.control.plan({ call: '/confirm', times: 1, status: 400, code: 'payment_intent_unexpected_state' });
  await t.rejects(still.gateway.charge(chargeOf(), idle), { name: 'StripeCallFailed' }, 'a state that fits is no answer');
});

t.test('a failure that Stripe keeps for a key blocks nothing: the charge goes on under another key', async (t) => {
  const { double, gateway, control, records } = await stripeOfTest(t);
  control.plan({ call: CREATE, times: 2, status: 500, kept: true });
  control.plan({ call: CREATE, times: 1, status: 500, kept: true });
  t.match(await gateway.charge(chargeOf(), idle).catch(() => gateway.charge(chargeOf(), idle)), { outcome: 'captured' });
  t.ok(new Set(double.calls.filter(({ path }) => path === '/v1/payment_intents').map(({ key }) => key)).has(`${PAYMENT}/2`));
  t.same(await records.lookUp(chargeOf(), null, idle), { outcome: 'captured', reference: control.intentOf(PAYMENT) }, 'whoever looks it up takes the same way');
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('an intent that Stripe made although it kept a failure is never confirmed', async (t) => {
  const { double, gateway, control, records } = await stripeOfTest(t);
  control.plan({ call: CREATE, times: 1, status: 500, kept: true, applied: true });
  t.match(await gateway.charge(chargeOf(), idle), { outcome: 'captured' });
  t.same(double.account.intents.map(({ status }) => status), ['requires_payment_method', 'succeeded']);
  t.match(await records.release(chargeOf(), null, idle), { outcome: 'captured' });
});

t.test('an amount that was refused before is refused by the same key', async (t) => {
  const { gateway, control } = await stripeOfTest(t);
  const first = await gateway.charge(chargeOf({ amount: '0.10' }), idle);
  t.same(await gateway.charge(chargeOf({ amount: '0.10' }), idle), first);
  t.equal(control.calls().length, 2);
});

t.test('a payment that began under another configuration is found by its metadata', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t);
  await gateway.charge(chargeOf({ token: 'pm_card_authenticationRequired' }), idle);
  const reference = control.intentOf(PAYMENT) ?? '';
  const changed = new StripePaymentGateway(stripeOptions(double.url, { statementDescriptor: 'Courses' }));
  t.match(await changed.charge(chargeOf({ token: 'pm_card_authenticationRequired' }), idle), { outcome: 'action-required', reference });
  t.same(await recordsOf(changed).release(chargeOf(), null, idle), { outcome: 'cancelled' });
  t.equal(double.account.intents.length, 1);
});

t.test('a confirmation that begins anew with other parameters has another key', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t);
  control.plan({ call: '/confirm', times: 2, status: 500, kept: true });
  await gateway.charge(chargeOf(), idle).catch(() => undefined);
  control.clearFaults();
  const changed = new StripePaymentGateway(stripeOptions(double.url, { receipts: true }));
  t.match(await changed.charge(chargeOf({ token: 'pm_card_mastercard' }), idle), { outcome: 'captured' });
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('two that charge the same payment at once capture it once', async (t) => {
  const { gateway, control } = await stripeOfTest(t);
  const ask = (): Promise<unknown> => gateway.charge(chargeOf(), idle).catch(() => gateway.charge(chargeOf(), idle));
  const answers = await Promise.all([ask(), ask(), ask()]);
  for (const answer of answers) t.same(answer, { outcome: 'captured', reference: control.intentOf(PAYMENT) });
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('an API that is slow beyond the time limit is an unknown outcome, and found afterwards', async (t) => {
  const { gateway, control } = await stripeOfTest(t, { requestTimeoutMs: 50 });
  control.setWeather({ kind: 'slow', milliseconds: 2_000 });
  await t.rejects(gateway.charge(chargeOf(), idle), { name: 'StripeCallFailed' });
  control.clearFaults();
  for (;;) {
    const answer = await gateway.charge(chargeOf(), idle).catch(() => undefined);
    if (answer !== undefined) {
      t.match(answer, { outcome: 'captured' });
      break;
    }
  }
  t.equal(control.books()[PAYMENT]?.captures, 1);
});

t.test('a server that is not there, and answers that are none, are unknown outcomes', async (t) => {
  const { double, gateway } = await stripeOfTest(t);
  await double.stop();
  await t.rejects(gateway.charge(chargeOf(), idle), { name: 'StripeCallFailed', message: /no connection/ });
  await double.listen();
  t.match(await gateway.charge(chargeOf(), idle), { outcome: 'captured' }, 'it comes back with what it knew');

  for (const body of ['<html>', '', '{"id":', 'null', '[]', '{}']) {
    const server = createServer((_request, response) => void response.writeHead(200).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const before = new StripePaymentGateway(stripeOptions(`http://127.0.0.1:${port}`));
    await t.rejects(before.charge(chargeOf(), idle), { name: 'StripeCallFailed' }, body);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

t.test('every call ends when its signal aborts', async (t) => {
  const { gateway, control, records } = await stripeOfTest(t);
  control.setWeather({ kind: 'slow', milliseconds: 60_000 });
  const reason = new Error('given up');
  const calls: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
    (signal) => gateway.charge(chargeOf(), signal),
    (signal) => gateway.refund(refundOf({ chargeReference: 'pi_1' }), signal),
    (signal) => records.lookUp(chargeOf({ idempotencyKey: 'p2' }), null, signal),
    (signal) => records.release(chargeOf({ idempotencyKey: 'p3' }), null, signal),
    async (signal) => {
      for await (const fact of records.list(new Date(0), signal)) t.fail(`${fact.kind} after the end`);
    },
  ];
  for (const call of calls) {
    const controller = new AbortController();
    const asked = call(controller.signal);
    controller.abort(reason);
    await t.rejects(asked, reason);
    await t.rejects(call(controller.signal), reason);
  }
});
