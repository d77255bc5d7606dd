import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { freePort } from './free-port.js';
import { killed } from './killed.js';
import { projectRoot } from '../project-root.js';

const SCRIPT = join(projectRoot, 'scripts/servers/mongod.sh');
const READY = 'Waiting for connections';

export interface MongodOptions {
  /** One node that knows transactions and change streams; otherwise a server that knows neither. */
  readonly replicaSet: boolean;
  /** True: a file that nobody reads is closed within seconds. Hundreds of databases have more files than a process may open. */
  readonly closesIdleFiles?: boolean;
}

/** A mongod of one's own in a temporary folder: it can be killed and started again. */
export class MongodServer {
  readonly #binary: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #options: MongodOptions;
  #process: ChildProcess | undefined;

  private constructor(binary: string, folder: string, port: number, options: MongodOptions) {
    this.#binary = binary;
    this.#folder = folder;
    this.#port = port;
    this.#options = options;
  }

  static async start(options: MongodOptions = { replicaSet: true }): Promise<MongodServer> {
    const { stdout } = await promisify(execFile)(SCRIPT);
    const folder = await mkdtemp(join(tmpdir(), 'registrar-mongod-'));
    const server = new MongodServer(stdout.trim(), folder, await freePort(), options);
    await server.restart();
    if (options.replicaSet) await server.command({ replSetInitiate: { _id: 'tests', members: [{ _id: 0, host: server.#host }] } });
    await server.#writable();
    return server;
  }

  /** Of a database in it. */
  url(database = 'registrar'): string {
    return `mongodb://${this.#host}/${database}${this.#options.replicaSet ? '?replicaSet=tests' : '?directConnection=true'}`;
  }

  /** Resolves when it takes connections. */
  async restart(): Promise<void> {
    const replication = this.#options.replicaSet ? ['--replSet', 'tests'] : [];
    const options = ['--dbpath', this.#folder, '--bind_ip', '127.0.0.1', '--port', String(this.#port), '--wiredTigerCacheSizeGB', '0.25'];
    const idle = this.#options.closesIdleFiles === true ? ['--wiredTigerEngineConfigString', 'file_manager=(close_idle_time=3,close_scan_interval=1,close_handle_minimum=100)'] : [];
    const child = spawn(this.#binary, [...options, ...idle, '--setParameter', 'diagnosticDataCollectionEnabled=false', '--setParameter', 'enableTestCommands=1', ...replication], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    process.once('exit', () => child.kill('SIGKILL'));
    await new Promise<void>((done, fail) => {
      let seen = '';
      child.stdout.on('data', (chunk: Buffer) => {
        if (seen.includes(READY)) return;
        seen += chunk.toString('utf8');
        if (seen.includes(READY)) done();
      });
      child.once('exit', () => fail(new Error(`mongod ended: ${seen.slice(-2_000)}`)));
      child.once('error', fail);
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    await killed(child);
  }

  /** To the server itself, which knows the commands for tests (fail points). */
  async command(command: Record<string, unknown>): Promise<Record<string, unknown>> {
    const client = new MongoClient(`mongodb://${this.#host}/?directConnection=true`);
    try {
      return await client.db('admin').command(command);
    } finally {
      await client.close();
    }
  }

  /** Stops it as a hung machine would look like, and lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** A new replica set elects itself first. */
  async #writable(): Promise<void> {
    const client = new MongoClient(this.url(), { serverSelectionTimeoutMS: 30_000 });
    try {
      await client.db('registrar').command({ ping: 1 }, { readPreference: 'primary' });
    } finally {
      await client.close();
    }
  }
}
