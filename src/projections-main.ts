import { join, resolve } from 'node:path';
import { DataFolderInUse } from './adapters/embedded/data-folder.js';
import { LmdbReadModels } from './adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from './adapters/embedded/system-clock.js';
import { openParts } from './composition/open-parts.js';
import { createLogger } from './composition/logger.js';
import type { Parts } from './composition/parts.js';
import { allProjections } from './composition/projections.js';
import { loadConfig, processVariables, type Config } from './config.js';
import { runProjectionsCommand } from './projections-cli.js';

type Opened = Pick<Parts, 'readModels' | 'close'> & { readonly store: Parts['store'] | null };

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** All parts; the read models alone where a running server owns the log. */
const open = async (config: Config): Promise<Opened> => {
  try {
    return await openParts(config, createLogger(config.logLevel), interrupted.signal, () => undefined);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    const readModels = await LmdbReadModels.open({ folder: join(resolve(config.dataDirectory), 'read-models') });
    return { store: null, readModels, close: () => readModels.close() };
  }
};

const { store, readModels, close } = await open(loadConfig(processVariables()));
try {
  process.exitCode = await runProjectionsCommand(process.argv.slice(2), {
    store,
    readModels,
    projections: allProjections,
    clock: systemClock,
    print: (line) => process.stdout.write(`${line}\n`),
    signal: interrupted.signal,
  });
} finally {
  await close();
}
