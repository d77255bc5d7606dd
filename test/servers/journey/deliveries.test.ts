import { connect } from 'nats';
import t from 'tap';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import { NatsEventBus } from '../../../src/adapters/nats/nats-event-bus.js';
import { Books } from './books.js';
import { eventually } from './client.js';
import { Customers, startLoad } from './customers.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { wellBehaved, type Misbehaviour } from './misbehaviour.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

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

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items.map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item);

/** While no relay runs: what is not on the bus yet comes there in any order. Answers how many events came before an earlier one. */
const publishOutOfOrder = async ({ servers: { nats } }: Deployment, books: Books): Promise<number> => {
  const published = new Set(await books.published());
  const waiting = (await books.log()).filter(({ id, stream }) => !published.has(id) && !stream.startsWith('request-'));
  const events = shuffled(waiting);
  const bus = new NatsEventBus({ url: nats.url, clock: systemClock });
  try {
    for (const event of events) await bus.publish([event]);
  } finally {
    await bus.close();
  }
  return events.filter(({ position }, index) => index > 0 && position < (events[index - 1]?.position ?? 0n)).length;
};

t.test('pitfalls 8, 18, 19 and 22: deliveries doubled, delayed, reordered, broken off and begun again, replies lost: nothing is lost, nothing is double', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const { eventStore } = deployment.servers;
  const endLoad = startLoad(customers, 'deliveries');
  const bought = (more: number) => {
    const count = customers.purchases.length + more;
    return eventually(`${count} purchases`, async () => customers.purchases.length >= count || undefined, 300_000);
  };
  const misbehave = (behaviour: Misbehaviour): void => eventStore?.tell(behaviour);
  if (eventStore === null) t.comment('the event store is the one that EVENTSTORE_URL names: it does nothing wrong by order, so only the bus is disturbed');

  misbehave({ ...wellBehaved, deliveries: 3, subscriptionLife: 60, lostReply: 0.1, refusal: 0.05 });
  await bought(20);
  const consumers = await forgetConsumers(deployment);
  t.ok(consumers > 0);

  misbehave({ ...wellBehaved, deliveries: 2, longestDelayMs: 400 });
  await bought(20);
  t.equal(await forgetConsumers(deployment), consumers, 'they were made again meanwhile');

  misbehave(wellBehaved);
  const relays = deployment.of('relay');
  await Promise.all(relays.map(({ child }) => child.end('SIGTERM')));
  await bought(15);
  const reordered = await publishOutOfOrder(deployment, books);
  t.ok(reordered > 20, `${reordered} events came to the bus before an earlier one`);
  await Promise.all(relays.map(({ child }) => child.start()));
  await bought(5);
  await endLoad();
  await checkInvariants(t, deployment, books, customers, { isBusInOrder: false });
});
