import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { compiled, projectRoot } from '../../project-root.js';
import { freePort } from '../free-port.js';
import { Child } from '../journey/child.js';

/** The program with its console, on embedded storage in a folder that goes with the test. It can be ended and started again. */
export interface ConsoleProgram {
  readonly url: string;
  /** Where mails are written to. */
  readonly outbox: string;
  start(): Promise<void>;
  kill(): Promise<boolean>;
}

/** Where the program that is run looks for the console's files. */
export const BESIDE_PROGRAM = 'build/src/console';

export const buildConsole = async (): Promise<void> => {
  await promisify(execFile)(process.execPath, [join(projectRoot, 'scripts/build-console.mjs'), BESIDE_PROGRAM], { cwd: projectRoot });
};

export const startConsoleProgram = async (t: Test): Promise<ConsoleProgram> => {
  await buildConsole();
  const folder = t.testdir();
  const [port, dataFolder] = [String(await freePort()), join(folder, 'data')];
  const program = new Child('program', {
    script: compiled('src/main'),
    environment: { NODE_ENV: 'test', HOST: '127.0.0.1', PORT: port, DATA_DIR: dataFolder, LOG_LEVEL: 'warn', BCRYPT_COST: '4', RATE_LIMIT: 'off' },
    log: join(folder, 'program.log'),
    ready: /^Registrar /,
  });
  t.teardown(() => program.end('SIGKILL'));
  await program.start();
  return { url: `http://127.0.0.1:${port}`, outbox: join(dataFolder, 'outbox'), start: () => program.start(), kill: () => program.kill() };
};
