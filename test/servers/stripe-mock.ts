import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

const SCRIPT = join(projectRoot, 'scripts/servers/stripe-mock.sh');

/** Answers in the shapes of Stripe's own description of its API, refuses what does not fit it, and keeps nothing. On loopback. */
export class StripeMock {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#process = child;
  }

  static async start(): Promise<StripeMock> {
    const binary = execFileSync(SCRIPT, { encoding: 'utf8' }).trim();
    const port = await freePort();
    const child = spawn(binary, ['-http-addr', `127.0.0.1:${port}`, '-https-addr', '127.0.0.1:'], { stdio: 'ignore' });
    const mock = new StripeMock(`http://127.0.0.1:${port}`, child);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`stripe-mock ended with ${child.exitCode}`);
      return fetch(`${mock.url}/v1/refunds`).then(() => true, () => false);
    });
    return mock;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
