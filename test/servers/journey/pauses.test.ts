import t from 'tap';
import { Books } from './books.js';
import { eventually } from './client.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { OWNED, Ownership } from './ownership.js';
import { Customers, startLoad } from './customers.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

t.setTimeout(1_200_000);

const PAUSE_MS = 30_000;
const HANDED_OVER_WITHIN_MS = 10_000;

t.test('an owner that is killed, and one that is paused for 30 s and wakes up after the hand-over', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const ownership = new Ownership(deployment);
  t.teardown(() => ownership.close());
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const endLoad = startLoad(customers, 'pauses');

  for (const role of OWNED) {
    const { owner, tookMs } = await ownership.disturbOwner(
      role,
      deployment.of(role),
      ({ child }) => child.end('SIGKILL'),
      ({ child }) => child.start(),
    );
    t.ok(tookMs <= HANDED_OVER_WITHIN_MS, `${role} of ${owner.child.name} was handed over in ${Math.round(tookMs)} ms`);
    await owner.child.start();
  }

  const paused = await Promise.all(
    OWNED.map(async (role) => {
      const asleep = performance.now();
      const { owner } = await ownership.disturbOwner(
        role,
        deployment.of(role),
        ({ child }) => child.signal('SIGSTOP'),
        ({ child }) => child.signal('SIGCONT'),
      );
      return { role, owner, fence: (await ownership.tenure(role)).fence, asleep };
    }),
  );
  await eventually('the pause is over', async () => paused.every(({ asleep }) => performance.now() - asleep >= PAUSE_MS) || undefined);
  for (const { owner } of paused) owner.child.signal('SIGCONT');
  const bought = customers.purchases.length;
  await eventually('purchases go on', async () => customers.purchases.length > bought + 5 || undefined, 120_000);
  for (const { role, fence } of paused) t.equal((await ownership.tenure(role)).fence, fence, `${role} stays with its new owner`);
  await endLoad();
  await checkInvariants(t, deployment, books, customers);
});
