import t, { type Test } from 'tap';
import { SandboxPaymentGateway } from '../../../src/adapters/embedded/payment-gateway.js';
import { sealPaymentToken } from '../../../src/commands/payments/payment-token.js';
import type { ChargeOutcome } from '../../../src/ports/payment-gateway.js';
import { MemoryCheckpoints } from '../../doubles/memory-checkpoints.js';
import { MortalEventStore } from '../../doubles/mortal-event-store.js';
import { captured, keys, level, live, makeLog, never, OPENED, ScriptedGateway, typesOf, type Charge, type Log, type Refund } from './scripted-gateway.js';

t.test('cards and wallets are charged what was quoted, the payment is the idempotency key', async (t) => {
  const log = makeLog();
  const gateway = new ScriptedGateway();
  const life = live(log, gateway);
  await log.open('p1', { token: sealPaymentToken(keys, 'p1', 'tok') ?? '' });
  await log.open('p2', { method: 'wallet' });
  await level(log);
  await life.stop();
  t.same(gateway.charges, [
    { idempotencyKey: 'p1', amount: '49.90', currency: 'USD', method: 'card', token: 'tok' },
    { idempotencyKey: 'p2', amount: '49.90', currency: 'USD', method: 'wallet', token: null },
  ]);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'Captured']);
  t.same(await typesOf(log, 'p2'), [...OPENED, 'Captured']);
});

t.test('the sandbox’s documented tokens: declined, and captured beside one that never answers', async (t) => {
  const log = makeLog();
  const life = live(log, new SandboxPaymentGateway());
  await log.open('hangs', { token: 'sandbox-no-answer' });
  await log.open('declined', { token: 'sandbox-declined' });
  await log.open('good');
  const settled = new AbortController();
  for await (const { events } of log.store.subscribe({ after: 0n, categories: ['payment'], signal: settled.signal })) {
    if (events.some(({ type, stream }) => type === 'PaymentCaptured' && stream === 'payment-good')) settled.abort();
  }
  t.same(await typesOf(log, 'declined'), [...OPENED, 'Declined']);
  t.same(await typesOf(log, 'hangs'), OPENED);
  await life.stop();
});

t.test('hundreds of calls that hang don’t keep a new one waiting for longer than one timeout', async (t) => {
  const log = makeLog();
  const gateway = new ScriptedGateway({ charge: (request) => (request.token === 'hangs' ? never() : captured(request)) });
  for (let index = 0; index < 250; index += 1) await log.open(`hangs${index}`, { token: 'hangs' });
  await log.open('good');
  const life = live(log, gateway);
  await gateway.asked('charge', 200);
  log.clock.advance(10_000);
  await gateway.asked('charge', 251);
  t.equal(gateway.charges.at(-1)?.idempotencyKey, 'good');
  await life.stop();
});

t.test('a call without an answer is given up, and asked again with the same key until the payment has ended', async (t) => {
  const log = makeLog();
  const gateway = new ScriptedGateway({ charge: never });
  const life = live(log, gateway);
  await log.open('p1');
  for (let asked = 1; asked <= 4; asked += 1) {
    await gateway.asked('charge', asked);
    await log.clock.whenWaiting();
    log.clock.advance(10_000);
    await log.clock.whenWaiting();
    if (asked < 4) log.clock.advance(60_000);
  }
  t.same(new Set(gateway.charges.map(({ idempotencyKey }) => idempotencyKey)), new Set(['p1']));
  t.same(life.failures, Array.from({ length: 4 }, () => 'NoAnswerInTime'));
  await log.send('p1', { type: 'ExpirePayment', data: { paymentId: 'p1', at: log.at() } });
  log.clock.advance(60_000);
  await level(log);
  await life.stop();
  t.equal(gateway.charges.length, 4);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'Expired']);
});

t.test('an answer that was lost is asked for again: one charge at the gateway, one capture here', async (t) => {
  const log = makeLog();
  const made = new Map<string, string>();
  let lost = 0;
  const charge: Charge = async (request) => {
    made.set(request.idempotencyKey, `ref-${made.size}`);
    if (lost++ === 0) throw new Error('connection reset');
    return { outcome: 'captured', reference: made.get(request.idempotencyKey) ?? '' };
  };
  const gateway = new ScriptedGateway({ charge });
  const life = live(log, gateway);
  await log.open('p1');
  await gateway.asked('charge', 1);
  await log.clock.whenWaiting(new Date(log.clock.now().getTime() + 1_000));
  log.clock.advance(1_000);
  await level(log);
  await life.stop();
  t.equal(made.size, 1);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'Captured']);
});

t.test('after a restart what hangs is asked again, what is settled is not', async (t) => {
  const log = makeLog();
  const first = new ScriptedGateway({ charge: (request) => (request.idempotencyKey === 'hangs' ? never() : captured(request)) });
  const before = live(log, first);
  await log.open('a');
  await level(log);
  await log.open('hangs');
  await log.open('b');
  await first.asked('charge', 3);
  await before.stop();
  const second = new ScriptedGateway();
  const after = live(log, second);
  await level(log);
  await after.stop();
  t.same(second.charges.map(({ idempotencyKey }) => idempotencyKey), ['hangs']);
  for (const id of ['a', 'b', 'hangs']) t.same(await typesOf(log, id), [...OPENED, 'Captured']);
});

t.test('a lost checkpoint asks the gateway for nothing that is settled', async (t) => {
  const log = makeLog();
  const life = live(log, new ScriptedGateway());
  await log.open('p1');
  await log.open('p2');
  await log.open('cash', { method: 'cash' });
  await level(log);
  await life.stop();
  const head = await log.store.head();
  const checkpoints = new MemoryCheckpoints();
  const gateway = new ScriptedGateway();
  const again = live(log, gateway, { checkpoints });
  await level(log, checkpoints);
  await again.stop();
  t.same([gateway.charges, gateway.refunds], [[], []]);
  t.equal(await log.store.head(), head);
});

t.test('money that comes for a cancelled payment is recorded as late, and can be given back', async (t) => {
  const log = makeLog();
  let release: (outcome: ChargeOutcome) => void = () => undefined;
  const gateway = new ScriptedGateway({ charge: () => new Promise((resolve) => (release = resolve)) });
  const life = live(log, gateway);
  await log.open('p1');
  await gateway.asked('charge', 1);
  await log.send('p1', { type: 'CancelPayment', data: { cancelledBy: 'student', reason: null, at: log.at() } });
  release({ outcome: 'captured', reference: 'late' });
  await level(log);
  await log.send('p1', { type: 'RequestRefund', data: { refundId: 'r1', amount: null, reason: null, requestedBy: null, at: log.at() } });
  await level(log);
  await life.stop();
  t.same(gateway.refunds, [{ idempotencyKey: 'r1', paymentId: 'p1', chargeReference: 'late', amount: '49.90', currency: 'USD' }]);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'Cancelled', 'CapturedLate', 'RefundRequested', 'Refunded']);
});

const makeRefund = async (log: Log, refundId: string, amount: string): Promise<void> =>
  log.send('p1', { type: 'RequestRefund', data: { refundId, amount, reason: null, requestedBy: 'admin', at: log.at() } });

t.test('refunds are asked for once each; one that fails is recorded with the reason', async (t) => {
  const log = makeLog();
  const refund: Refund = async ({ idempotencyKey }) =>
    idempotencyKey === 'bad' ? { outcome: 'failed', reason: 'account closed' } : { outcome: 'refunded', reference: 'x' };
  const gateway = new ScriptedGateway({ refund });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await makeRefund(log, 'good', '10.00');
  await makeRefund(log, 'bad', '5.00');
  await level(log);
  await life.stop();
  t.same(gateway.refunds.map(({ idempotencyKey, amount }) => [idempotencyKey, amount]), [['good', '10.00'], ['bad', '5.00']]);
  t.same((await typesOf(log, 'p1')).slice(3).sort(), ['RefundFailed', 'RefundRequested', 'RefundRequested', 'Refunded']);
});

t.test('a refund that is never answered is handed to a person before the gateway forgets its key', async (t) => {
  const log = makeLog();
  const gateway = new ScriptedGateway({ refund: never });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await makeRefund(log, 'r1', '10.00');
  await gateway.asked('refund', 1);
  await log.clock.whenWaiting();
  log.clock.advance(24 * 60 * 60_000);
  await log.clock.whenWaiting();
  log.clock.advance(60_000);
  await level(log);
  await life.stop();
  t.equal(gateway.refunds.length, 1);
  t.same((await typesOf(log, 'p1')).at(-1), 'RefundFailed');
});

t.test('pitfall 8: two workers, and a process killed before and after its append, make one capture', async (t: Test) => {
  for (const afterwards of [false, true]) {
    const log = makeLog();
    await log.open('p1');
    const mortal = new MortalEventStore(log.store, { atAppend: 1, afterwards });
    const doomed = new ScriptedGateway();
    const life = live(log, doomed, { store: mortal });
    await doomed.asked('charge', 1);
    await log.clock.whenWaiting();
    await life.stop();
    const other = new MemoryCheckpoints();
    const lives = [live(log, new ScriptedGateway()), live(log, new ScriptedGateway(), { checkpoints: other })];
    await Promise.all([level(log), level(log, other)]);
    for (const { stop, refused } of lives) {
      await stop();
      t.same(refused, []);
    }
    t.same(await typesOf(log, 'p1'), [...OPENED, 'Captured']);
  }
});
