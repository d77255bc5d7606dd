import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Clock } from '../../../src/ports/clock.js';
import type { EventStore } from '../../../src/ports/event-store.js';
import type { ReadModelStore } from '../../../src/ports/read-model-store.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { StoredProjectionProgress } from '../../../src/workers/projector/stored-progress.js';
import { Projector, type ProjectorServices } from '../../../src/workers/projector/projector.js';
import { requestOnlyRebuild, requestRebuild, requestRebuildStop } from '../../../src/workers/projector/projection-rebuild.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { LogOfBytes } from '../../doubles/log-of-bytes.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { MortalReadModels } from './mortal-read-models.js';
import { added, append, carts, contents, perStream, shop, streams, workload } from './shop.js';

const openReadModels = async (t: Test): Promise<LmdbReadModels> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir() });
  t.teardown(() => readModels.close());
  return readModels;
};

interface Started {
  readonly store: EventStore<DomainEvent>;
  readonly readModels: ReadModelStore;
  readonly projections?: readonly ProjectionDefinition[];
  readonly clock?: Clock;
  readonly batchSize?: number;
  readonly onFailure?: NonNullable<ProjectorServices['onFailure']>;
  readonly onError?: NonNullable<ProjectorServices['onError']>;
}

const start = async (t: Test, { projections = [shop, perStream], clock = systemClock, ...parts }: Started): Promise<Projector> => {
  const projector = new Projector({ projections, clock, ...parts });
  await projector.start();
  t.teardown(() => projector.stop());
  return projector;
};

const LONG = 20_000;
const ALL = ['shop', 'streams'];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A projection that catches up in a lane of its own is not waited for: it is asked again. */
const level = async (projector: Projector, position: bigint): Promise<void> => {
  while (!(await projector.waitFor(position, 1_000, ALL))) await turn();
};

const cleanCopy = async (t: Test, store: EventStore<DomainEvent>): Promise<string> => {
  let copy = '';
  await t.test('a clean copy', async (t) => {
    const readModels = await openReadModels(t);
    const projector = await start(t, { store, readModels });
    t.ok(await projector.waitFor(await store.head(), LONG, ALL));
    copy = await contents(readModels);
    await projector.stop();
  });
  return copy;
};

t.test('projects what is there and what comes, and says when', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 300);
  const projector = await start(t, { store, readModels, batchSize: 50 });
  t.ok(await projector.waitFor(await store.head(), LONG, ALL));
  const position = await append(store, 'new', [added('new', 'course-1'), added('new', 'course-2')]);
  t.ok(await projector.waitFor(position, LONG, ALL));
  t.same((await readModels.get(carts, 'new'))?.courseIds, ['course-1', 'course-2']);
  t.strictSame(await projector.lag(), [
    { projection: 'shop', checkpoint: position, behind: 0n, unit: 'events', secondsBehind: 0, unavailable: null },
    { projection: 'streams', checkpoint: position, behind: 0n, unit: 'events', secondsBehind: 0, unavailable: null },
  ]);
  t.ok(await projector.waitFor(1n, 0, ALL), 'what is past is known at once');
});

t.test('an empty log is level at once', async (t) => {
  const projector = await start(t, { store: new MemoryEventStore<DomainEvent>(), readModels: await openReadModels(t) });
  t.ok(await projector.waitFor(0n, LONG, ALL));
});

t.test('thousands wait, each until its own position or time', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const clock = new FakeClock();
  const projector = await start(t, { store, readModels: await openReadModels(t), clock });
  await projector.waitFor(await append(store, 'u', [added('u', 'c')]), LONG, ALL);
  const waiting = Array.from({ length: 5_000 }, (_, n) => projector.waitFor(BigInt(2 + n), 2_000, ALL));
  const impatient = projector.waitFor(4_000n, 5, ALL);
  clock.advance(5);
  t.equal(await impatient, false);
  for (let n = 0; n < 3_000; n += 1) await append(store, `u${n % 7}`, [added('u', 'c')]);
  t.ok((await Promise.all(waiting.slice(0, 3_000))).every((passed) => passed));
  clock.advance(2_000);
  t.ok((await Promise.all(waiting.slice(3_000))).every((passed) => !passed));
});

t.test('dropping every read model and replaying gives the same bytes', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  const projector = await start(t, { store, readModels, batchSize: 7 });
  await workload(store, 1_000);
  t.ok(await projector.waitFor(await store.head(), LONG, ALL));
  t.equal(await cleanCopy(t, store), await contents(readModels));
});

t.test('pitfall 20: killed at each write in turn, before or after it, the copy equals one that was never disturbed', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  await workload(store, 120);
  const expected = await cleanCopy(t, store);
  const readModels = await openReadModels(t);
  for (let atWrite = 1; atWrite <= 14; atWrite += 1) {
    for (const afterwards of [false, true]) {
      for (const generation of await readModels.generations()) await readModels.drop(generation);
      await new Promise<void>((resolve) => {
        const mortal = new MortalReadModels(readModels, { atWrite, afterwards }, resolve);
        const doomed = new Projector({ store, readModels: mortal, projections: [shop, perStream], clock: systemClock, batchSize: 13 });
        void doomed.start();
        t.teardown(() => doomed.stop());
        void doomed.waitFor(120n, LONG, ALL).then(() => resolve());
      });
      await readModels.lease('the kernel', new Date(Date.now() + 60_000), 0);
      await readModels.releaseLease('the kernel');
      const projector = await start(t, { store, readModels, batchSize: 13 });
      await level(projector, 120n);
      t.equal(await contents(readModels), expected, `killed ${afterwards ? 'after' : 'at'} write ${atWrite}`);
      await projector.stop();
    }
  }
});

t.test('pitfall 21: a bulk append while a rebuild runs is neither skipped nor doubled, and the old copy is fed meanwhile', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 2_000);
  const projector = await start(t, { store, readModels, batchSize: 20 });
  await projector.waitFor(await store.head(), LONG, ALL);
  const [before] = (await readModels.generations()).filter(({ projection }) => projection === 'streams');
  await requestRebuild(readModels, systemClock, 'streams');
  while ((await readModels.rebuilds())[0]?.state !== 'running') await turn();
  let fedMeanwhile = 0;
  for (let n = 0; (await readModels.rebuilds())[0]?.state === 'running' || n < 500; n += 1) {
    const position = await append(store, `bulk${n % 9}`, [added('x', 'c'), added('y', 'd'), added('z', 'e')]);
    if (await projector.waitFor(position, LONG, ALL)) fedMeanwhile += 1;
    await turn();
  }
  t.ok(fedMeanwhile > 0);
  t.ok(await projector.waitFor(await store.head(), LONG, ALL));
  const after = (await readModels.generations()).filter(({ projection }) => projection === 'streams');
  t.same(after.map(({ state, generation }) => ({ state, generation })), [{ state: 'serving', generation: (before?.generation ?? 0) + 1 }]);
  const perStreamCounts = new Map<string, number>();
  for await (const { stream } of store.readAll()) perStreamCounts.set(stream, (perStreamCounts.get(stream) ?? 0) + 1);
  const documents = await readModels.find(streams, {});
  t.same(new Map(documents.map(({ id, events }) => [id, events])), perStreamCounts);
  t.ok(documents.every(({ events, revisions }) => revisions === (events * (events - 1)) / 2), 'each revision once');
});

t.test('pitfall 22: a replay appends nothing and calls nobody', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  await workload(store, 500);
  const readModels = await openReadModels(t);
  let appends = 0;
  const append = store.append.bind(store);
  store.append = async (...args) => {
    appends += 1;
    return append(...args);
  };
  const connections = process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length;
  const projector = await start(t, { store, readModels });
  await projector.waitFor(500n, LONG, ALL);
  t.equal(appends, 0);
  t.equal(process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length, connections);
});

t.test('a rebuild that has come to the last event is done, though others were told of a position behind it', async (t) => {
  const store = new LogOfBytes();
  const readModels = await openReadModels(t);
  await workload(store, 300);
  const projector = await start(t, { store, readModels, batchSize: 50 });
  await level(projector, await store.head());
  const isBehind = async (): Promise<boolean> => (await projector.lag()).every(({ checkpoint }) => checkpoint > 30_000n);
  while (!(await isBehind())) await turn();
  const before = await contents(readModels);
  await requestRebuild(readModels, systemClock, 'streams');
  while ((await readModels.rebuilds())[0]?.state !== 'done') await turn();
  t.equal(await contents(readModels), before);
  t.ok(await projector.waitFor(await append(store, 'new', [added('new', 'course')]), LONG, ALL), 'and it goes on with the others');
});

t.test('an event that a rule cannot apply stops its projection alone, up to the event before; a restart tries again', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  const broken: ProjectionDefinition = {
    ...shop,
    rules: shop.rules.map((rule, place) =>
      place !== 1
        ? rule
        : { ...rule, apply: (document, event, id, ...rest) => (id === 'bad' ? fail(`no course ${id}`) : rule.apply(document, event, id, ...rest)) },
    ),
  };
  const failures: string[] = [];
  const projector = await start(t, {
    store,
    readModels,
    projections: [broken, perStream],
    onFailure: (projection, reason) => failures.push(`${projection}: ${reason}`),
  });
  await projector.waitFor(0n, LONG, ALL);
  const position = await append(store, 'u', [added('u', 'good'), added('u', 'bad'), added('u', 'good')]);
  t.equal(await projector.waitFor(position, LONG, ALL), false, 'not level, known without waiting');
  const [stopped, going] = await projector.lag();
  t.match(stopped, { projection: 'shop', checkpoint: 1n, behind: 2n, unavailable: { state: 'failed', reason: /CourseAddedToCart .*cart-u, revision 1.*no course bad/ } });
  t.match(going, { projection: 'streams', checkpoint: 3n, behind: 0n, unavailable: null });
  t.equal(failures.length, 1);
  t.same((await readModels.get(carts, 'u'))?.courseIds, ['good'], 'nothing of the event that failed stays');
  const later = await append(store, 'v', [added('v', 'good')]);
  t.ok(await projector.waitFor(later, LONG, ['streams']), 'nobody who needs the other one waits for it');
  t.equal((await readModels.get(streams, 'cart-v'))?.events, 1);
  await projector.stop();

  const mended = await start(t, { store, readModels });
  await level(mended, 4n);
  t.same((await readModels.get(carts, 'u'))?.courseIds, ['good', 'bad', 'good']);
  t.equal((await readModels.get(streams, 'cart-u'))?.events, 3, 'the other one did not count twice');
});

const fail = (reason: string): never => {
  throw new Error(reason);
};

t.test('a new version is built beside the old one, which serves until then', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 400);
  const first = await start(t, { store, readModels });
  await first.waitFor(400n, LONG, ALL);
  await first.stop();
  const second: ProjectionDefinition = {
    ...perStream,
    version: 2,
    rules: perStream.rules.map((rule) => ({
      ...rule,
      apply: (...given) => {
        const next = rule.apply(...given);
        return next && { ...next, version: 2 };
      },
    })),
  };
  const projector = await start(t, { store, readModels, projections: [shop, second], batchSize: 50 });
  t.notOk('version' in ((await readModels.get(streams, 'cart-u1')) ?? {}), 'the old one serves');
  await level(projector, 400n);
  t.match(await readModels.get(streams, 'cart-u1'), { version: 2 });
  t.same((await readModels.generations()).map(({ projection, version, state }) => [projection, version, state]), [
    ['shop', 1, 'serving'],
    ['streams', 2, 'serving'],
  ]);
});

t.test('a rebuild that is interrupted is gone on with at the next start; what served serves on', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 2_000);
  const expected = await cleanCopy(t, store);
  const projector = await start(t, { store, readModels, batchSize: 10 });
  await projector.waitFor(2_000n, LONG, ALL);
  await requestRebuild(readModels, systemClock, 'shop');
  const half = async () => (await readModels.generations()).find(({ state }) => state === 'building')?.checkpoint ?? 0n;
  while ((await half()) < 100n) await turn();
  await projector.stop();
  t.match(await readModels.rebuilds(), [{ projection: 'shop', state: 'running', failure: null }]);
  const reached = await half();
  t.ok(reached >= 100n && reached < 2_000n);
  t.equal(await contents(readModels), expected);
  const again = await start(t, { store, readModels, batchSize: 10 });
  while ((await readModels.rebuilds())[0]?.state !== 'done') await turn();
  t.strictSame((await readModels.rebuilds()).map(({ position, head }) => ({ position, head })), [{ position: 2_000n, head: 2_000n }]);
  t.ok(await again.waitFor(2_000n, LONG, ALL));
  t.equal(await contents(readModels), expected);
  t.equal((await readModels.generations()).length, 2);
});

t.test('issue 16: a rebuild can be stopped, also after a restart; what served serves on and is fed', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 2_000);
  const projector = await start(t, { store, readModels, batchSize: 10 });
  await projector.waitFor(2_000n, LONG, ALL);
  const before = await contents(readModels);
  const reached = async () => (await readModels.generations()).find(({ state }) => state === 'building')?.checkpoint ?? 0n;
  const last = async () => (await readModels.rebuilds()).find(({ projection }) => projection === 'shop');
  t.equal(await requestRebuildStop(readModels, 'shop'), 'none');
  t.match(await requestOnlyRebuild(readModels, systemClock, 'shop'), { ok: true, rebuild: { state: 'requested' } });
  t.match(await requestOnlyRebuild(readModels, systemClock, 'streams'), { ok: false, underWay: { projection: 'shop' } });
  while ((await reached()) < 100n) await turn();
  t.equal(await requestRebuildStop(readModels, 'shop'), 'stopping');
  while ((await last())?.state !== 'stopped') await turn();
  t.ok(((await last())?.position ?? 2_000n) < 2_000n);
  t.same((await readModels.generations()).map(({ state }) => state), ['serving', 'serving'], 'the new copy is gone');
  t.equal(await contents(readModels), before);
  t.ok(await projector.waitFor(await append(store, 'u', [added('u', 'c')]), LONG, ALL), 'and is still fed');

  await requestOnlyRebuild(readModels, systemClock, 'shop');
  while ((await reached()) < 100n) await turn();
  await projector.stop();
  t.equal(await requestRebuildStop(readModels, 'shop'), 'stopping', 'while no projector works');
  await start(t, { store, readModels, batchSize: 10 });
  while ((await last())?.state !== 'stopped') await turn();
  t.equal((await readModels.generations()).length, 2);

  await requestOnlyRebuild(readModels, systemClock, 'shop');
  while ((await last())?.state !== 'done') await turn();
  t.equal(await requestRebuildStop(readModels, 'shop'), 'none', 'an old wish stops no later rebuild');
});

t.test('issue 16: a copy without which nothing would serve is not stopped', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 500);
  await requestRebuild(readModels, systemClock, 'shop');
  t.equal(await requestRebuildStop(readModels, 'shop'), 'needed');
  await start(t, { store, readModels });
  while ((await readModels.rebuilds())[0]?.state !== 'done') await turn();
});

t.test('a rebuild whose rules fail is given up; what served serves on', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 50);
  let breaks = false;
  const fragile = {
    ...perStream,
    rules: perStream.rules.map((rule) => ({
      ...rule,
      ids: (...[event, found]: Parameters<typeof rule.ids>) => (breaks && event.position === 20n ? fail('out of order') : rule.ids(event, found)),
    })),
  };
  const projector = await start(t, { store, readModels, projections: [shop, fragile] });
  await projector.waitFor(50n, LONG, ALL);
  const before = await contents(readModels);
  breaks = true;
  await requestRebuild(readModels, systemClock, 'streams');
  while ((await readModels.rebuilds())[0]?.state !== 'failed') await turn();
  t.match((await readModels.rebuilds())[0]?.failure, /out of order/);
  t.equal(await contents(readModels), before);
  t.equal((await readModels.generations()).length, 2);
  breaks = false;
  t.ok(await projector.waitFor(await append(store, 'u', [added('u', 'c')]), LONG, ALL), 'and is still fed');
});

t.test('of two projectors one works; the other takes over', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  const [first, second] = [await start(t, { store, readModels }), await start(t, { store, readModels })];
  const position = await workload(store, 200);
  t.ok(await second.waitFor(position, LONG, ALL), 'who stands by sees what the other has done');
  t.same((await second.lag()).map(({ behind }) => behind), [0n, 0n]);
  await first.stop();
  const later = await workload(store, 200, 7);
  t.ok(await second.waitFor(later, LONG, ALL));
  t.equal(await contents(readModels), await cleanCopy(t, store));
});

t.test('an error of the log or the read models is told, and tried again', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  await workload(store, 100);
  const errors: unknown[] = [];
  const commit = readModels.commit.bind(readModels);
  let failing = 3;
  readModels.commit = async (commits) => {
    failing -= 1;
    if (failing >= 0) throw new Error('the disk is full');
    return commit(commits);
  };
  readModels.fenced = () => readModels;
  const projector = await start(t, { store, readModels, onError: (error) => errors.push(error) });
  await level(projector, 100n);
  t.equal(errors.length, 3);
  t.equal(await contents(readModels), await cleanCopy(t, store));
});

t.test('a process that does not project waits for what it names alone, and knows what cannot be shown', async (t) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await openReadModels(t);
  const clock = new FakeClock('2026-03-01T12:00:00.000Z');
  const progressOf = (projections: readonly ProjectionDefinition[]): StoredProjectionProgress => {
    const progress = new StoredProjectionProgress({ store, readModels, projections, clock });
    t.teardown(() => progress.stop());
    return progress;
  };
  const progress = progressOf([shop, perStream]);
  t.match(await progress.unavailable(ALL), [{ projection: 'shop', state: 'building' }, { projection: 'streams', state: 'building' }], 'nobody has begun yet');
  const broken = { ...shop, rules: shop.rules.map((rule) => ({ ...rule, ids: () => fail('no such cart') })) };
  const first = await start(t, { store, readModels, projections: [broken, perStream], clock });
  const position = await append(store, 'u', [added('u', 'c')]);
  t.ok(await first.waitFor(position, LONG, ['streams']));
  clock.advance(1_000);
  t.ok(await progress.waitFor(position, LONG, ['streams']));
  t.equal(await progress.waitFor(position, LONG, ALL), false, 'known without waiting');
  const failed = { projection: 'shop', state: 'failed', since: '2026-03-01T12:00:00.000Z', reason: /CourseAddedToCart .*no such cart/ };
  t.match(await progress.unavailable(ALL), [failed]);
  t.same(await progress.unavailable(['streams']), []);
  await first.stop();

  const again = await start(t, { store, readModels, projections: [broken, perStream], clock });
  t.match(again.unavailable(ALL), [failed], 'since it began, also after a restart');
  await again.stop();
  const next = progressOf([{ ...shop, version: 2 }, perStream]);
  t.match(await next.unavailable(ALL), [{ projection: 'shop', state: 'building' }], 'what older rules made is not shown');

  const mended = await start(t, { store, readModels });
  await level(mended, position);
  t.same(mended.unavailable(ALL), []);
  clock.advance(1_000);
  t.same(await progress.unavailable(ALL), []);
  t.ok(await progress.waitFor(position, 0, ALL));
});
