import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { StripePaymentGateway } from '../../src/adapters/stripe/stripe-payment-gateway.js';
import type { ProviderFact } from '../../src/ports/payment-gateway.js';
import { chargeOf, idle, recordsOf, refundOf } from '../fixtures/stripe.js';

/** What holds at Stripe's test mode, and so at the double: with the payment methods that Stripe has for tests. */
export const stripeTestMode = (name: string, make: () => Promise<StripePaymentGateway>): void => {
  t.test(`${name} does what Stripe's test mode does`, async (t) => {
    const gateway = await make();
    const records = recordsOf(gateway);
    // The clocks of two machines differ.
    const since = new Date(Date.now() - 600_000);
    const charge = (token: string | null, over: Parameters<typeof chargeOf>[0] = {}) => {
      const request = chargeOf({ idempotencyKey: randomUUID(), token, ...over });
      return { request, asked: () => gateway.charge(request, idle) };
    };

    await t.test('a card is captured once for its key', async (t) => {
      const { request, asked } = charge('pm_card_visa');
      const answer = await asked();
      t.match(answer, { outcome: 'captured', reference: /^pi_/ });
      t.same(await asked(), answer);
      t.same(await records.lookUp(request, null, idle), answer);
      t.same(await records.release(request, null, idle), answer);
    });

    await t.test('whole currencies, and those of three decimals', async (t) => {
      t.match(await charge('pm_card_visa', { amount: '1050', currency: 'JPY' }).asked(), { outcome: 'captured' });
      t.match(await charge('pm_card_visa', { amount: '5.120', currency: 'KWD' }).asked(), { outcome: 'captured' });
      t.match(await charge('pm_card_visa', { amount: '700', currency: 'ISK' }).asked(), { outcome: 'captured' });
    });

    await t.test('cards, tokens and amounts that are refused are declined with a reason, each time', async (t) => {
      for (const token of ['pm_card_visa_chargeDeclined', 'pm_card_visa_chargeDeclinedInsufficientFunds', 'pm_card_chargeDeclinedExpiredCard', 'pm_nobody_knows']) {
        const { asked } = charge(token);
        t.match(await asked(), { outcome: 'declined', reason: String }, token);
        t.match(await asked(), { outcome: 'declined', reason: String }, `${token} again`);
      }
      t.match(await charge('pm_card_visa', { amount: '0.10' }).asked(), { outcome: 'declined', reason: String });
    });

    await t.test('a bank that asks for the payer is an action; released, nothing comes of it', async (t) => {
      const { request, asked } = charge('pm_card_authenticationRequired');
      const answer = await asked();
      t.match(answer, { outcome: 'action-required', nextAction: { kind: 'client', clientSecret: /_secret_/ } });
      t.same(await asked(), answer);
      t.same(await records.release(request, null, idle), { outcome: 'cancelled' });
      t.same(await asked(), { outcome: 'cancelled' });
    });

    await t.test('without a token the payer goes on in the browser', async (t) => {
      const { request, asked } = charge(null, { method: 'wallet' });
      const answer = await asked();
      t.match(answer, { outcome: 'action-required', nextAction: { kind: 'client', clientSecret: /_secret_/, redirectUrl: null } });
      t.same(await asked(), answer);
      t.same(await records.release(request, null, idle), { outcome: 'cancelled' });
    });

    await t.test('refunds: in parts, once for each key, and not more than was captured', async (t) => {
      const { request, asked } = charge('pm_card_visa');
      const answer = await asked();
      const chargeReference = answer.outcome === 'captured' ? answer.reference : null;
      const refund = (amount: string, idempotencyKey = randomUUID()) => gateway.refund(refundOf({ idempotencyKey, paymentId: request.idempotencyKey, chargeReference, amount }), idle);
      const key = randomUUID();
      const first = await refund('10.00', key);
      t.match(first, { outcome: /refunded|pending/, reference: /^re_/ });
      t.match(await refund('10.00', key), { reference: first.outcome === 'failed' ? '' : first.reference });
      t.match(await refund('40.00'), { outcome: 'failed', reason: String });
      t.match(await refund('39.90'), { outcome: /refunded|pending/ });
      t.match(await refund('0.01'), { outcome: 'failed', reason: String });
      t.match(await gateway.refund(refundOf({ idempotencyKey: randomUUID(), chargeReference: 'pi_of_another_account' }), idle), { outcome: 'failed', reason: String });
      const facts: ProviderFact[] = [];
      for await (const fact of records.list(since, idle)) if (fact.paymentId === request.idempotencyKey) facts.push(fact);
      t.same(facts.map(({ kind, amount }) => [kind, amount]), [['charge', '49.90'], ['refund', '39.90'], ['refund', '10.00']]);
    });

    await t.test('a refund that takes its time is pending', async (t) => {
      const answer = await charge('pm_card_pendingRefund').asked();
      const chargeReference = answer.outcome === 'captured' ? answer.reference : null;
      t.match(await gateway.refund(refundOf({ idempotencyKey: randomUUID(), chargeReference }), idle), { outcome: 'pending', reference: /^re_/ });
    });
  });
};
