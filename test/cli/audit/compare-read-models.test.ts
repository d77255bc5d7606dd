import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { compareReadModels } from '../../../src/cli/audit/compare-read-models.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { added, append, perStream, shop, workload } from '../../workers/projector/shop.js';

const LONG = 20_000;
const projections: readonly ProjectionDefinition[] = [shop, { ...perStream, batched: true }];

/** Read models of which the batched one stays behind, for its pause never ends. */
const served = async (t: Test) => {
  const store = new MemoryEventStore<DomainEvent>();
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), scanLimit: Number.MAX_SAFE_INTEGER });
  const projector = new Projector({ store, readModels, projections, clock: new FakeClock() });
  await projector.start();
  t.teardown(async () => {
    await projector.stop();
    await readModels.close();
  });
  t.ok(await projector.waitFor(await workload(store, 200), LONG, ['shop', 'streams']));
  for (let n = 0; n < 20; n += 1) t.ok(await projector.waitFor(await append(store, 'ada', [added('ada', `c${n}`)]), LONG, ['shop']));
  const standings = new Map((await readModels.generations()).map(({ projection, checkpoint }) => [projection, checkpoint]));
  t.ok((standings.get('streams') ?? 0n) < (standings.get('shop') ?? 0n), 'one of them is behind');
  return { store, readModels };
};

const compare = ({ store, readModels }: Awaited<ReturnType<typeof served>>) =>
  compareReadModels({ openLog: async () => store, openReadModels: async () => readModels, projections }, () => undefined, new AbortController().signal);

t.test('read models that stand at different positions are each compared where they stand', async (t) => {
  t.same(await compare(await served(t)), { differences: [], problem: null });
});

t.test('what the log does not say is found in those that are behind, too', async (t) => {
  const made = await served(t);
  const { readModels } = made;
  for (const generation of await readModels.generations()) {
    const collection = generation.projection === 'shop' ? 'carts' : 'streams';
    const [document] = await readModels.findIn(generation, collection, { sort: { id: 1 }, limit: 1 });
    if (document === undefined) throw new Error('there is no document');
    const [id, position] = [document.id, generation.checkpoint];
    const forged = { ...document, changes: -1, events: -1 };
    const write = { collection, id, document: forged, position };
    if (generation.projection === 'shop') await readModels.advance({ from: position, to: position, commits: [{ generation, writes: [write] }] });
    else await readModels.commit([{ generation, writes: [write], checkpoint: position }]);
  }
  const { differences } = await compare(made);
  t.match(differences, ['shop/carts/', 'streams/streams/'].map((start) => new RegExp(`^${start}`)));
});
