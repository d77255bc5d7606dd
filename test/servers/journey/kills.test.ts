import t from 'tap';
import { Books } from './books.js';
import { Customers, startLoad } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { killAgainAndAgain } from './killing.js';
import { OWNED, Ownership } from './ownership.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

t.setTimeout(3_600_000);

/** Less only for people who wait. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 20);
const ROLES = ['http', 'projector', 'relay', 'processes', 'email', 'invoice'] as const;
/** Long enough for a successor to take over in most rounds, and to be killed at its own work. */
const LONGEST_WAIT_MS = 18_000;

t.test(`pitfalls 8, 9, 18, 20, 22 and 23: each role killed ${ROUNDS} times at random moments under load: nothing is lost, nothing is double`, async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const ownership = new Ownership(deployment);
  t.teardown(() => ownership.close());
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const endLoad = startLoad(customers, 'kills');
  const kills = await Promise.all(ROLES.map(async (role) => [role, await killAgainAndAgain(deployment.of(role), ROUNDS, LONGEST_WAIT_MS)] as const));
  t.same(kills, ROLES.map((role) => [role, ROUNDS]), 'each role was killed so often');
  const { length } = customers.purchases;
  t.ok(length > ROUNDS, `${length} purchases in the meantime`);
  const owners = await Promise.all(OWNED.map(async (role) => `${role} ${(await ownership.tenure(role)).fence}`));
  t.comment(`tenures up to now: ${owners.join(', ')}`);
  await endLoad();
  await checkInvariants(t, deployment, books, customers);
});
