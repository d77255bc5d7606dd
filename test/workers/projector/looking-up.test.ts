import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../../src/adapters/embedded/system-clock.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Document } from '../../../src/ports/read-models.js';
import type { ProjectionDefinition } from '../../../src/projections/kernel/projection.js';
import { instructorAnalysisProjection as analysis } from '../../../src/projections/instructor-analysis/projection.js';
import { Projector } from '../../../src/workers/projector/projector.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { Projected, recorded, type Published } from '../../projections/projected.js';
import { captured, course, ended, enrolled, opened, refunded } from '../../projections/teaching-events.js';

const LONG = 60_000;
const NUMBERS = Array.from({ length: 40 }, (_, n) => n);

/** Everything that documents name in others: courses name instructors, payments courses, and each comes just before it is needed. */
const history: readonly Published[] = NUMBERS.flatMap((n): readonly Published[] => [
  ...course(`c${n}`, `teacher${n % 3}`),
  enrolled(`s${n % 5}`, `c${n}`),
  opened(`p${n}`, [[`c${n}`, '10.00'], [`c${Math.floor(n / 2)}`, '3.33']]),
  captured(`p${n}`, '13.33'),
  ...(n % 4 === 0 ? [refunded(`p${n}`, '3.34'), ended(`s${n % 5}`, `c${n}`)] : []),
]);

const logOf = async (): Promise<MemoryEventStore<DomainEvent>> => {
  const store = new MemoryEventStore<DomainEvent>();
  for (const event of recorded(history)) await store.append(event.stream, 'any', [event]);
  return store;
};

const contentsOf = async (readModels: LmdbReadModels): Promise<Readonly<Record<string, Document>>> => {
  const entries: [string, Document][] = [];
  for (const collection of analysis.collections) {
    for (const document of await readModels.find(collection, {})) entries.push([`${collection.name}/${document.id}`, document]);
  }
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
};

const open = async (t: Test): Promise<LmdbReadModels> => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  t.teardown(() => readModels.close());
  return readModels;
};

const expected = new Projected(analysis, recorded(history)).contents();

for (const batchSize of [1, 2, 7, 1_000]) {
  t.test(`documents that others name are the same, in batches of ${batchSize}`, async (t) => {
    const readModels = await open(t);
    const store = await logOf();
    const projector = new Projector({ store, readModels, projections: [analysis], clock: systemClock, batchSize });
    t.teardown(() => projector.stop());
    await projector.start();
    t.ok(await projector.waitFor(await store.head(), LONG, [analysis.name]));
    t.same(await contentsOf(readModels), expected);
  });
}

t.test('a rule that fails on what it looked up stops its projection before that event, and goes on once it is mended', async (t) => {
  const readModels = await open(t);
  const store = await logOf();
  const broken: ProjectionDefinition = {
    ...analysis,
    rules: analysis.rules.map((rule): typeof rule => ({
      ...rule,
      apply: (document, event, id, number, found) => {
        if (rule.lookup !== undefined && event.type === 'PaymentRefunded' && id === 'teacher2') throw new Error('no such teacher');
        return rule.apply(document, event, id, number, found);
      },
    })),
  };
  const projector = new Projector({ store, readModels, projections: [broken], clock: systemClock });
  await projector.start();
  t.equal(await projector.waitFor(await store.head(), LONG, [analysis.name]), false);
  t.match(projector.unavailable([analysis.name]), [{ state: 'failed', reason: /PaymentRefunded .*no such teacher/ }]);
  await projector.stop();
  const mended = new Projector({ store, readModels, projections: [analysis], clock: systemClock });
  t.teardown(() => mended.stop());
  await mended.start();
  t.ok(await mended.waitFor(await store.head(), LONG, [analysis.name]));
  t.same(await contentsOf(readModels), expected);
});
