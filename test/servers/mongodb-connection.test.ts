import { MongoClient } from 'mongodb';
import t, { type Test } from 'tap';
import { assertServerVersion, MongoTooOld } from '../../src/adapters/mongodb/connection.js';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import { ReadModelsUnavailable } from '../../src/ports/read-models.js';
import { courses, Writer } from '../contracts/read-models.js';
import { MongodServer } from './mongod-server.js';

const server = await MongodServer.start();
t.teardown(() => server.stop());

const open = async (t: Test, database: string): Promise<MongoReadModels> => {
  const readModels = await MongoReadModels.open({ url: server.url(database) });
  t.teardown(() => readModels.close());
  return readModels;
};

const served = async (readModels: MongoReadModels, price: number): Promise<Writer> => {
  const writer = await Writer.create(readModels);
  await writer.write('courses', Array.from({ length: 300 }, (_, n) => ({ id: `c${n}`, level: n % 2 === 0 ? 'even' : 'odd', price, title: 'Words' })));
  await readModels.activate(writer.generation);
  return writer;
};

t.test('a server older than the documented one is refused by name', async (t) => {
  t.throws(() => assertServerVersion('5.0.29'), { name: 'MongoTooOld', message: /MongoDB 5\.0\.29 is too old.*6\.0/ });
  for (const version of ['6.0.5', '7.0.28', '10.1.0']) t.doesNotThrow(() => assertServerVersion(version), MongoTooOld);
});

t.test('where no server answers the start fails with what it means', async (t) => {
  const nowhere = { url: 'mongodb://127.0.0.1:1/registrar', serverSelectionTimeoutMs: 100 };
  await t.rejects(MongoReadModels.open(nowhere), ReadModelsUnavailable);
});

t.test('a server that hangs fails what waits for it, and serves again when it goes on', async (t) => {
  const readModels = await open(t, 'hanging');
  await served(readModels, 1);
  server.signal('SIGSTOP');
  await t.rejects(readModels.get(courses, 'c1'), ReadModelsUnavailable);
  await t.rejects(readModels.generations(), ReadModelsUnavailable);
  server.signal('SIGCONT');
  t.match(await readModels.get(courses, 'c1'), { price: 1 });
});

t.test('another process reads on while generations are switched and the old ones go', async (t) => {
  const [writing, reading] = [await open(t, 'switching'), await open(t, 'switching')];
  await served(writing, 0);
  let switching = true;
  const reader = (async (): Promise<number> => {
    let reads = 0;
    for (; switching; reads += 1) {
      const [odd, count] = await Promise.all([reading.find(courses, { filter: { level: 'odd' }, limit: 200 }), reading.count(courses)]);
      if (odd.length !== 150 || count !== 300) throw new Error(`saw ${odd.length} and ${count}`);
    }
    return reads;
  })();
  for (let price = 1; price <= 8; price += 1) await served(writing, price);
  switching = false;
  t.ok((await reader) > 0);
  await reading.generations();
  t.match(await reading.get(courses, 'c1'), { price: 8 }, 'who has seen the position sees the documents');
});

t.test('what was replaced is removed when its time is over', async (t) => {
  const readModels = await MongoReadModels.open({ url: server.url('sweeping'), retirementMs: 0 });
  t.teardown(() => readModels.close());
  for (let price = 1; price <= 3; price += 1) await served(readModels, price);
  const client = new MongoClient(server.url('sweeping'));
  t.teardown(() => client.close());
  const names = (await client.db('sweeping').listCollections().toArray()).map(({ name }) => name);
  t.same(names.filter((name) => name.endsWith('.courses')), ['readModels.catalogue.3.courses']);
});

t.test('declared indexes and words answer the queries', async (t) => {
  const readModels = await open(t, 'indexed');
  await served(readModels, 1);
  const client = new MongoClient(server.url('indexed'));
  t.teardown(() => client.close());
  const documents = client.db('indexed').collection('readModels.catalogue.1.courses');
  for (const filter of [{ 'document.level': { $eq: 'odd' } }, { words: { $all: ['words'] } }]) {
    const plan = JSON.stringify((await documents.find(filter).sort({ 'document.price': -1, _id: 1 }).explain('queryPlanner'))['queryPlanner'].winningPlan);
    t.match(plan, /IXSCAN/);
    t.notMatch(plan, /COLLSCAN/);
  }
});
