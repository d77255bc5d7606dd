import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { runOn } from '../../src/cli/command.js';
import { projectionsCommand } from '../../src/cli/projections.js';
import { percentOf } from '../../src/workers/projector/projection-rebuild.js';
import { Projector } from '../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { contents, perStream, shop, workload } from '../workers/projector/shop.js';

t.test('registrar projections', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir() });
  t.teardown(() => readModels.close());
  const store = new MemoryEventStore<DomainEvent>();
  await workload(store, 3_000);
  const projections = [shop, perStream];
  const run = async (args: readonly string[], parts: { store?: null; signal?: AbortSignal } = {}) => {
    const lines: string[] = [];
    const signal = parts.signal ?? new AbortController().signal;
    const print = (line: string): void => void lines.push(line);
    const needed = { readModels, store: parts.store === null ? null : store, log: store, projections, clock: systemClock };
    const code = await runOn(projectionsCommand, args, needed, { print, signal, operator: 'olga' });
    return { code, output: lines.join('\n') };
  };

  await t.test('tells how to use it', async (t) => {
    for (const args of [[], ['rebuild'], ['status', 'x'], ['rebuild', 'shop', '--all'], ['status', '--all'], ['drop', 'shop']]) {
      t.match(await run(args), { code: 2, output: /usage: .*status \| rebuild NAME\.\.\. \| rebuild --all \| stop NAME/ });
    }
    t.match(await run(['rebuild', 'shop', 'now']), { code: 2, output: /no projection now; there are/ });
    t.match(await run(['rebuild', 'nonsense']), { code: 2, output: /no projection nonsense; there are: shop, streams/ });
  });

  await t.test('rebuilds by itself when no server runs, with progress', async (t) => {
    t.match(await run(['status']), { code: 0, output: /head of the log: 3000 events\nshop v1: not built yet/ });
    t.match(await run(['rebuild', 'shop']), { code: 0, output: /shop: done, 3000 of 3000 events \(100\.0 %\)/ });
    const all = await run(['rebuild', '--all']);
    t.match(all, { code: 0, output: /shop: done, 3000 of 3000/ });
    t.match(all, { output: /streams: done, 3000 of 3000/ });
    t.match(await run(['rebuild', 'streams', 'shop']), { code: 0, output: /streams: done, 3000 of 3000/ });
    t.match(await run(['status']), { code: 0, output: /shop v1: serving, at 3000, 0 events behind\n {2}last rebuild: done/ });
  });

  await t.test('asks a running server, and watches', async (t) => {
    const server = new Projector({ store, readModels, projections, clock: systemClock, batchSize: 50 });
    await server.start();
    t.teardown(() => server.stop());
    const before = await contents(readModels);
    t.match(await run(['rebuild', 'streams'], { store: null }), { code: 0, output: /streams: asked for\n(.|\n)*streams: done, 3000 of 3000 events/ });
    t.equal(await contents(readModels), before);
    t.match(await run(['status'], { store: null }), { code: 0, output: /a server is running/ });
    t.match(await run(['rebuild', 'shop'], { store: null, signal: AbortSignal.abort() }), { code: 130, output: /the server goes on/ });
  });

  await t.test('a share of nothing is all of it', async (t) => {
    t.equal(percentOf({ position: 0n, head: 0n }), 100);
    t.equal(percentOf({ position: 1n, head: 3n }), 33.3);
  });
});
