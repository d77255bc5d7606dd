import { join } from 'node:path';
import t, { type Test } from 'tap';
import { seed } from '../../bench/seed.js';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import type { ReadModelStore } from '../../src/ports/read-model-store.js';
import { allProjections } from '../../src/projections/index.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MortalReadModels } from '../workers/projector/mortal-read-models.js';
import { compiled } from '../project-root.js';
import { freePort } from './free-port.js';
import { Child } from './journey/child.js';
import { MongodServer } from './mongod-server.js';

const LARGEST_BATCH = 4_000;
const MOST_COMMITS = 40;
const projections = allProjections.filter(({ name }) => ['accounts', 'courses', 'carts', 'sessions'].includes(name));

const folder = t.testdir();
const events = await seed(join(folder, 'log'), { accounts: 5_000, courses: 2_500, cartItems: 85_000 });
const port = await freePort();
// As a process of its own: on one thread reader and server would wait for each other.
const server = new Child('event store', {
  script: compiled('test/servers/journey/event-store-process'), args: [join(folder, 'log'), String(port)], environment: {}, log: join(folder, 'event-store.log'), ready: /^esdb:/,
});
t.teardown(() => server.end('SIGKILL'));
await server.start();
const open = (t: Test): EventStoreDbStore => {
  const store = new EventStoreDbStore({ connectionString: `esdb://127.0.0.1:${port}?tls=false` });
  t.teardown(() => store.close());
  return store;
};

t.test('issue 18.4: a reader that is behind is given full batches, which have a most', async (t) => {
  t.equal(events, 100_000);
  const sizes: number[] = [];
  for await (const batch of open(t).subscribe({ after: 0n, batchSize: 10_000, signal: new AbortController().signal })) {
    sizes.push(batch.events.length);
    if (batch.live) break;
  }
  t.equal(sizes.reduce((sum, size) => sum + size, 0), events);
  t.ok(Math.max(...sizes) <= LARGEST_BATCH, `${Math.max(...sizes)} events at once`);
  t.ok(sizes.length <= MOST_COMMITS, `${sizes.length} batches`);
});

const stores: Readonly<Record<string, (t: Test) => Promise<ReadModelStore>>> = {
  embedded: (t) => LmdbReadModels.open({ folder: t.testdir() }),
  'on MongoDB': async (t) => {
    const server = await MongodServer.start();
    t.teardown(() => server.stop());
    return MongoReadModels.open({ url: server.url('caught_up') });
  },
};
for (const [place, openReadModels] of Object.entries(stores)) {
  t.test(`issue 18.4: at most ${MOST_COMMITS} commits of read models ${place} for 100,000 events`, async (t) => {
    const readModels = await openReadModels(t);
    const counted = new MortalReadModels(readModels, { atWrite: Infinity, afterwards: false }, () => undefined);
    const store = open(t);
    const projector = new Projector({ store, readModels: counted, projections, clock: systemClock });
    await projector.start();
    const names = projections.map(({ name }) => name);
    while (!(await projector.waitFor(await store.head(), 60_000, names))) await new Promise(setImmediate);
    t.ok(counted.commits >= 1);
    t.ok(counted.commits <= MOST_COMMITS, `${counted.commits} commits`);
    await projector.stop();
    await readModels.close();
  });
}
