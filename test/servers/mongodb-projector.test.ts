import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { MongoReadModels } from '../../src/adapters/mongodb/read-models.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { Clock } from '../../src/ports/clock.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { GenerationConflict, type ReadModelStore } from '../../src/ports/read-model-store.js';
import { StoredProjectionProgress } from '../../src/workers/projector/stored-progress.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { requestRebuild } from '../../src/workers/projector/projection-rebuild.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { MortalReadModels } from '../workers/projector/mortal-read-models.js';
import { carts, contents, perStream, shop, streams, workload } from '../workers/projector/shop.js';
import { MongodServer } from './mongod-server.js';

const projections = [shop, perStream];
const LONG = 60_000;
const ALL = ['shop', 'streams'];
/** Batches enough that some of them fail for sure. */
const EVENTS = 700;

/** Pauses between tries are long enough for a server, not for a test. */
const impatientClock: Clock = {
  now: systemClock.now,
  after: (milliseconds, signal) => systemClock.after(milliseconds / 20, signal),
  until: (time, signal) => systemClock.after((time.getTime() - Date.now()) / 20, signal),
};
let databases = 0;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const level = async (projector: Projector, position: bigint): Promise<void> => {
  while (!(await projector.waitFor(position, LONG, ALL))) await turn();
};

const expectedContents = async (t: Test, store: EventStore<DomainEvent>): Promise<string> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir() });
  const projector = new Projector({ store, readModels, projections, clock: systemClock });
  await projector.start();
  await level(projector, await store.head());
  const expected = await contents(readModels);
  await projector.stop();
  await readModels.close();
  return expected;
};

for (const replicaSet of [true, false]) {
  const name = replicaSet ? 'a replica set' : 'a single server';
  const server = await MongodServer.start({ replicaSet });
  t.teardown(() => server.stop());

  const open = async (t: Test, database: string): Promise<MongoReadModels> => {
    const readModels = await MongoReadModels.open({ url: server.url(database), retirementMs: 1_000 });
    t.teardown(() => readModels.close());
    return readModels;
  };
  const newDatabase = (): string => `projected${(databases += 1)}`;
  const project = async (t: Test, store: EventStore<DomainEvent>, readModels: ReadModelStore, onError?: (error: unknown) => void): Promise<Projector> => {
    const projector = new Projector({ store, readModels, projections, clock: impatientClock, batchSize: 13, ...(onError && { onError }) });
    await projector.start();
    t.teardown(() => projector.stop());
    return projector;
  };
  const failing = (data: Record<string, unknown>, mode: unknown): Promise<unknown> =>
    server.command({ configureFailPoint: 'failCommand', mode, data });
  const failed = async (): Promise<number> => Number((await server.command({ configureFailPoint: 'failCommand', mode: 'off' }))['count']);

  t.test(`${name}: pitfall 20: the checkpoint's write fails after the documents', at each batch; the copy equals one that was never disturbed`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    await workload(store, EVENTS);
    const database = newDatabase();
    const readModels = await open(t, database);
    const errors: unknown[] = [];
    await failing(
      { failCommands: ['update'], namespace: `${database}.readModels.generations`, errorCode: 8, appName: 'registrar' },
      { activationProbability: 0.2 },
    );
    const projector = await project(t, store, readModels, (error) => errors.push(error));
    await level(projector, BigInt(EVENTS));
    t.ok((await failed()) > 0 && errors.length > 0);
    errors.length = 0;
    await failing(
      { failCommands: ['update'], namespace: `${database}.readModels.changes`, errorCode: 8, appName: 'registrar' },
      { activationProbability: 0.2 },
    );
    await level(projector, await workload(store, EVENTS, 3));
    t.ok((await failed()) > 0 && errors.length > 0, 'of the checkpoint that level projections share, too');
    t.equal(await contents(readModels), await expectedContents(t, store));
  });

  t.test(`${name}: pitfall 20: connections break at any write; nothing is lost or doubled, in a rebuild neither`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    await workload(store, 300);
    const readModels = await open(t, newDatabase());
    await failing(
      { failCommands: ['update', 'delete', 'commitTransaction', 'findAndModify'], closeConnection: true, appName: 'registrar' },
      // Without transactions the driver repeats nothing by itself.
      { activationProbability: replicaSet ? 0.1 : 0.03 },
    );
    const projector = await project(t, store, readModels);
    await level(projector, 300n);
    await requestRebuild(readModels, systemClock, 'shop').catch(() => undefined);
    const position = await workload(store, 100, 5);
    await level(projector, position);
    t.ok((await failed()) > 0, 'the driver or the projector got over it');
    await requestRebuild(readModels, systemClock, 'streams');
    while ((await readModels.rebuilds()).some(({ state }) => state === 'requested' || state === 'running')) await turn();
    await level(projector, position);
    t.equal(await contents(readModels), await expectedContents(t, store));
  });

  t.test(`${name}: mongod is killed and started again under a projector, which catches up`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const readModels = await open(t, newDatabase());
    const errors: unknown[] = [];
    const projector = await project(t, store, readModels, (error) => errors.push(error));
    let position = await workload(store, 200);
    await level(projector, position);
    for (let round = 1; round <= 3; round += 1) {
      position = await workload(store, 60, round);
      await server.kill();
      position = await workload(store, 60, round + 10);
      await t.rejects(readModels.get(carts, 'u1'), { name: 'ReadModelsUnavailable' });
      await server.restart();
      await level(projector, position);
    }
    t.ok(errors.every((error) => error instanceof Error && ['ReadModelsUnavailable', 'GenerationConflict'].includes(error.name)), String(errors));
    t.equal(await contents(readModels), await expectedContents(t, store));
  });

  t.test(`${name}: of two projectors one works; the other takes over from one that was killed`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const database = newDatabase();
    await workload(store, 100);
    let died = (): void => undefined;
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    const mortal = new MortalReadModels(await open(t, database), { atWrite: 20, afterwards: true }, died);
    const doomed = new Projector({ store, readModels: mortal, projections, clock: systemClock, batchSize: 13 });
    await doomed.start();
    t.teardown(() => doomed.stop());
    const readModels = await open(t, database);
    const heir = await project(t, store, readModels);
    while (!(await heir.waitFor(100n, LONG, ALL))) await turn();
    t.pass('who stands by sees what the other has done');
    for (let seed = 2; seed < 12; seed += 1) await workload(store, 40, seed);
    const position = await workload(store, 40, 99);
    await death;
    await level(heir, position);
    t.equal(await contents(readModels), await expectedContents(t, store));
  });

  t.test(`${name}: a paused owner whose write is under way when another one takes over changes nothing`, async (t) => {
    const database = newDatabase();
    const [first, second] = [await open(t, database), await open(t, database)];
    const start = new Date();
    const paused = first.fenced((await first.lease('paused', start, 1_000)) ?? 0n);
    const generation = await paused.createGeneration('streams', 1, perStream.collections, new Date());
    const write = (id: string, events: number, position: bigint) => ({
      collection: streams.name,
      id,
      document: events === 0 ? undefined : { id, events, revisions: 0 },
      position,
    });
    await paused.commit([{ generation, writes: [write('kept', 1, 1n), write('deleted', 1, 2n)], checkpoint: 2n }]);
    await paused.activate(generation);
    const at = { ...generation, checkpoint: 2n };
    await server.command({
      configureFailPoint: 'failCommand',
      mode: { times: 1 },
      data: { failCommands: ['update'], namespace: `${database}.readModels.streams.1.streams`, blockConnection: true, blockTimeMS: 2_000 },
    });
    const late = t.rejects(
      paused.commit([{ generation: at, writes: [write('kept', 2, 3n), write('deleted', 2, 4n), write('new', 1, 5n)], checkpoint: 5n }]),
      GenerationConflict,
    );
    await server.command({ waitForFailPoint: 'failCommand', timesEntered: 1, maxTimeMS: LONG });
    const next = second.fenced((await second.lease('next', new Date(start.getTime() + 1_000), 60_000)) ?? 0n);
    const writes = [write('kept', 4, 8n), write('deleted', 0, 9n), write('new', 0, 6n)];
    await next.commit([{ generation: at, writes, checkpoint: 9n }]);
    await late;
    t.strictSame(await second.find(streams, {}), [{ id: 'kept', events: 4, revisions: 0 }]);
    t.equal(await second.count(streams), 1);
    t.equal((await second.generations())[0]?.checkpoint, 9n);
    t.equal((await next.load(at, streams.name, ['deleted']))[0]?.document, undefined);
  });

  t.test(`${name}: an owner that hangs within its write does not hold up the one that takes over`, async (t) => {
    const database = newDatabase();
    const [first, second] = [await open(t, database), await open(t, database)];
    const start = new Date();
    const hung = first.fenced((await first.lease('hung', start, 1_000)) ?? 0n);
    const generation = await hung.createGeneration('streams', 1, perStream.collections, new Date());
    const write = (events: number, position: bigint) => ({ collection: streams.name, id: 'a', document: { id: 'a', events, revisions: 0 }, position });
    await hung.activate(generation);
    const at = { generation: { ...generation, checkpoint: 0n }, checkpoint: 3n };
    const block = replicaSet ? { failCommands: ['commitTransaction'] } : { failCommands: ['update'], namespace: `${database}.readModels.generations` };
    await failing({ ...block, blockConnection: true, blockTimeMS: replicaSet ? 15_000 : 2_000, appName: 'registrar' }, { times: 1 });
    let hangs = true;
    const last = hung.commit([{ ...at, writes: [write(1, 1n)], checkpoint: 1n }]).catch(() => undefined).finally(() => {
      hangs = false;
    });
    await server.command({ waitForFailPoint: 'failCommand', timesEntered: 1, maxTimeMS: LONG });
    let tookOver = false;
    const takeOver = async (): Promise<void> => {
      const next = second.fenced((await second.lease('next', new Date(start.getTime() + 1_000), 60_000)) ?? 0n);
      await next.commit([{ ...at, writes: [write(3, 3n)] }]);
      tookOver = true;
    };
    await Promise.race([takeOver(), systemClock.until(new Date(Date.now() + 10_000), new AbortController().signal)]);
    t.ok(tookOver, 'within ten seconds');
    t.equal(hangs, !replicaSet, 'its transaction was ended for it');
    t.equal((await second.get(streams, 'a'))?.events, 3);
    await last;
    t.equal((await second.get(streams, 'a'))?.events, 3);
    t.equal((await second.generations())[0]?.checkpoint, 3n);
  });

  t.test(`${name}: a process that does not project waits for what another one does`, async (t) => {
    const store = new MemoryEventStore<DomainEvent>();
    const database = newDatabase();
    const projector = await project(t, store, await open(t, database));
    await level(projector, await workload(store, 20));
    const readModels = await open(t, database);
    let reads = 0;
    const generations = readModels.generations.bind(readModels);
    readModels.generations = () => {
      reads += 1;
      return generations();
    };
    const progress = new StoredProjectionProgress({ store, readModels, projections, clock: systemClock });
    t.teardown(() => progress.stop());
    for (let round = 0; round < 20; round += 1) t.ok(await progress.waitFor(await workload(store, 3, round), LONG, ALL));
    reads = 0;
    t.equal(await progress.waitFor(1_000_000n, 1_000, ALL), false);
    t.ok(reads <= (replicaSet ? 4 : 22), `${reads} reads in a second of waiting`);
    t.ok(await progress.waitFor(1n, 0, ALL), 'what is past is known at once');
  });
}
