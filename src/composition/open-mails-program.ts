import type { CommandLine } from './command-line.js';
import { createCommandServices } from './command-services.js';
import { createLogger } from './logger.js';
import { openAdapters } from './open-adapters.js';
import type { OpenedProgram } from './operator-command.js';
import { operatorPrograms } from './operator-programs.js';
import type { Adapters } from './adapters.js';
import { allProjections } from '../projections/index.js';
import { Projector } from '../workers/projector/projector.js';

const LEVEL_MS = 600_000;

/** No server runs that would keep the read models level with the log. */
const caughtUp = async ({ store, readModels, clock }: Adapters, signal: AbortSignal): Promise<void> => {
  const projector = new Projector({ store, readModels, projections: allProjections, clock });
  await projector.start(signal);
  try {
    if (!(await projector.waitFor(await store.head(), LEVEL_MS))) throw new Error('the read models could not be brought level with the log');
  } finally {
    await projector.stop();
  }
};

/** For an operator who decides about mails where no server can be asked. */
export const openMailsProgram = async ({ config, signal }: Pick<CommandLine, 'config' | 'signal'>): Promise<OpenedProgram> => {
  const parts = await openAdapters(config, createLogger(config.logLevel), signal, () => undefined);
  try {
    if (config.mongodbUrl === null) await caughtUp(parts, signal);
    const programs = operatorPrograms(parts, createCommandServices(config, parts));
    return { run: programs.mails, close: parts.close };
  } catch (error) {
    await parts.close();
    throw error;
  }
};
