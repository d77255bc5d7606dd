import t from 'tap';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { Document } from '../../src/ports/read-models.js';
import { academyEnrollmentsProjection } from '../../src/projections/academy-enrollments/projection.js';
import { academyEnrollmentsByIds, forgetAcademyEnrollments } from '../../src/projections/academy-enrollments/queries.js';
import { academySeatsProjection } from '../../src/projections/academy-seats/projection.js';
import { countedPayments, forgetSeats, seatsTaken } from '../../src/projections/academy-seats/queries.js';
import { approved, bundled, deleted, grouped, seatReleased, submitted } from './package-payment-events.js';
import { Projected, recorded, type Published } from './projected.js';

const none = { ENTRY: 0, INTERMEDIATE: 0, BUNDLE: 0 };
const courses = ['html', 'react', 'vue'];
const after = async (...events: readonly Published[]) => {
  const readModels = new Projected(academySeatsProjection, recorded(events));
  const [html, react, vue] = await seatsTaken(readModels, courses);
  return { html, react, vue, counts: await countedPayments(readModels) };
};

const entry = submitted('p1', 'ada');
const bundle = bundled('p2', 'bob');
const group = grouped('p3', 'cid', [['cid', 'react'], ['dan', 'react'], ['eve', 'vue']]);

t.test('a course that nobody asked for has no seats taken', async (t) => {
  t.same(await after(), {
    html: { id: 'html', ...none, waiting: none, paid: none },
    react: { id: 'react', ...none, waiting: none, paid: none },
    vue: { id: 'vue', ...none, waiting: none, paid: none },
    counts: { approved: 0, pending: 0 },
  });
});

t.test('payments that wait count in the pool of each of their courses, a group by participants; none takes a seat', async (t) => {
  t.match(await after(entry, bundle, group), {
    html: { ...none, waiting: { ENTRY: 1, INTERMEDIATE: 0, BUNDLE: 1 }, paid: { ENTRY: 1, INTERMEDIATE: 0, BUNDLE: 1 } },
    react: { ...none, waiting: { ENTRY: 0, INTERMEDIATE: 2, BUNDLE: 1 } },
    vue: { ...none, waiting: { ENTRY: 0, INTERMEDIATE: 1, BUNDLE: 0 } },
    counts: { approved: 0, pending: 1 + 2 + 3 },
  });
});

t.test('an approval takes the seats, and the payment waits no more', async (t) => {
  const taken = [
    ...approved('p2', 'bob', 'BUNDLE', [['bob', 'html'], ['bob', 'react']]),
    ...approved('p3', 'cid', 'INTERMEDIATE', [['cid', 'react'], ['dan', 'react'], ['eve', 'vue']]),
  ];
  t.match(await after(entry, bundle, group, ...taken), {
    html: { ENTRY: 0, BUNDLE: 1, waiting: { ENTRY: 1, BUNDLE: 0 }, paid: { ENTRY: 1, BUNDLE: 1 } },
    react: { INTERMEDIATE: 2, BUNDLE: 1, waiting: none, paid: { INTERMEDIATE: 2, BUNDLE: 1 } },
    vue: { INTERMEDIATE: 1, waiting: none, paid: { INTERMEDIATE: 1 } },
    counts: { approved: 5, pending: 1 },
  });
});

t.test('a seat that is free again is not taken; its payment stays paid', async (t) => {
  t.match(await after(entry, ...approved('p1', 'ada', 'ENTRY', [['ada', 'html']]), seatReleased('p1', 'ENTRY', 'ada', 'html')), {
    html: { ENTRY: 0, waiting: none, paid: { ENTRY: 1 } },
    counts: { approved: 1, pending: 0 },
  });
});

t.test('a deleted payment is taken off again', async (t) => {
  const { html, react, vue, counts } = await after(entry, bundle, group, deleted('p1', 'ada'), deleted('p2', 'bob'), deleted('p3', 'cid'));
  for (const seats of [html, react, vue]) t.match(seats, { ...none, waiting: none, paid: none });
  t.same(counts, { approved: 0, pending: 0 });
});

t.test('what is kept of one course is forgotten, or all', async (t) => {
  const readModels = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  t.teardown(() => readModels.close());
  const pairs = [['bob', 'html'], ['bob', 'react']] as const;
  const log = recorded([bundle, ...approved('p2', 'bob', 'BUNDLE', pairs)]);
  for (const projection of [academySeatsProjection, academyEnrollmentsProjection]) {
    const { name, version, collections } = projection;
    const generation = await readModels.createGeneration(name, version, collections, new Date(0));
    const writes = Object.entries(new Projected(projection, log).contents()).map(([key, document]: [string, Document]) => ({
      collection: key.split('/')[0] ?? '', id: document.id, document, position: 1n,
    }));
    await readModels.commit([{ generation, writes, checkpoint: 1n }]);
    await readModels.activate({ ...generation, checkpoint: 1n });
  }
  const { kept } = readModels;
  const reads = async () => {
    kept.resetReads();
    await seatsTaken(readModels, ['html', 'react']);
    await academyEnrollmentsByIds(readModels, ['p2.bob.html', 'p2.bob.react']);
    return [kept.reads(['academy-seats']), kept.reads(['academy-enrollments'])].map(({ hits, misses }) => [hits, misses]);
  };
  await reads();
  t.same(await reads(), [[2, 0], [2, 0]]);
  forgetSeats(kept, 'html');
  forgetAcademyEnrollments(kept, 'html');
  t.same(await reads(), [[1, 1], [1, 1]]);
  forgetSeats(kept);
  forgetAcademyEnrollments(kept);
  t.same(await reads(), [[0, 2], [0, 2]]);
});
