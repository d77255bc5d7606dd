import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';

const courses = { projection: 'catalogue', name: 'courses', indexes: [{ level: 1 }] } as const;

/** Fills read models, says so, and waits to be killed. */
const [, , folder = ''] = process.argv;
if (folder !== '') {
  const store = await LmdbReadModels.open({ folder });
  const generation = await store.createGeneration(courses.projection, 1, [courses], new Date());
  const writes = Array.from({ length: 1_000 }, (_, n) => ({
    collection: courses.name,
    id: `c${n}`,
    document: { id: `c${n}`, level: n % 2 === 0 ? 'even' : 'odd' },
    position: 1n,
  }));
  await store.commit([{ generation, writes, checkpoint: 1n }]);
  await store.activate(generation);
  process.stdout.write('filled\n');
  setInterval(() => undefined, 60_000);
}
