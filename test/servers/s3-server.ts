import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, HeadObjectCommand, ListMultipartUploadsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Access } from '../../src/adapters/s3/s3-access.js';
import { projectRoot } from '../project-root.js';
import { freePort } from './free-port.js';
import { killed } from './killed.js';
import { until } from './until.js';

const SCRIPT = join(projectRoot, 'scripts/servers/s3-server.sh');
const credentials = { accessKeyId: 'registrar', secretAccessKey: 'a-secret-of-the-tests' };
const region = 'us-east-1';

/**
 * A server that speaks S3, of a test: moto, whose buckets are gone when it ends; with VERSITYGW_BINARY the Versity gateway over a
 * folder, which keeps them and checks signatures.
 */
export class S3Server {
  readonly url: string;
  readonly keepsFiles = process.env['VERSITYGW_BINARY'] !== undefined;
  readonly #folder: string;
  readonly #port: number;
  readonly #client: S3Client;
  #process: ChildProcess | undefined;
  #buckets = 0;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#client = new S3Client({ endpoint: this.url, region, credentials, forcePathStyle: true });
  }

  static async start(): Promise<S3Server> {
    const server = new S3Server(await mkdtemp(join(tmpdir(), 'registrar-s3-')), await freePort());
    await server.restart();
    return server;
  }

  /** Resolves when it answers. */
  async restart(): Promise<void> {
    const { VERSITYGW_BINARY } = process.env;
    const binary = VERSITYGW_BINARY ?? (await promisify(execFile)(SCRIPT)).stdout.trim();
    const args = VERSITYGW_BINARY === undefined ? ['-H', '127.0.0.1', '-p', String(this.#port)] : ['--port', `127.0.0.1:${this.#port}`, 'posix', this.#folder];
    const { accessKeyId, secretAccessKey } = credentials;
    const child = spawn(binary, args, { stdio: 'ignore', env: { ...process.env, ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey } });
    this.#process = child;
    process.once('exit', () => child.kill('SIGKILL'));
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the S3 server ended with ${child.exitCode}`);
      return fetch(this.url).then(() => true, () => false);
    });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    await killed(child);
  }

  /** Stops it as a hung machine would look like, and lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  async stop(): Promise<void> {
    this.#client.destroy();
    this.signal('SIGCONT');
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A new and empty bucket. */
  async bucket(access: Partial<S3Access> = {}): Promise<S3Access> {
    this.#buckets += 1;
    const bucket = `files-${this.#buckets}`;
    await this.makeBucket(bucket);
    return { endpoint: this.url, publicEndpoint: this.url, bucket, region, credentials, pathStyle: true, prefix: '', encryption: null, redirects: false, ...access };
  }

  async makeBucket(bucket: string): Promise<void> {
    await this.#client.send(new CreateBucketCommand({ Bucket: bucket }));
  }

  /** The bucket as another program fills it. */
  async putForeign({ bucket }: S3Access, key: string): Promise<void> {
    await this.#client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'foreign' }));
  }

  head({ bucket }: S3Access, key: string) {
    return this.#client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  }

  async unfinishedUploads({ bucket }: S3Access): Promise<number> {
    const { Uploads = [] } = await this.#client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    return Uploads.length;
  }
}
