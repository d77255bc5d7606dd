import t from 'tap';
import type { ProviderFact, ProviderRecords } from '../../../src/ports/payment-gateway.js';
import { chargeOf, idle, PAYMENT, REFUND, refundOf, stripeOfTest } from '../../fixtures/stripe.js';

const all = async (records: ProviderRecords, since: Date): Promise<readonly ProviderFact[]> => {
  const facts: ProviderFact[] = [];
  for await (const fact of records.list(since, idle)) facts.push(fact);
  return facts;
};

const paymentId = (number: number): string => `a1b2c3d4-0000-4000-8000-${String(number).padStart(12, '0')}`;

t.test('every charge, refund and dispute since then is listed, whosever it is', async (t) => {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const { gateway, control, records } = await stripeOfTest(t, {}, { now: () => now });
  const charge = (number: number, token: string | null) => gateway.charge(chargeOf({ idempotencyKey: paymentId(number), token }), idle);
  await charge(1, 'pm_card_visa');
  now += 1_000;
  const since = new Date(now);
  await charge(2, 'pm_card_visa');
  await charge(3, 'pm_card_visa_chargeDeclined');
  await charge(4, null);
  await charge(5, 'pm_processing');
  await charge(6, null);
  await records.release(chargeOf({ idempotencyKey: paymentId(6) }), null, idle);
  const intent = (number: number): string => control.intentOf(paymentId(number)) ?? '';
  await gateway.refund(refundOf({ paymentId: paymentId(2), chargeReference: intent(2) }), idle);
  control.refundFromDashboard(intent(1), 100);
  const foreign = control.foreignCharge(700, 'jpy');
  control.dispute(foreign);
  control.dispute(intent(1), 'warning_needs_response');
  control.dispute(intent(1), 'lost');

  const facts = await all(records, since);
  t.same(
    facts.map(({ kind, status, paymentId: of, amount, currency }) => [kind, status, of, amount, currency]),
    [
      ['charge', 'captured', null, '700', 'JPY'],
      ['charge', 'cancelled', paymentId(6), '49.90', 'USD'],
      ['charge', 'pending', paymentId(5), '49.90', 'USD'],
      ['charge', 'action-required', paymentId(4), '49.90', 'USD'],
      ['charge', 'declined', paymentId(3), '49.90', 'USD'],
      ['charge', 'captured', paymentId(2), '49.90', 'USD'],
      ['refund', 'refunded', paymentId(1), '1.00', 'USD'],
      ['refund', 'refunded', paymentId(2), '10.00', 'USD'],
      ['dispute', 'lost', paymentId(1), '48.90', 'USD'],
      ['dispute', 'open', null, '700', 'JPY'],
    ],
  );
  t.match(facts.filter(({ kind }) => kind === 'refund'), [{ refundId: null, chargeReference: intent(1) }, { refundId: REFUND, chargeReference: intent(2) }]);
  const DAY_MS = 24 * 60 * 60_000;
  const kindsSince = async (then: number) => new Set((await all(records, new Date(then))).map(({ kind }) => kind));
  t.same(await kindsSince(now + 1_000), new Set(['refund', 'dispute']), 'they may have moved since then');
  t.same(await kindsSince(now + 31 * DAY_MS), new Set(['dispute']));
  t.same(await kindsSince(now + 181 * DAY_MS), new Set());
});

t.test('lists go on to their last page, and a page that fails fails the list', async (t) => {
  const { gateway, control, records, double } = await stripeOfTest(t);
  const numbers = Array.from({ length: 230 }, (_, index) => index);
  await Promise.all(numbers.map((number) => gateway.charge(chargeOf({ idempotencyKey: paymentId(number), token: null }), idle)));
  const facts = await all(records, new Date(0));
  t.same(new Set(facts.map(({ paymentId: of }) => of)), new Set(numbers.map(paymentId)));
  t.equal(facts.length, 230);
  t.equal(double.calls.filter(({ method, path }) => method === 'GET' && path === '/v1/payment_intents').length, 3);
  control.plan({ call: 'GET /v1/refunds', times: 2, status: 503 });
  await t.rejects(all(records, new Date(0)), { name: 'StripeCallFailed' });
});

t.test('a list ends in its midst when the signal aborts', async (t) => {
  const { gateway, records } = await stripeOfTest(t);
  for (const number of [1, 2]) await gateway.charge(chargeOf({ idempotencyKey: paymentId(number) }), idle);
  const controller = new AbortController();
  const seen: ProviderFact[] = [];
  await t.rejects(async () => {
    for await (const fact of records.list(new Date(0), controller.signal)) {
      seen.push(fact);
      controller.abort(new Error('given up'));
    }
  }, new Error('given up'));
  t.equal(seen.length, 1);
});

t.test('the payment of a foreign refund is asked for once', async (t) => {
  const { gateway, control, records, double } = await stripeOfTest(t);
  await gateway.charge(chargeOf(), idle);
  for (const amount of [100, 200]) control.refundFromDashboard(control.intentOf(PAYMENT) ?? '', amount);
  const before = double.calls.length;
  t.equal((await all(records, new Date(0))).filter(({ kind, paymentId: of }) => kind === 'refund' && of === PAYMENT).length, 2);
  t.equal(double.calls.length - before, 3, 'a page of each, and no more');
});
