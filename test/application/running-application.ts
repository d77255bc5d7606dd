import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import type { Test } from 'tap';
import { operatorPrograms } from '../../src/cli/operator-programs.js';
import { startApplication, type Application } from '../../src/composition/application.js';
import { createLogger } from '../../src/composition/logger.js';
import { loadConfig } from '../../src/config.js';
import { billingData } from '../fixtures/invoices.js';

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Json;
}

/** The whole program in this process, on a folder of its own, as `npm start` runs it. */
export class RunningApplication {
  readonly folder: string;
  readonly #variables: Readonly<Record<string, string>>;
  #application: Application | undefined;

  private constructor(folder: string, variables: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#variables = variables;
  }

  /** The variables are added to those of every such program. */
  static async start(t: Test, folder?: string, variables: Readonly<Record<string, string>> = {}): Promise<RunningApplication> {
    const running = new RunningApplication(folder ?? (await mkdtemp(join(tmpdir(), 'registrar-'))), variables);
    t.teardown(async () => {
      await running.stop();
      await rm(running.folder, { recursive: true, force: true });
    });
    await running.boot();
    return running;
  }

  async boot(): Promise<void> {
    const config = loadConfig({
      NODE_ENV: 'test', DATA_DIR: this.folder, PORT: '0', HOST: '127.0.0.1', BCRYPT_COST: '4', RATE_LIMIT: 'off', LOG_LEVEL: 'error', ...this.#variables,
    });
    this.#application = await startApplication(config, createLogger('error'), { operatorPrograms });
  }

  async stop(): Promise<void> {
    await this.#application?.stop();
    this.#application = undefined;
  }

  async call(options: InjectOptions & { token?: string }): Promise<Answer> {
    const { token, ...request } = options;
    const response = await this.#application?.app?.inject({
      ...request,
      headers: { ...request.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    });
    if (response === undefined) throw new Error('the application is not running');
    const isJson = String(response.headers['content-type']).includes('json');
    return { status: response.statusCode, headers: response.headers, body: isJson ? response.json<Json>() : {} };
  }

  /** Until nothing is under way any more: stopping finishes the mails that are being sent, and the start after it shows them. */
  async settle(): Promise<void> {
    await this.caughtUp();
    await this.stop();
    await this.boot();
    await this.caughtUp();
  }

  /** Until read models and workers stand at the head of the log, and it has not moved while they were asked. */
  async caughtUp(): Promise<void> {
    await this.until(async () => {
      const before = await this.#standing();
      return before !== undefined && before === (await this.#standing());
    });
  }

  /** The position of the read models; undefined while any is behind. */
  async #standing(): Promise<string | undefined> {
    const { body } = await this.call({ method: 'GET', url: '/health' });
    if (!Array.isArray(body.projections) || !Array.isArray(body.workers)) return undefined;
    const isLevel =
      body.projections.every(({ behind }: Json) => behind === 0) && body.workers.every(({ secondsBehind }: Json) => secondsBehind === 0);
    return isLevel ? JSON.stringify(body.projections.map(({ checkpoint }: Json) => checkpoint)) : undefined;
  }

  async mails(): Promise<readonly string[]> {
    const outbox = join(this.folder, 'outbox');
    const names = (await readdir(outbox)).filter((name) => name.endsWith('.eml')).sort();
    return Promise.all(names.map((name) => readFile(join(outbox, name), 'utf8')));
  }

  /** Waits for the effect of a worker that no answer waits for. */
  async until<Value>(look: () => Promise<Value | undefined | false>): Promise<Value> {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('it did not come within ten seconds');
  }
}

export interface Person {
  readonly id: string;
  readonly token: string;
  readonly email: string;
}

export const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`not a text: ${JSON.stringify(value)}`);
  return value;
};

export const signUp = async (app: RunningApplication, name: string, role: string): Promise<Person> => {
  const email = `${name}@example.com`;
  const registered = await app.call({ method: 'POST', url: '/auth/register', payload: { name, email, password: 'correct horse', role } });
  const { body } = await app.call({ method: 'POST', url: '/auth/login', payload: { email, password: 'correct horse' } });
  return { id: text(registered.body.id), token: text(body.accessToken), email };
};

export const publishCourse = async (app: RunningApplication, { token }: Person, title: string, more: Json = {}): Promise<string> => {
  const payload = { title, description: 'd', level: 'beginner', category: 'business', price: 40, isPublished: true, ...more };
  const created = await app.call({ method: 'POST', url: '/courses', token, payload });
  return text(created.body.id);
};

export const pay = (app: RunningApplication, { id, token }: Person, courseIds: readonly string[], more: Json = {}, headers: Record<string, string> = {}) =>
  app.call({
    method: 'POST',
    url: '/payments',
    token,
    headers,
    payload: { userId: id, courseIds, amount: 40 * courseIds.length, currency: 'USD', paymentMethod: 'card', billingData, ...more },
  });

export const typesOf = async (app: RunningApplication, admin: Person, stream: string): Promise<readonly string[]> => {
  const { body } = await app.call({ method: 'GET', url: `/audit/streams/${stream}`, token: admin.token });
  return Array.isArray(body.events) ? body.events.map(({ type }: { type: string }) => type) : [];
};
