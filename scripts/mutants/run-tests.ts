import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export interface Replaced {
  /** The compiled file that the mutant stands for. */
  readonly original: string;
  readonly mutant: string;
}

const LOADER = pathToFileURL(`${import.meta.dirname}/load-mutant.js`).href;

/** Whether this compiled test passes, ended by force after the time limit. Prints nothing. */
export const passes = (test: string, timeoutMs: number, replaced?: Replaced): Promise<boolean> =>
  new Promise((done, fail) => {
    const mutant = replaced === undefined ? {} : { MUTANT_URL: pathToFileURL(replaced.original).href, MUTANT_FILE: replaced.mutant };
    const child = spawn(process.execPath, ['--import', LOADER, test], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', TAP_BAIL: '1', ...mutant },
      stdio: 'ignore',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', fail);
    child.on('exit', (code) => done(code === 0));
  });
