import t from 'tap';
import { LmdbCheckpoints } from '../../../src/adapters/embedded/checkpoints.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import { checkpointsContract } from '../../contracts/checkpoints.js';

const folder = t.testdir();

checkpointsContract(t, 'LMDB', async () => {
  let environment = await openLogEnvironment(folder);
  return {
    checkpoints: new LmdbCheckpoints(environment),
    reopen: async () => {
      await environment.root.close();
      environment = await openLogEnvironment(folder);
      return new LmdbCheckpoints(environment);
    },
    close: () => environment.root.close(),
  };
});
