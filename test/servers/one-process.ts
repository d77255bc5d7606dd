import { join } from 'node:path';
import type { Test } from 'tap';
import { compiled } from '../project-root.js';
import { freePort } from './free-port.js';
import { Child } from './journey/child.js';

/** The program as one process on embedded storage, in a folder that goes with the test; gives its URL. */
export const startProgram = async (t: Test, environment: Readonly<Record<string, string>> = {}): Promise<string> => {
  const folder = t.testdir();
  const port = String(await freePort());
  const program = new Child('program', {
    script: compiled('src/main'),
    environment: { NODE_ENV: 'test', HOST: '127.0.0.1', PORT: port, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', BCRYPT_COST: '4', RATE_LIMIT: 'off', ...environment },
    log: join(folder, 'program.log'),
    ready: /^Registrar /,
  });
  t.teardown(() => program.end('SIGKILL'));
  await program.start();
  return `http://127.0.0.1:${port}`;
};
