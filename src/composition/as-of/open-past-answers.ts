import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildApp } from '../../app.js';
import type { Config } from '../../config.js';
import type { HttpServices } from '../../http/http-services.js';
import type { ProjectionDefinition } from '../../projections/kernel/projection.js';
import { keptOnServers } from '../local-environment.js';
import { createLogger, type Logger } from '../logger.js';
import { ReplayedAnswers } from './past-answers.js';

const LEFT = /^registrar-as-of-(\d{1,10})-/;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** A folder of this process in that of the system; what killed processes have left there is removed. */
export const temporaryFolder = async (parent: string): Promise<string> => {
  for (const name of await readdir(parent)) {
    const pid = LEFT.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(join(parent, `registrar-as-of-${process.pid}-`));
};

/** Where several processes share DATA_DIR, one of them must not empty the folder of another. */
const folderOf = async (config: Config): Promise<string> =>
  keptOnServers(config) ? temporaryFolder(tmpdir()) : join(resolve(config.dataDirectory), 'as-of');

/** Answers as of a moment, of an app over these services. Nothing is made before the first question. */
export const openPastAnswers = async (config: Config, present: Omit<HttpServices, 'past'>, projections: readonly ProjectionDefinition[], logger: Logger): Promise<ReplayedAnswers> =>
  new ReplayedAnswers(present, {
    projections,
    folder: await folderOf(config),
    build: async (services) => {
      const app = await buildApp(services, { logger: createLogger('error') });
      await app.ready();
      return app;
    },
    onFailure: (error) => logger.error({ err: error }, 'the read models of a moment could not be made'),
  });
