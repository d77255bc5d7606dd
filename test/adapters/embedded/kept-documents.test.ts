import t, { type Test } from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { collection } from '../../../src/projections/kernel/projection.js';

interface Seat {
  readonly id: string;
  readonly courseId: string;
}

const seats = collection<Seat>({ projection: 'p', name: 'seats', indexes: [{ courseId: 1 }] });
const others = collection<Seat>({ projection: 'p', name: 'others', indexes: [] });
const written = (id: string, courseId: string, name = 'seats') => ({ collection: name, id, document: { id, courseId }, position: 1n });

const opened = async (t: Test, exclusive: boolean): Promise<LmdbReadModels> => {
  const folder = t.testdir();
  const filling = await LmdbReadModels.open({ folder });
  const generation = await filling.createGeneration('p', 1, [seats, others], new Date(0));
  const writes = [written('one', 'html'), written('two', 'html'), written('three', 'react'), written('one', 'html', 'others')];
  await filling.commit([{ generation, writes, checkpoint: 1n }]);
  await filling.activate({ ...generation, checkpoint: 1n });
  await filling.close();
  const readModels = await LmdbReadModels.open({ folder, exclusive });
  t.teardown(() => readModels.close());
  return readModels;
};

t.test('a document that was read is kept: the next read is a hit, that of a list, too', async (t) => {
  const readModels = await opened(t, true);
  const { kept } = readModels;
  t.same(kept.reads(['seats', 'others']), { hits: 0, misses: 0, errors: 0, calls: 0 });
  await readModels.get(seats, 'one');
  await readModels.getMany(seats, ['one', 'two', 'nothing']);
  t.same(kept.reads(['seats']), { hits: 1, misses: 3, errors: 0, calls: 3 }, 'what there is not was looked for');
  await readModels.find(seats, { filter: { courseId: 'html' } });
  t.same(kept.reads(['seats']), { hits: 3, misses: 3, errors: 0, calls: 3 });
  await readModels.get(others, 'one');
  t.match(kept.reads(['seats', 'others']), { hits: 3, misses: 4 });
  kept.resetReads();
  t.same(kept.reads(['seats', 'others']), { hits: 0, misses: 0, errors: 0, calls: 0 });
});

t.test('what is forgotten is read from the store again, and nothing else', async (t) => {
  const readModels = await opened(t, true);
  const { kept } = readModels;
  const readAll = () => Promise.all([readModels.getMany(seats, ['one', 'two', 'three']), readModels.get(others, 'one')]);
  const before = await readAll();
  kept.forget(seats, ({ courseId }) => courseId === 'html');
  kept.resetReads();
  t.same(await readAll(), before);
  t.match([kept.reads(['seats']), kept.reads(['others'])], [{ hits: 1, misses: 2 }, { hits: 1, misses: 0 }]);
  kept.forget(seats);
  kept.resetReads();
  t.same(await readAll(), before);
  t.match(kept.reads(['seats']), { hits: 0, misses: 3 });
});

t.test('where others write, too, nothing is kept', async (t) => {
  const readModels = await opened(t, false);
  await readModels.get(seats, 'one');
  readModels.kept.forget(seats);
  await readModels.get(seats, 'one');
  t.same(readModels.kept.reads(['seats']), { hits: 0, misses: 2, errors: 0, calls: 2 });
});
