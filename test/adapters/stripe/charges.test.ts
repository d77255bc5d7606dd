import t from 'tap';
import { StripePaymentGateway } from '../../../src/adapters/stripe/stripe-payment-gateway.js';
import { paymentGatewayContract } from '../../contracts/payment-gateway.js';
import { SECRET_KEY, StripeDouble } from '../../doubles/stripe/stripe-double.js';
import { chargeOf, idle, PAYMENT, stripeOfTest, stripeOptions } from '../../fixtures/stripe.js';

const doubles: StripeDouble[] = [];
t.teardown(() => Promise.all(doubles.map((double) => double.stop())));

paymentGatewayContract('Stripe', { good: 'pm_card_visa', declined: 'pm_card_visa_chargeDeclined', noAnswer: 'pm_no_answer' }, async () => {
  const double = await StripeDouble.start();
  doubles.push(double);
  return new StripePaymentGateway(stripeOptions(double.url));
});

t.test('it says which account it charges', async (t) => {
  const described = (secretKey: string): string => new StripePaymentGateway(stripeOptions(null, { secretKey })).description;
  t.equal(described('sk_test_1'), 'stripe, test mode');
  t.equal(described('rk_test_1'), 'stripe, test mode');
  t.equal(described('sk_live_1'), 'stripe, live');
  t.equal(described('rk_live_1'), 'stripe, live');
  t.equal(new StripePaymentGateway(stripeOptions(null)).name, 'stripe');
});

t.test('a charge is an intent that is made, then confirmed, each with a key of the payment', async (t) => {
  const { double, gateway } = await stripeOfTest(t, { statementDescriptor: 'Courses' });
  const answer = await gateway.charge(chargeOf(), idle);
  const reference = double.control.intentOf(PAYMENT);
  t.same(answer, { outcome: 'captured', reference });
  t.match(double.calls, [
    {
      method: 'POST', path: '/v1/payment_intents', key: PAYMENT,
      form: {
        amount: '4990', currency: 'usd', description: `Payment ${PAYMENT}`, capture_method: 'automatic', statement_descriptor_suffix: 'Courses',
        automatic_payment_methods: { enabled: 'true', allow_redirects: 'never' }, metadata: { paymentId: PAYMENT, confirmedBy: 'server' },
      },
    },
    { method: 'POST', path: `/v1/payment_intents/${reference}/confirm`, key: `${PAYMENT}/confirm`, form: { payment_method: 'pm_card_visa' } },
  ]);
  t.equal(double.calls.length, 2);
  t.same(double.calls[1]?.form, { payment_method: 'pm_card_visa' });
});

t.test('cards that are refused are declined in words for the payer', async (t) => {
  const words: Readonly<Record<string, string>> = {
    pm_card_visa_chargeDeclined: 'Your card was declined.',
    pm_card_visa_chargeDeclinedInsufficientFunds: 'Your card has insufficient funds.',
    pm_card_chargeDeclinedExpiredCard: 'Your card has expired.',
    pm_nobody_knows: "No such PaymentMethod: 'pm_nobody_knows'",
    'sk_live_pasted7': "No such PaymentMethod: '***'",
  };
  for (const [token, reason] of Object.entries(words)) {
    const { double, gateway } = await stripeOfTest(t);
    t.same(await gateway.charge(chargeOf({ token }), idle), { outcome: 'declined', reason }, token);
    t.same(await gateway.charge(chargeOf({ token }), idle), { outcome: 'declined', reason }, `${token}, asked for again`);
    t.match(double.control.books()[PAYMENT], { captures: 0, captured: 0 });
  }
});

t.test('a payment that was declined stays so, whatever token comes with a repeat', async (t) => {
  const { gateway, control } = await stripeOfTest(t);
  await gateway.charge(chargeOf({ token: 'pm_card_visa_chargeDeclined' }), idle);
  t.match(await gateway.charge(chargeOf({ token: 'pm_card_visa' }), idle), { outcome: 'declined' });
  t.equal(control.books()[PAYMENT]?.captured, 0);
});

t.test('amounts that Stripe does not take are declined with its reason, and before any call where they can not be said', async (t) => {
  const { double, gateway } = await stripeOfTest(t);
  t.same(await gateway.charge(chargeOf({ amount: '0.10' }), idle), { outcome: 'declined', reason: 'Amount must be at least $0.50 usd' });
  t.match(await gateway.charge(chargeOf({ idempotencyKey: 'p2', amount: '1.00', currency: 'XXQ' }), idle), { outcome: 'declined', reason: 'Invalid currency: xxq.' });
  t.match(await gateway.charge(chargeOf({ idempotencyKey: 'p3', amount: '999999999999.00' }), idle), { outcome: 'declined', reason: /^Amount must be no more/ });
  const before = double.calls.length;
  t.match(await gateway.charge(chargeOf({ idempotencyKey: 'p4', amount: '1.005', currency: 'KWD' }), idle), { outcome: 'declined', reason: /KWD with a 0 as its last decimal/ });
  t.equal(double.calls.length, before);
});

t.test('a bank that wants the payer is an action: at its page, or in the browser', async (t) => {
  const token = 'pm_card_authenticationRequired';
  const plain = await stripeOfTest(t);
  const answer = await plain.gateway.charge(chargeOf({ token }), idle);
  const reference = plain.control.intentOf(PAYMENT) ?? '';
  t.match(answer, { outcome: 'action-required', reference, nextAction: { kind: 'client', clientSecret: new RegExp(`^${reference}_secret_`), redirectUrl: null } });
  t.same(await plain.gateway.charge(chargeOf({ token }), idle), answer, 'asked for again');

  const led = await stripeOfTest(t, { returnUrl: 'https://shop.example/paid' });
  t.match(await led.gateway.charge(chargeOf({ token }), idle), { outcome: 'action-required', nextAction: { kind: 'redirect', clientSecret: /_secret_/, redirectUrl: /^https:\/\/hooks\.stripe\.example\// } });
  t.match(led.double.calls, [{ form: { automatic_payment_methods: { allow_redirects: 'always' } } }, { form: { return_url: 'https://shop.example/paid' } }]);
});

t.test('a charge that has moved on is answered by its present state', async (t) => {
  for (const [token, move, outcome] of [
    ['pm_card_authenticationRequired', 'succeed', 'captured'],
    ['pm_card_authenticationRequired', 'fail', 'declined'],
    ['pm_processing', 'succeed', 'captured'],
    ['pm_processing', 'fail', 'declined'],
  ] as const) {
    const { gateway, control, records } = await stripeOfTest(t);
    const first = await gateway.charge(chargeOf({ token }), idle);
    t.equal(first.outcome, token === 'pm_processing' ? 'pending' : 'action-required');
    const intent = control.intentOf(PAYMENT) ?? '';
    if (token === 'pm_processing') control.settle(intent, move);
    else control.authenticate(intent, move);
    t.equal((await gateway.charge(chargeOf({ token }), idle)).outcome, outcome, `${token} ${move}`);
    t.equal((await records.lookUp(chargeOf(), null, idle)).outcome, outcome, `${token} ${move}, looked up`);
    t.equal(control.books()[PAYMENT]?.captures, outcome === 'captured' ? 1 : 0);
    t.equal(control.calls().filter(({ path }) => path.endsWith('/confirm')).length, 1, 'what has moved on is not confirmed again');
  }
});

t.test('without a token the payer gives the card to Stripe, and may try another one', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t);
  const wallet = chargeOf({ method: 'wallet', token: null });
  const answer = await gateway.charge(wallet, idle);
  const intent = control.intentOf(PAYMENT) ?? '';
  t.match(answer, { outcome: 'action-required', reference: intent, nextAction: { kind: 'client', clientSecret: /_secret_/, redirectUrl: null } });
  t.equal(double.account.intent(intent).metadata['confirmedBy'], 'client');
  t.equal(double.calls.filter(({ path }) => path.endsWith('/confirm')).length, 0);
  control.confirmAsClient(intent, 'pm_card_visa_chargeDeclined');
  t.same(await gateway.charge(wallet, idle), answer, 'a card that failed is no end');
  t.equal(double.calls.filter(({ method, path }) => method === 'POST' && path === `/v1/payment_intents/${intent}`).length, 1);
  control.confirmAsClient(intent, 'pm_card_visa');
  t.same(await gateway.charge(wallet, idle), { outcome: 'captured', reference: intent });
});

t.test('receipts go to the address that the payment method names', async (t) => {
  const { double, gateway, control } = await stripeOfTest(t, { receipts: true });
  await gateway.charge(chargeOf({ token: 'pm_card_mastercard' }), idle);
  t.equal(double.account.intent(control.intentOf(PAYMENT) ?? '').receipt_email, 'payer@shop.example');
  t.match(await gateway.charge(chargeOf({ idempotencyKey: 'p2' }), idle), { outcome: 'captured' }, 'where it names none');
  t.match(await gateway.charge(chargeOf({ idempotencyKey: 'p3', token: 'pm_nobody_knows' }), idle), { outcome: 'declined' });
});

t.test('a look-up finds the charge by its key, or makes it known, and moves no money', async (t) => {
  const { gateway, control, records } = await stripeOfTest(t);
  t.match(await records.lookUp(chargeOf(), null, idle), { outcome: 'action-required' });
  t.equal(control.books()[PAYMENT]?.captured, 0);
  const { reference } = { reference: control.intentOf(PAYMENT) ?? '' };
  t.same(await gateway.charge(chargeOf(), idle), { outcome: 'captured', reference }, 'the charge goes on with the same intent');
  for (const known of [null, reference, 'sandbox-charge-1']) t.same(await records.lookUp(chargeOf(), known, idle), { outcome: 'captured', reference });
  t.equal(control.books()[PAYMENT]?.captures, 1);
  t.match(await records.lookUp(chargeOf({ idempotencyKey: 'p2', amount: '1.005', currency: 'KWD' }), null, idle), { outcome: 'declined' });
});

t.test('a charge that is released takes no money afterwards', async (t) => {
  for (const token of [null, 'pm_card_authenticationRequired', 'pm_card_visa_chargeDeclined', undefined]) {
    const { gateway, control, records } = await stripeOfTest(t);
    if (token !== undefined) await gateway.charge(chargeOf({ token }), idle);
    t.same(await records.release(chargeOf(), null, idle), { outcome: 'cancelled' }, String(token));
    t.same(await records.release(chargeOf(), control.intentOf(PAYMENT), idle), { outcome: 'cancelled' }, 'and once more');
    t.same(await gateway.charge(chargeOf(), idle), { outcome: 'cancelled' });
    t.equal(control.books()[PAYMENT]?.captured, 0);
  }
});

t.test('what is captured or on its way is not released', async (t) => {
  const { double, gateway, control, records } = await stripeOfTest(t);
  const captured = await gateway.charge(chargeOf(), idle);
  t.same(await records.release(chargeOf(), null, idle), captured);
  await gateway.charge(chargeOf({ idempotencyKey: 'p2', token: 'pm_processing' }), idle);
  const onItsWay = control.intentOf('p2') ?? '';
  t.same(await records.release(chargeOf({ idempotencyKey: 'p2' }), onItsWay, idle), { outcome: 'pending', reference: onItsWay });
  t.equal(double.calls.filter(({ path }) => path.endsWith('/cancel')).length, 0);
});

t.test('a capture at the moment of the release wins', async (t) => {
  const { double, gateway, control, records } = await stripeOfTest(t);
  await gateway.charge(chargeOf({ token: 'pm_card_authenticationRequired' }), idle);
  const reference = control.intentOf(PAYMENT) ?? '';
  const { cancel } = double.account;
  double.account.cancel = (id, reason) => {
    double.account.authenticate(id, 'succeed');
    return cancel.call(double.account, id, reason);
  };
  t.same(await records.release(chargeOf(), reference, idle), { outcome: 'captured', reference });
});

t.test('the key is sent in the header alone', async (t) => {
  const { double, gateway } = await stripeOfTest(t);
  await gateway.charge(chargeOf(), idle);
  t.notOk(JSON.stringify(double.calls).includes(SECRET_KEY));
});
