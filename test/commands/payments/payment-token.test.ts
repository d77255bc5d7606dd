import t from 'tap';
import { DerivedKeyStore } from '../../../src/adapters/embedded/key-store.js';
import { withoutSecrets } from '../../../src/commands/audit/without-secrets.js';
import { sealPaymentToken, unsealPaymentToken } from '../../../src/commands/payments/payment-token.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import { toLine } from '../../../src/log-copy/log-lines.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { servicesOver } from '../../fixtures/command-services.js';
import { drawnUp } from '../../fixtures/courses.js';
import { opened, wanted } from '../../fixtures/purchases.js';

const keys = new DerivedKeyStore('a secret for tests');
const token = 'tok_of_a_card';

t.test('issue 9.29: a payment token stands neither in the log nor in what audits and exports make of it', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const services = servicesOver(store, { keys });
  const paymentId = await opened(services, wanted([await drawnUp(services)], { token }));
  const kept: (string | null)[] = [];
  for await (const event of store.readAll()) {
    t.notMatch(toLine(event), token, event.type);
    if (event.type !== 'PaymentCaptureRequested') continue;
    kept.push(event.data.token);
    t.match(withoutSecrets(event), { token: '[secret]' });
  }
  t.equal(kept.length, 1);
  t.equal(unsealPaymentToken(keys, paymentId, kept[0] ?? null), token, 'the gateway gets it as it was sent');
});

t.test('issue 9.29: a token is sealed alike each time, for its payment and secret only', async (t) => {
  const sealed = sealPaymentToken(keys, 'p1', token);
  t.equal(sealPaymentToken(new DerivedKeyStore('a secret for tests'), 'p1', token), sealed);
  t.not(sealPaymentToken(keys, 'p2', token), sealed);
  t.throws(() => unsealPaymentToken(keys, 'p2', sealed), { message: /JWT_SECRET/ });
  t.throws(() => unsealPaymentToken(new DerivedKeyStore('another secret'), 'p1', sealed), { message: /JWT_SECRET/ });
  t.throws(() => unsealPaymentToken(keys, 'p1', 'sealed:'), { message: /JWT_SECRET/ });
  t.equal(unsealPaymentToken(keys, 'p1', sealPaymentToken(keys, 'p1', 'sealed:x')), 'sealed:x');
  t.same([sealPaymentToken(keys, 'p1', null), unsealPaymentToken(keys, 'p1', null)], [null, null]);
});

t.test('issue 9.29: tokens of old logs replay, reach the gateway and are hidden from audits', async (t) => {
  const data = { paymentId: 'p1', amount: '10.00', currency: 'USD', token, requestedAt: '2026-03-01T12:00:00.000Z' };
  const event = { type: 'PaymentCaptureRequested', data } as const;
  new EventCodec().assertValid(event);
  t.equal(unsealPaymentToken(keys, 'p1', event.data.token), token);
  t.match(withoutSecrets(event), { token: '[secret]' });
});
