import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { Clock } from '../../src/ports/clock.js';
import type { EventStore, Position } from '../../src/ports/event-store.js';
import type { ReadModelStore } from '../../src/ports/read-model-store.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { classContents, classes, courseDeleted, enroll, pupils, register, rename, students } from '../workers/projector/school.js';
import { MongodServer } from './mongod-server.js';

const LONG = 120_000;
const NAMES = ['pupils', 'classes'];
let databases = 0;

/** Pauses between tries are long enough for a server, not for a test. */
const impatientClock: Clock = {
  now: systemClock.now,
  after: (milliseconds, signal) => systemClock.after(milliseconds / 20, signal),
  until: (time, signal) => systemClock.after((time.getTime() - Date.now()) / 20, signal),
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const level = async (projector: Projector, position: Position): Promise<void> => {
  while (!(await projector.waitFor(position, LONG, NAMES))) await turn();
};

const start = async (store: EventStore<DomainEvent>, readModels: ReadModelStore, batchSize: number): Promise<Projector> => {
  const projector = new Projector({ store, readModels, projections: [pupils, classes], clock: impatientClock, batchSize });
  await projector.start();
  return projector;
};

/** What the embedded read models make of the same log. */
const expectedOf = async (t: Test, store: EventStore<DomainEvent>): Promise<string> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  const projector = await start(store, readModels, 1_000);
  await level(projector, await store.head());
  const expected = await classContents(readModels);
  await projector.stop();
  await readModels.close();
  return expected;
};

for (const replicaSet of [true, false]) {
  const name = replicaSet ? 'a replica set' : 'a single server';
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());

  const open = async (t: Test): Promise<MongoReadModels> => {
    const readModels = await MongoReadModels.open({ url: server.url(`school${(databases += 1)}`), retirementMs: 1_000 });
    t.teardown(() => readModels.close());
    return readModels;
  };
  const breakConnections = (): Promise<unknown> =>
    server.command({
      configureFailPoint: 'failCommand',
      mode: { activationProbability: replicaSet ? 0.1 : 0.05 },
      data: { failCommands: ['update', 'delete', 'commitTransaction'], closeConnection: true, appName: 'registrar' },
    });
  const broken = async (): Promise<number> => Number((await server.command({ configureFailPoint: 'failCommand', mode: 'off' }))['count']);

  t.test(`${name}: 10,000 creations at once are numbered in log order without a gap, whatever breaks`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const readModels = await open(t);
    await breakConnections();
    const projector = await start(store, readModels, 500);
    t.teardown(() => projector.stop());
    await Promise.all(Array.from({ length: 10_000 }, (_, n) => register(store, `s${(n * 7_919) % 10_000}`)));
    await level(projector, await store.head());
    for (let n = 0; n < 20; n += 1) await level(projector, await register(store, `late${n}`));
    t.ok((await broken()) > 0);
    const found = await readModels.find(students, { sort: { number: 1 } });
    t.same(found.map(({ number }) => number), Array.from({ length: 10_020 }, (_, n) => n + 1));
    t.equal(await classContents(readModels), await expectedOf(t, store));
  });

  t.test(`${name}: a fan-out over 3,000 documents changes each once, whatever breaks`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const readModels = await open(t);
    for (let n = 0; n < 3_000; n += 1) await enroll(store, `s${n}`, n % 3 === 0 ? 'other' : 'fugues', 'bach');
    const projector = await start(store, readModels, 500);
    t.teardown(() => projector.stop());
    await level(projector, await store.head());
    await breakConnections();
    for (const called of ['Johann', 'J. S.', 'Bach']) await level(projector, await rename(store, 'bach', called));
    await courseDeleted(store, 'fugues');
    await level(projector, await enroll(store, 'last', 'other', 'bach'));
    t.ok((await broken()) > 0);
    t.equal(await classContents(readModels), await expectedOf(t, store));
  });
}
