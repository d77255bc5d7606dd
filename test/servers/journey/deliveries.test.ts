import { connect } from 'nats';
import t from 'tap';
import { Books } from './books.js';
import { eventually } from './client.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { wellBehaved } from './misbehaviour.js';
import { Shop, startLoad } from './shop.js';

t.setTimeout(600_000);

/** Makes the bus deliver everything again, many at a time: it forgets how far its consumers are. */
const forgetConsumers = async ({ servers: { nats } }: Deployment): Promise<number> => {
  const connection = await connect({ servers: nats.url });
  try {
    const { consumers } = await connection.jetstreamManager();
    const names = (await consumers.list('REGISTRAR_EVENTS').next()).map(({ name }) => name);
    for (const name of names) await consumers.delete('REGISTRAR_EVENTS', name);
    return names.length;
  } finally {
    await connection.close();
  }
};

t.test('pitfalls 8, 9, 18, 19 and 22: deliveries doubled, delayed, broken off and begun anew, replies lost: nothing is lost, nothing is double', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const shop = await Shop.open(deployment.urls);
  const { eventStore } = deployment.servers;
  const endLoad = startLoad(shop, 'deliveries');
  const bought = (count: number) => eventually(`${count} purchases`, async () => shop.purchases.length >= count || undefined, 300_000);
  eventStore.tell({ ...wellBehaved, deliveries: 3, subscriptionLife: 60, lostReply: 0.1, refusal: 0.05 });
  await bought(20);
  const consumers = await forgetConsumers(deployment);
  t.ok(consumers > 0);
  eventStore.tell({ ...wellBehaved, deliveries: 2, longestDelayMs: 400 });
  await bought(30);
  t.equal(await forgetConsumers(deployment), consumers, 'they were made anew meanwhile');
  await endLoad();
  eventStore.tell(wellBehaved);
  await checkInvariants(t, deployment, books, shop);
});
