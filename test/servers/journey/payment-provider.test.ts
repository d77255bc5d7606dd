import t from 'tap';
import { Books } from './books.js';
import { reconciled } from './check-provider.js';
import { Customers, startLoad } from './customers.js';
import { Deployment, PATIENT } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { killAgainAndAgain } from './killing.js';
import { eventsOf } from './ledger.js';
import { PayersBank } from './payers-bank.js';
import { makeFaults, noticeFaults } from './provider-faults.js';
import { Shop } from './shop.js';

t.setTimeout(1_200_000);

/** Less only for people who wait. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 20);
const VISITORS = 5;
const LATECOMERS = 5;
/** A successor has the work within 10 s: it is to come to its work, too. */
const RUNNER = { rounds: Math.ceil(ROUNDS / 2), longestWaitMs: 12_000 };
const HTTP = { rounds: ROUNDS, longestWaitMs: 5_000 };
const NOTICES = { ...PATIENT, doubled: 0.3, lost: 0.2, delayMs: 3_000 };

t.test(`pitfalls 4, 5, 8, 9 and 10: the payment provider fails in every way ${ROUNDS} times under load, and who talks to it is killed: money and access are one`, async (t) => {
  const deployment = await Deployment.start(t);
  const { provider } = deployment;
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(provider));
  await provider.call('setDelivery', NOTICES);
  const latecomers = (): Promise<unknown> => Promise.all(Array.from({ length: LATECOMERS }, async (_, number) => {
    const student = await customers.shop.signUp(`latecomer-${number}`, 'student');
    return customers.buy(student, customers.shop.courses.at(-1) ?? '', customers.shop.half, 'late');
  }));
  const endLoad = startLoad(customers, 'provider', VISITORS);
  const [faults, runners, servers] = await Promise.all([
    makeFaults(provider, ROUNDS),
    killAgainAndAgain(deployment.of('processes'), RUNNER.rounds, RUNNER.longestWaitMs),
    killAgainAndAgain(deployment.of('http'), HTTP.rounds, HTTP.longestWaitMs),
    latecomers(),
  ]);
  for (const [kind, happened] of Object.entries(faults)) t.equal(happened, ROUNDS, `${happened} ${kind}`);
  t.same([runners, servers], [RUNNER.rounds, HTTP.rounds], `kill -9: ${runners} of the process runner, ${servers} of HTTP`);
  await endLoad();
  await provider.call('quiet');
  const notices = await noticeFaults(provider);
  for (const [kind, happened] of Object.entries(notices)) t.ok(happened >= ROUNDS, `${happened} notices ${kind}`);
  await provider.call('clearFaults');
  await provider.call('setDelivery', PATIENT);
  const [last = ''] = (await reconciled(deployment)).slice(-1);
  t.comment(`the first reconciliation, while payments are under way: ${last}`);
  await checkInvariants(t, deployment, books, customers);
  const late = eventsOf(await books.log(), 'PaymentCapturedLate').length;
  t.ok(late > 0, `pitfall 9: the money of ${late} payments came too late`);
});
