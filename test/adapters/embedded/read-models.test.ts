import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { readModelsContract } from '../../contracts/read-models.js';

readModelsContract('LmdbReadModels', async (t) => {
  const store = await LmdbReadModels.open({ folder: t.testdir() });
  t.teardown(() => store.close());
  return store;
});

readModelsContract('LmdbReadModels of one process', async (t) => {
  const store = await LmdbReadModels.open({ folder: t.testdir(), exclusive: true });
  t.teardown(() => store.close());
  return store;
});
