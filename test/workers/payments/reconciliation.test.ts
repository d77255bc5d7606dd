import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { PaymentCommand } from '../../../src/domain/payment/decider.js';
import type { PaymentGateway, ProviderFact } from '../../../src/ports/payment-gateway.js';
import { reconcile, type Reconciliation } from '../../../src/workers/payments/reconciliation.js';
import { runDailyReconciliation } from '../../../src/workers/payments/daily-reconciliation.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { contextFor } from '../../fixtures/command-services.js';
import type { Answer } from '../../fixtures/shop.js';
import { idOf, openStripeShop } from '../../fixtures/stripe-shop.js';

const DAY_MS = 24 * 60 * 60_000;
const shop = await openStripeShop(t);
const { admin, sam, send, control, intentOf, storyOf, pay } = shop;
const { commands, gateway, readModels } = shop.services;
if (gateway === null) throw new Error('the shop has no gateway');
const { handler, clock } = commands;

// No notice arrives.
control.setDelivery({ lost: 1 });

const services = { handler, clock, gateway, readModels };
const since = () => new Date(clock.now().getTime() - DAY_MS);
const idle = new AbortController().signal;
const run = (signal = idle): Promise<Reconciliation> => reconcile(services, since(), signal);
const command = (answer: Answer, sent: PaymentCommand) => handler.handle(aggregates.payment, idOf(answer), sent, contextFor());
const ofPayment = (answer: Answer, { settled, differences }: Reconciliation) => ({
  settled: settled.filter((line) => line.startsWith(idOf(answer))).length,
  differences: differences.filter(({ paymentId }) => paymentId === idOf(answer)).map(({ what }) => what),
});

t.test('what is alike is left alone, and compared again at no cost', async (t) => {
  const paid = await pay('pm_card_visa');
  const head = await shop.store.head();
  t.match(await run(), { settled: [], differences: [], interrupted: false });
  t.equal(await shop.store.head(), head);
  t.match(await storyOf(paid), ['Opened', 'CaptureRequested', 'Captured']);
});

t.test('a charge, a refund and a dispute of which no notice came are taken in, once', async (t) => {
  const waiting = await pay('pm_card_authenticationRequired');
  control.authenticate(intentOf(waiting), 'succeed');
  const refunded = await pay('pm_card_visa');
  control.refundFromDashboard(intentOf(refunded));
  const disputed = await pay('pm_card_visa');
  control.moveDispute(control.dispute(intentOf(disputed)), 'lost');
  const first = await run();
  for (const answer of [waiting, refunded, disputed]) t.same(ofPayment(answer, first), { settled: 1, differences: [] });
  await shop.settled();
  t.match(await send(sam, 'GET', `/payments/${idOf(waiting)}`), { body: { status: 'completed' } });
  t.match(await send(sam, 'GET', `/payments/${idOf(refunded)}`), { body: { status: 'refunded' } });
  t.match(await send(admin, 'GET', `/payments/${idOf(disputed)}`), { body: { status: 'refunded', disputes: [{ status: 'lost' }] } });
  t.match(await run(), { settled: [], differences: [] });
});

t.test('a refund of unknown outcome is settled by what the provider says', async (t) => {
  const paid = await pay('pm_card_visa');
  const at = clock.now().toISOString();
  control.plan({ call: '/v1/refunds', times: 10, status: null, applied: true, kept: true });
  await command(paid, { type: 'RequestRefund', data: { refundId: 'lost-refund', amount: null, reason: null, requestedBy: null, at } });
  await command(paid, { type: 'RecordRefundFailure', data: { refundId: 'lost-refund', reason: 'no answer', outcome: 'unknown', at } });
  while (control.books()[idOf(paid)]?.refunds !== 1) await nextTurn();
  control.clearFaults();
  // The worker looks once more, and finds nothing left to ask for.
  await shop.clock.whenWaiting();
  shop.clock.advance(1_000);
  t.same(ofPayment(paid, await run()), { settled: 1, differences: [] });
  await shop.settled();
  t.match(await send(sam, 'GET', `/payments/${idOf(paid)}`), { body: { status: 'refunded', refundedAmount: 12.5 } });
});

t.test('what has more than one right answer is named, and changed by nobody', async (t) => {
  const kept = await pay('pm_card_authenticationRequired');
  const reference = 'pi_that_nobody_knows';
  await command(kept, { type: 'RecordCapture', data: { reference, amount: '12.50', currency: 'USD', at: clock.now().toISOString() } });
  const unknown = shop.double.account.make({ amount: 700, currency: 'usd', metadata: { paymentId: 'c0ffee00-0000-4000-8000-00000000000b', confirmedBy: 'server' }, description: null, descriptor: null, redirects: 'never' });
  shop.double.account.confirm(unknown.id, 'pm_card_visa', undefined, null);
  control.foreignCharge(990, 'usd');
  await shop.settled();
  const head = await shop.store.head();
  const found = await run();
  t.equal(await shop.store.head(), head);
  t.equal(found.foreign, 1);
  t.match(ofPayment(kept, found).differences, [/12\.50 USD captured here, and the provider knows no such charge/]);
  t.match(found.differences.filter(({ reference: of }) => of === unknown.id), [{ what: '7.00 USD for a payment that this log does not know' }]);
});

t.test('money that came twice is named', async (t) => {
  const paid = await pay('pm_card_visa');
  const again = shop.double.account.make({ amount: 1250, currency: 'usd', metadata: { paymentId: idOf(paid), confirmedBy: 'server' }, description: null, descriptor: null, redirects: 'never' });
  shop.double.account.confirm(again.id, 'pm_card_visa', undefined, null);
  t.match(ofPayment(paid, await run()).differences, [/^money came twice/]);
});

t.test('an interruption ends it, and says so; an outage fails it', async (t) => {
  t.match(await run(AbortSignal.abort()), { interrupted: true });
  control.setWeather({ kind: 'down' });
  await t.rejects(run(), { name: 'StripeCallFailed' });
  control.clearFaults();
});

t.test('once a day it looks back three days, and tries again after an outage', async (t) => {
  const clockOfDays = new FakeClock('2026-03-01T12:00:00.000Z');
  const asked: string[] = [];
  const failures: number[] = [];
  const stopping = new AbortController();
  let isAway = true;
  const daily: PaymentGateway = {
    ...gateway,
    name: 'daily',
    description: 'daily',
    charge: (...call) => gateway.charge(...call),
    refund: (...call) => gateway.refund(...call),
    records: {
      readNotice: async () => null,
      lookUp: async () => ({ outcome: 'cancelled' }),
      release: async () => ({ outcome: 'cancelled' }),
      list: async function* (from): AsyncGenerator<ProviderFact> {
        asked.push(`${clockOfDays.now().toISOString()} since ${from.toISOString()}`);
        if (isAway) throw new Error('away');
      },
    },
  };
  let isDone = (): void => undefined;
  const running = runDailyReconciliation({
    ...services, clock: clockOfDays, gateway: daily, onFailure: (_worker, _error, retryInMs) => failures.push(retryInMs), onDone: () => isDone(),
  }, stopping.signal);
  const until = async (): Promise<void> => {
    await clockOfDays.whenWaiting();
    clockOfDays.set(clockOfDays.nextDue ?? clockOfDays.now());
  };
  await until();
  await clockOfDays.whenWaiting();
  isAway = false;
  const first = new Promise<void>((resolve) => (isDone = resolve));
  await until();
  await first;
  const second = new Promise<void>((resolve) => (isDone = resolve));
  await until();
  await second;
  stopping.abort();
  await running;
  t.same(failures, [60_000]);
  t.same(asked, [
    '2026-03-02T03:30:00.000Z since 2026-02-27T03:30:00.000Z',
    '2026-03-02T03:31:00.000Z since 2026-02-27T03:30:00.000Z',
    '2026-03-03T03:30:00.000Z since 2026-02-28T03:30:00.000Z',
  ]);
});
