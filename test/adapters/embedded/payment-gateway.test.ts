import t from 'tap';
import { SANDBOX_DECLINED, SANDBOX_NO_ANSWER, SandboxPaymentGateway } from '../../../src/adapters/embedded/payment-gateway.js';
import { paymentGatewayContract } from '../../contracts/payment-gateway.js';

const tokens = { good: 'any-other-token', declined: SANDBOX_DECLINED, noAnswer: SANDBOX_NO_ANSWER };
paymentGatewayContract('the sandbox', tokens, async () => new SandboxPaymentGateway());

t.test('the sandbox captures without a token', async (t) => {
  const request = { idempotencyKey: 'p', amount: '1.00', currency: 'USD', method: 'wallet', token: null } as const;
  t.match(await new SandboxPaymentGateway().charge(request, new AbortController().signal), { outcome: 'captured' });
});
