import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbEventStore } from '../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../src/adapters/embedded/event-store/log-environment.js';
import { LmdbReadModels } from '../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../src/adapters/embedded/system-clock.js';
import { allProjections } from '../src/projections/index.js';
import type { BenchRow } from './bench-row.js';
import { benchReplay } from './replay.js';
import { seed } from './seed.js';

/** 500,000 events: 20,000 accounts that logged in, 5,000 courses, and carts. */
export const benchReplayOfAll = async (): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const log = join(folder, 'log');
  await seed(log, { accounts: 20_000, courses: 5_000, cartItems: 450_000 });
  const environment = await openLogEnvironment(log);
  const store = new LmdbEventStore(environment);
  try {
    return await benchReplay({
      store,
      events: () => environment.events.getRange({}),
      projections: allProjections,
      openReadModels: () => LmdbReadModels.open({ folder: join(folder, 'read-models') }),
      clock: systemClock,
    });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
