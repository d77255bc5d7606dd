import t from 'tap';
import { Books } from './books.js';
import { Deployment, type Instance } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { Shop, startLoad } from './shop.js';

t.setTimeout(3_600_000);

/** 20 where all is to be proven; less where people wait. */
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 2);
const ROLES = ['http', 'projector', 'relay', 'processes', 'email', 'invoice'] as const;
const LONGEST_PAUSE_MS = 1_000;

const randomMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE_MS));

const oneOf = (instances: readonly Instance[]): Instance => {
  const instance = instances[Math.floor(Math.random() * instances.length)];
  if (instance === undefined) throw new Error('there is none');
  return instance;
};

t.test(`pitfalls 8, 9, 18, 20 and 22: each role killed ${ROUNDS} times at random moments under load: nothing is lost, nothing is double`, async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const shop = await Shop.open(deployment.urls);
  const endLoad = startLoad(shop, 'kills');
  const kills = new Map<string, number>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const role of ROLES) {
      await randomMoment();
      const { child } = oneOf(deployment.of(role));
      await child.end('SIGKILL');
      kills.set(role, (kills.get(role) ?? 0) + 1);
      await randomMoment();
      await child.start();
    }
  }
  await endLoad();
  t.same(Object.fromEntries(kills), Object.fromEntries(ROLES.map((role) => [role, ROUNDS])));
  await checkInvariants(t, deployment, books, shop);
});
