import t from 'tap';
import { unsealNextAction } from '../../../src/commands/payments/next-action.js';
import type { ChargeOutcome, NextAction, ProviderRecords } from '../../../src/ports/payment-gateway.js';
import { keys, level, live, makeLog, OPENED, ScriptedGateway, typesOf, type Log } from './scripted-gateway.js';

const nextAction: NextAction = { kind: 'redirect', clientSecret: 'pi_secret', redirectUrl: 'https://bank.example/3ds' };
const actionRequired: ChargeOutcome = { outcome: 'action-required', reference: 'pi_1', nextAction };
const SECOND = 1_000;

interface Looked {
  readonly what: 'look-up' | 'release';
  readonly reference: string | null;
}

/** Answers look-ups and releases in turn, the last answer again and again. */
const scripted = (answers: { readonly lookUps?: ChargeOutcome[]; readonly releases?: ChargeOutcome[]; readonly charge?: ChargeOutcome }) => {
  const asked: Looked[] = [];
  const next = (queue: ChargeOutcome[] = [], otherwise: ChargeOutcome): ChargeOutcome => queue.shift() ?? otherwise;
  const records: ProviderRecords = {
    readNotice: async () => null,
    lookUp: async (_request, reference) => {
      asked.push({ what: 'look-up', reference });
      return next(answers.lookUps, actionRequired);
    },
    release: async (_request, reference) => {
      asked.push({ what: 'release', reference });
      return next(answers.releases, { outcome: 'cancelled' });
    },
    list: async function* () {
      // Nothing was ever charged.
    },
  };
  return { asked, gateway: new ScriptedGateway({ charge: async () => answers.charge ?? actionRequired }, records) };
};

/** Lets the time pass, one wait of the worker after another, until the payment has an event of this type. */
const passUntil = async (log: Log, type: string): Promise<void> => {
  const seen = new AbortController();
  const watching = (async () => {
    for await (const { events } of log.store.subscribe({ after: 0n, categories: ['payment'], signal: seen.signal })) {
      if (events.some((event) => event.type === `Payment${type}`)) return seen.abort();
    }
  })();
  while (!seen.signal.aborted) {
    await Promise.race([watching, log.clock.whenWaiting()]);
    if (!seen.signal.aborted) log.clock.advance(5 * SECOND);
  }
  await watching;
};

const expire = (log: Log): Promise<void> => log.send('p1', { type: 'ExpirePayment', data: { paymentId: 'p1', at: log.at() } });

t.test('an action of the payer is recorded, sealed, and keeps no other payment waiting', async (t) => {
  const log = makeLog();
  const { gateway } = scripted({});
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'ActionRequired']);
  for await (const { type, data } of log.store.readStream('payment-p1')) {
    if (type !== 'PaymentActionRequired') continue;
    t.notMatch(JSON.stringify(data), /pi_secret|bank\.example/);
    t.same(unsealNextAction(keys, 'p1', data.nextAction), nextAction);
    t.equal(unsealNextAction(keys, 'p2', data.nextAction), undefined);
  }
  await life.stop();
});

t.test('a charge under way is looked at again, by its reference, until the money is here', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({ lookUps: [actionRequired, { outcome: 'pending', reference: 'pi_1' }, { outcome: 'captured', reference: 'pi_1' }] });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await passUntil(log, 'Captured');
  t.same(asked, Array.from({ length: 3 }, () => ({ what: 'look-up', reference: 'pi_1' })));
  t.same(await typesOf(log, 'p1'), [...OPENED, 'ActionRequired', 'Captured']);
  await life.stop();
});

t.test('a look comes shortly before the payment expires, whenever that is', async (t) => {
  const log = makeLog();
  const looks: number[] = [];
  const start = log.clock.now().getTime();
  const { gateway } = scripted({});
  const records = gateway.records as ProviderRecords;
  const watched = new ScriptedGateway(gateway.answers, {
    ...records,
    lookUp: (...asked) => {
      looks.push((log.clock.now().getTime() - start) / SECOND);
      return records.lookUp(...asked);
    },
  });
  const life = live(log, watched);
  await log.open('p1');
  await level(log);
  while (log.clock.now().getTime() - start < 890 * SECOND) {
    await log.clock.whenWaiting();
    log.clock.advance(SECOND);
  }
  t.ok(looks.some((seconds) => seconds >= 885 && seconds < 900), `looked after ${looks.join(', ')} s of 900`);
  t.ok(looks.length < 25, 'the provider is not asked all the time');
  await life.stop();
});

t.test('a decline at the provider ends the payment, and what ended it is not cancelled again and again', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({ lookUps: [{ outcome: 'declined', reason: 'not authenticated' }] });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await passUntil(log, 'Declined');
  await level(log);
  t.same(asked.map(({ what }) => what), ['look-up', 'release']);
  await life.stop();
});

t.test('the charge of a payment that expired is ended at the provider', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({});
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await expire(log);
  await level(log);
  t.same(asked, [{ what: 'release', reference: 'pi_1' }]);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'ActionRequired', 'Expired']);
  await life.stop();
});

t.test('money whose answer was lost just before the payment expired is found at its end', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({ releases: [{ outcome: 'captured', reference: 'pi_1' }] });
  const lost = new ScriptedGateway({ charge: () => Promise.reject(new Error('connection reset')) }, gateway.records);
  const life = live(log, lost);
  await log.open('p1');
  await lost.asked('charge', 1);
  await expire(log);
  await passUntil(log, 'CapturedLate');
  t.same(asked, [{ what: 'release', reference: null }], 'by the payment’s key: no answer ever told the reference');
  await life.stop();
});

t.test('a charge that cannot be ended yet is looked at until it has', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({ releases: [{ outcome: 'pending', reference: 'pi_1' }, { outcome: 'captured', reference: 'pi_1' }] });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await expire(log);
  await level(log);
  await passUntil(log, 'CapturedLate');
  t.same(asked.map(({ what }) => what), ['release', 'release']);
  await life.stop();
});

t.test('cash, what was declined at once, and what was never opened have no charge to end', async (t) => {
  const log = makeLog();
  const { asked, gateway } = scripted({ charge: { outcome: 'declined', reason: 'no funds' } });
  const life = live(log, gateway);
  await log.open('p1');
  await log.open('p2', { method: 'cash' });
  await log.send('p2', { type: 'ExpirePayment', data: { paymentId: 'p2', at: log.at() } });
  await log.send('p3', { type: 'ExpirePayment', data: { paymentId: 'p3', at: log.at() } });
  await level(log);
  t.same(await typesOf(log, 'p1'), [...OPENED, 'Declined']);
  t.same(asked, []);
  await life.stop();
});

t.test('what a sandbox of before left behind is not ended at a provider after a day', async (t) => {
  const log = makeLog();
  await log.open('p1');
  await expire(log);
  log.clock.advance(24 * 60 * 60 * SECOND);
  const { asked, gateway } = scripted({});
  const life = live(log, gateway);
  await level(log);
  t.same(asked, []);
  await life.stop();
});

t.test('a charge is not asked for after a day: the provider has forgotten its key, and would make another one', async (t) => {
  const log = makeLog();
  await log.open('p1');
  log.clock.advance(24 * 60 * 60 * SECOND);
  const { gateway } = scripted({});
  const life = live(log, gateway);
  await level(log);
  t.same(gateway.charges, []);
  t.same(await typesOf(log, 'p1'), OPENED);
  await life.stop();
});

t.test('a refund that the provider took is left to its notice', async (t) => {
  const log = makeLog();
  const gateway = new ScriptedGateway({ refund: async () => ({ outcome: 'pending', reference: 're_1' }) });
  const life = live(log, gateway);
  await log.open('p1');
  await level(log);
  await log.send('p1', { type: 'RequestRefund', data: { refundId: 'r1', amount: null, reason: null, requestedBy: null, at: log.at() } });
  await level(log);
  t.same((await typesOf(log, 'p1')).slice(-2), ['RefundRequested', 'RefundProcessing']);
  t.equal(gateway.refunds.length, 1);
  await life.stop();
});
