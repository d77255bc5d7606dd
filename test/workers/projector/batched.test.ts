import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { ReadModelStore } from '../../../src/ports/read-model-store.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { requestRebuild } from '../../../src/workers/projector/projection-rebuild.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { added, append, contents, perStream, shop, workload } from './shop.js';

const LONG = 20_000;
const PAUSE_MS = 200;
const batched: ProjectionDefinition = { ...perStream, batched: true };

interface Started {
  readonly store: MemoryEventStore<DomainEvent>;
  readonly clock: FakeClock;
  readonly readModels: ReadModelStore;
  readonly projector: Projector;
}

const start = async (t: Test, parts: Partial<Started> = {}, projections: readonly ProjectionDefinition[] = [shop, batched]): Promise<Started> => {
  const { store = new MemoryEventStore<DomainEvent>(), clock = new FakeClock() } = parts;
  const readModels = parts.readModels ?? (await LmdbReadModels.open({ folder: t.testdir() }));
  if (parts.readModels === undefined) t.teardown(() => readModels.close());
  const projector = new Projector({ store, readModels, projections, clock });
  await projector.start();
  t.teardown(() => projector.stop());
  return { store, clock, readModels, projector };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('a batched projection pauses, and is level at once when somebody waits for it', async (t) => {
  const { store, projector } = await start(t);
  t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', 'c0')]), LONG, ['shop', 'streams']));
  for (let n = 1; n <= 20; n += 1) t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', `c${n}`)]), LONG, ['shop']));
  const head = await store.head();
  t.ok((await projector.reached(['streams'])) < head, 'it is behind');
  t.ok(await projector.waitFor(head, LONG, ['streams']), 'no time has passed');
});

t.test('it comes by itself when the pause is over', async (t) => {
  const { store, clock, projector } = await start(t);
  t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', 'c0')]), LONG, ['shop', 'streams']));
  const head = await append(store, 'ada', [added('ada', 'c1'), added('ada', 'c2')]);
  t.ok(await projector.waitFor(head, LONG, ['shop']));
  while ((await projector.reached(['streams'])) < head) {
    clock.advance(PAUSE_MS);
    await turn();
  }
  t.equal(await projector.reached(['streams']), head);
});

t.test('a restart with the projection a little behind goes on there, and the copy is the same', async (t) => {
  const { store, clock, readModels, projector } = await start(t);
  t.ok(await projector.waitFor(await workload(store, 300), LONG, ['shop']));
  await projector.stop();
  await workload(store, 50, 2);
  const again = await start(t, { store, clock, readModels });
  const head = await store.head();
  t.ok(await again.projector.waitFor(head, LONG, ['shop', 'streams']));
  const clean = await start(t, { store });
  t.ok(await clean.projector.waitFor(head, LONG, ['shop', 'streams']));
  t.equal(await contents(readModels), await contents(clean.readModels));
});

t.test('a projection that becomes batched, or is so no more, keeps its documents', async (t) => {
  const { store, clock, readModels, projector } = await start(t, {}, [shop, perStream]);
  t.ok(await projector.waitFor(await workload(store, 100), LONG, ['shop', 'streams']));
  await projector.stop();
  for (const projections of [[shop, batched], [{ ...shop, batched: true as const }, batched], [shop, perStream]]) {
    const next = await start(t, { store, clock, readModels }, projections);
    t.same(next.projector.unavailable(['shop', 'streams']), [], 'it is not built anew');
    t.ok(await next.projector.waitFor(await workload(store, 20, 3), LONG, ['shop', 'streams']));
    await next.projector.stop();
  }
  const clean = await start(t, { store });
  t.ok(await clean.projector.waitFor(await store.head(), LONG, ['shop', 'streams']));
  t.equal(await contents(readModels), await contents(clean.readModels));
});

t.test('a rebuild of a batched projection serves when it is level, while events come', async (t) => {
  const { store, clock, readModels, projector } = await start(t);
  t.ok(await projector.waitFor(await workload(store, 200), LONG, ['shop', 'streams']));
  await requestRebuild(readModels, clock, 'streams');
  while ((await readModels.rebuilds())[0]?.state !== 'done') {
    await append(store, 'ada', [added('ada', 'more')]);
    clock.advance(PAUSE_MS);
    await turn();
  }
  t.ok(await projector.waitFor(await store.head(), LONG, ['shop', 'streams']));
});

t.test('a position that never comes keeps it from pausing for a moment only', async (t) => {
  const { store, clock, projector } = await start(t);
  t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', 'c0')]), LONG, ['shop', 'streams']));
  const madeUp = projector.waitFor(10n ** 30n, 2_000, ['streams']);
  t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', 'c1')]), LONG, ['shop', 'streams']), 'it does not pause');
  clock.advance(2_000);
  t.equal(await madeUp, false);
  t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', 'c2')]), LONG, ['shop', 'streams']));
  for (let n = 3; n <= 20; n += 1) t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', `c${n}`)]), LONG, ['shop']));
  t.ok((await projector.reached(['streams'])) < (await store.head()), 'it pauses again');
});
