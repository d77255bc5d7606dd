import { join, resolve } from 'node:path';
import { DataFolderInUse } from './adapters/embedded/data-folder.js';
import { LogForReading } from './adapters/embedded/event-store/log-for-reading.js';
import { LmdbReadModels } from './adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from './adapters/embedded/system-clock.js';
import { EventStoreDbStore } from './adapters/eventstoredb/event-store-db-store.js';
import { openAdapters } from './composition/open-adapters.js';
import { createLogger } from './composition/logger.js';
import type { Adapters } from './composition/adapters.js';
import { allProjections } from './projections/index.js';
import { loadConfig, processVariables, type Config } from './config.js';
import { runProjectionsCommand, type ProjectionsCommandParts } from './projections-cli.js';

type Opened = Pick<ProjectionsCommandParts, 'readModels' | 'store' | 'log'> & Pick<Adapters, 'close'>;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** All parts; the read models alone where a running server owns the log. */
const open = async (config: Config): Promise<Opened> => {
  try {
    const { store, readModels, close } = await openAdapters(config, createLogger(config.logLevel), interrupted.signal, () => undefined);
    return { store, log: store, readModels, close };
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    const folder = resolve(config.dataDirectory);
    const readModels = await LmdbReadModels.open({ folder: join(folder, 'read-models') });
    const log = config.eventStoreUrl === null ? LogForReading.open(join(folder, 'log')) : new EventStoreDbStore({ connectionString: config.eventStoreUrl });
    const close = async (): Promise<void> => {
      await readModels.close();
      await log.close();
    };
    return { store: null, log, readModels, close };
  }
};

const { store, log, readModels, close } = await open(loadConfig(processVariables()));
try {
  process.exitCode = await runProjectionsCommand(process.argv.slice(2), {
    store,
    log,
    readModels,
    projections: allProjections,
    clock: systemClock,
    print: (line) => process.stdout.write(`${line}\n`),
    signal: interrupted.signal,
  });
} finally {
  await close();
}
