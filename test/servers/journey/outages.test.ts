import t from 'tap';
import { Books } from './books.js';
import { call, eventually } from './client.js';
import { Deployment } from './deployment.js';
import { checkInvariants } from './invariants.js';
import { Customers, startLoad } from './customers.js';
import { PayersBank } from './payers-bank.js';
import { Shop } from './shop.js';

t.setTimeout(1_200_000);

const OUTAGE_MS = 10_000;
const outage = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));

interface Outage {
  readonly part: 'eventStore' | 'readModels' | 'bus' | 'mailer';
  readonly stop: () => Promise<unknown>;
  readonly start: () => Promise<void>;
}

const outagesOf = ({ servers: { mongod, nats, mail, eventStore } }: Deployment): readonly Outage[] => [
  { part: 'readModels', stop: () => mongod.kill(), start: () => mongod.restart() },
  { part: 'bus', stop: () => nats.stop(), start: () => nats.start() },
  { part: 'mailer', stop: () => mail.stop(), start: () => mail.restart() },
  ...(eventStore === null ? [] : [{ part: 'eventStore', stop: () => eventStore.end('SIGKILL'), start: () => eventStore.start() } as const]),
];

t.test('pitfalls 20 and 23: each server is away for 10 s under load and comes back: all catch up by themselves', async (t) => {
  const deployment = await Deployment.start(t);
  const books = await Books.open(t, deployment);
  const customers = new Customers(await Shop.open(deployment.urls), new PayersBank(deployment.provider));
  const endLoad = startLoad(customers, 'outages');
  const healthOf = async (url: string) => (await call(url, { method: 'GET', path: '/health' })).body;
  for (const { part, stop, start } of outagesOf(deployment)) {
    const bought = customers.purchases.length;
    await eventually('purchases before', async () => customers.purchases.length > bought || undefined, 120_000);
    await stop();
    const away = outage();
    for (const url of deployment.urls) {
      const health = await eventually(`${part} is known to be down`, async () => {
        const body = await healthOf(url);
        return body['status'] === 'unavailable' ? body : undefined;
      });
      t.match(health, { parts: { [part]: { status: 'down' } } });
    }
    await away;
    const before = customers.purchases.length;
    await start();
    await eventually(`purchases again after ${part} came back`, async () => customers.purchases.length > before + 3 || undefined, 120_000);
    for (const url of deployment.urls) await eventually('all is well', async () => (await healthOf(url))['status'] === 'ok' || undefined, 120_000);
  }
  if (deployment.servers.eventStore === null) t.comment('the event store is the one that EVENTSTORE_URL names: it is not ours to be stopped');
  await endLoad();
  await checkInvariants(t, deployment, books, customers);
});
