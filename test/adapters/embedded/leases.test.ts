import t from 'tap';
import { LmdbCheckpoints } from '../../../src/adapters/embedded/checkpoints.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import { InProcessLeases } from '../../../src/adapters/embedded/leases.js';
import { leasesContract } from '../../contracts/leases.js';
import { FakeClock } from '../../doubles/fake-clock.js';

leasesContract(t, 'one process', async () => {
  const environment = await openLogEnvironment(t.testdir());
  const clock = new FakeClock();
  return {
    leases: new InProcessLeases(clock),
    checkpoints: new LmdbCheckpoints(environment),
    pass: async (milliseconds) => clock.advance(milliseconds),
    close: () => environment.root.close(),
  };
});
