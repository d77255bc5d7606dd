import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.js';
import { projectRoot } from '../project-root.js';

const SCRIPT = join(projectRoot, 'scripts/servers/nats-server.sh');

/** A JetStream server of a test: on loopback, its data in a temporary folder that outlives a restart. */
export class NatsServer {
  readonly url: string;
  readonly #port: number;
  readonly #arguments: readonly string[];
  readonly folder = mkdtempSync(join(tmpdir(), 'registrar-nats-'));
  #process: ChildProcess | undefined;

  constructor(port: number, extra: readonly string[]) {
    this.#port = port;
    this.#arguments = extra;
    this.url = `nats://127.0.0.1:${port}`;
  }

  static async start(...extra: readonly string[]): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), extra);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const args = ['-a', '127.0.0.1', '-p', String(this.#port), '-js', '-sd', this.folder, ...this.#arguments];
    const child = spawn(execFileSync(SCRIPT, { encoding: 'utf8' }).trim(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.includes('Server is ready')) {
        child.stderr.resume();
        return;
      }
    }
    throw new Error('nats-server did not start');
  }

  /** SIGTERM ends it in order, SIGKILL at once. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Forgets everything that was stored. */
  wipe(): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
