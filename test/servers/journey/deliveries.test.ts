import t from 'tap';
import { Books } from './books.js';
import { eventually } from './client.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { wellBehaved } from './misbehaviour.js';
import { Shop, startLoad } from './shop.js';

t.setTimeout(600_000);

t.test('pitfalls 8, 9, 18 and 19: events come twice, subscriptions break, answers to appends are lost: nothing is lost, nothing is double', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const shop = await Shop.open(deployment.urls);
  deployment.servers.eventStore.tell({ deliveries: 3, subscriptionLife: 60, lostReply: 0.1, refusal: 0.05 });
  const endLoad = startLoad(shop, 'deliveries');
  await eventually('forty purchases', async () => shop.purchases.length >= 40 || undefined, 300_000);
  await endLoad();
  deployment.servers.eventStore.tell(wellBehaved);
  await checkInvariants(t, deployment, books, shop);
});
