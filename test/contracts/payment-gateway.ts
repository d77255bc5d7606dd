import t, { type Test } from 'tap';
import type { ChargeRequest, PaymentGateway } from '../../src/ports/payment-gateway.js';

export interface GatewayTokens {
  readonly good: string | null;
  readonly declined: string;
  readonly noAnswer: string;
}

export const paymentGatewayContract = (name: string, tokens: GatewayTokens, make: () => Promise<PaymentGateway>): void => {
  t.test(`${name} keeps the PaymentGateway's contract`, async (t: Test) => {
    const idle = new AbortController().signal;
    const charge = (over: Partial<ChargeRequest> = {}): ChargeRequest => ({
      idempotencyKey: 'payment-1',
      amount: '49.90',
      currency: 'USD',
      method: 'card',
      token: tokens.good,
      ...over,
    });

    for (const method of ['card', 'wallet'] as const) {
      await t.test(`a good ${method} is captured`, async (t) => {
        t.match(await (await make()).charge(charge({ method }), idle), { outcome: 'captured', reference: String });
      });
    }

    await t.test('the same key is the same charge, another key another one', async (t) => {
      const gateway = await make();
      const first = await gateway.charge(charge(), idle);
      t.same(await gateway.charge(charge(), idle), first);
      t.not(JSON.stringify(await gateway.charge(charge({ idempotencyKey: 'payment-2' }), idle)), JSON.stringify(first));
    });

    await t.test('a refused charge is declined with a reason', async (t) => {
      const outcome = await (await make()).charge(charge({ token: tokens.declined }), idle);
      t.match(outcome, { outcome: 'declined', reason: String });
    });

    await t.test('a call without an answer ends when its signal aborts', async (t) => {
      const gateway = await make();
      const controller = new AbortController();
      const asked = gateway.charge(charge({ token: tokens.noAnswer }), controller.signal);
      controller.abort(new Error('no answer in time'));
      await t.rejects(asked);
      await t.rejects(gateway.charge(charge(), controller.signal));
    });

    await t.test('a refund is made, and made once per key', async (t) => {
      const gateway = await make();
      const charged = await gateway.charge(charge(), idle);
      const chargeReference = charged.outcome === 'captured' ? charged.reference : null;
      const refund = { idempotencyKey: 'refund-1', paymentId: 'payment-1', chargeReference, amount: '10.00', currency: 'USD' };
      const first = await gateway.refund(refund, idle);
      t.match(first, { outcome: 'refunded', reference: String });
      t.same(await gateway.refund(refund, idle), first);
    });
  });
};
