import t from 'tap';
import { withoutSecrets } from '../../../src/commands/audit/without-secrets.js';

const paymentId = 'p1';

t.test('what lets a payer go on at the provider is shown to no auditor, sealed or not', async (t) => {
  const data = { paymentId, reference: 'charge', nextAction: 'sealed:abc', requiredAt: '2026-03-01T12:00:00.000Z' };
  t.same(withoutSecrets({ type: 'PaymentActionRequired', data }), { ...data, nextAction: '[secret]' });
});

t.test('a secret that is not there stays absent, and events that nobody knows are shown as they are', async (t) => {
  const requested = { paymentId, amount: '12.50', currency: 'USD', token: null, requestedAt: '2026-03-01T12:00:00.000Z' };
  t.same(withoutSecrets({ type: 'PaymentCaptureRequested', data: requested }), requested);
  t.same(withoutSecrets({ type: 'NeverHeardOf', data: { token: 'x' } }), { token: 'x' });
});
