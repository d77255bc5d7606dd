import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDataFolder } from '../adapters/embedded/data-folder.js';
import { openLogEnvironment, type LogEnvironment } from '../adapters/embedded/event-store/log-environment.js';
import type { Config } from '../config.js';
import type { Opened } from './adapters.js';

export interface LocalEnvironment {
  readonly root: string;
  readonly outbox: string;
  readonly files: string;
  readonly readModels: string;
  readonly answers: string;
  /** Log, checkpoints and dead letters; null where servers keep all of them and several processes share the folder. */
  readonly log: LogEnvironment | null;
}

/** Several processes may share DATA_DIR when servers keep all the data. */
export const keptOnServers = ({ eventStoreUrl, mongodbUrl, natsUrl }: Pick<Config, 'eventStoreUrl' | 'mongodbUrl' | 'natsUrl'>): boolean =>
  eventStoreUrl !== null && mongodbUrl !== null && natsUrl !== null;

/** Locks the folder for this process, unless servers keep everything that only one process may write. */
export const openLocalEnvironment = async (config: Config, opened: Opened): Promise<LocalEnvironment> => {
  if (keptOnServers(config)) {
    const root = resolve(config.dataDirectory);
    mkdirSync(root, { recursive: true, mode: 0o700 });
    const within = (name: string): string => join(root, name);
    return { root, outbox: within('outbox'), files: within('files'), readModels: within('read-models'), answers: within('answers'), log: null };
  }
  const folder = opened.add(openDataFolder(config.dataDirectory), (taken) => taken.close());
  const log = await openLogEnvironment(folder.log);
  // The embedded store closes the folder itself.
  if (config.eventStoreUrl !== null) opened.add(log.root, (environment) => environment.close());
  const { root, outbox, files, readModels, answers } = folder;
  return { root, outbox, files, readModels, answers, log };
};
