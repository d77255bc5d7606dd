import t from 'tap';
import { Books } from './books.js';
import { Customers, startLoad } from './customers.js';
import { Deployment, type Instance } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { OWNED, Ownership } from './ownership.js';
import { Shop } from './shop.js';

t.setTimeout(3_600_000);

/** Less only for people who wait. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 20);
const ROLES = ['http', 'projector', 'relay', 'processes', 'email', 'invoice'] as const;
/** Long enough for a successor to take over in most rounds, and to be killed at its own work. */
const LONGEST_WAIT_MS = 18_000;
const LONGEST_ABSENCE_MS = 2_000;

const randomMoment = (longestMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));

const oneOf = (instances: readonly Instance[]): Instance => {
  const instance = instances[Math.floor(Math.random() * instances.length)];
  if (instance === undefined) throw new Error('there is none');
  return instance;
};

/** One after the other, so that of two one always is there; what happens to other roles is another matter. */
const killAgainAndAgain = async (instances: readonly Instance[]): Promise<number> => {
  let kills = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await randomMoment(LONGEST_WAIT_MS);
    const { child } = oneOf(instances);
    if (!(await child.kill())) throw new Error(`${child.name} was not running`);
    kills += 1;
    await randomMoment(LONGEST_ABSENCE_MS);
    await child.start();
  }
  return kills;
};

t.test(`pitfalls 8, 9, 18, 20, 22 and 23: each role killed ${ROUNDS} times at random moments under load: nothing is lost, nothing is double`, async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const ownership = new Ownership(deployment);
  t.teardown(() => ownership.close());
  const customers = new Customers(await Shop.open(deployment.urls));
  const endLoad = startLoad(customers, 'kills');
  const kills = await Promise.all(ROLES.map(async (role) => [role, await killAgainAndAgain(deployment.of(role))] as const));
  t.same(kills, ROLES.map((role) => [role, ROUNDS]), 'each role was killed so often');
  const { length } = customers.purchases;
  t.ok(length > ROUNDS, `${length} purchases in the meantime`);
  const owners = await Promise.all(OWNED.map(async (role) => `${role} ${(await ownership.tenure(role)).fence}`));
  t.comment(`tenures up to now: ${owners.join(', ')}`);
  await endLoad();
  await checkInvariants(t, deployment, books, customers);
});
