import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { DerivedKeyStore } from '../../src/adapters/embedded/key-store.js';
import { DiskFileStore } from '../../src/adapters/embedded/file-store.js';
import { LmdbReadModels } from '../../src/adapters/embedded/read-models/lmdb-read-models.js';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { invoicePdf } from '../../src/adapters/pdfkit/invoice-pdf.js';
import { buildApp } from '../../src/app.js';
import { CommandHandler } from '../../src/commands/command-handler.js';
import { allProjections } from '../../src/composition/projections.js';
import type { Role } from '../../src/domain/account/events.js';
import { EventCodec } from '../../src/domain/event-codec.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { HttpConfig, HttpServices } from '../../src/http/http-services.js';
import type { HealthReport } from '../../src/http/shared/health-report.js';
import type { EventStore, RecordedEvent } from '../../src/ports/event-store.js';
import type { PasswordHasher } from '../../src/ports/password-hasher.js';
import { Projector } from '../../src/workers/projector.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';

export interface TestAppOptions {
  /** A log that outlives the app, or one that fails: to show restarts and crashes. */
  readonly store?: EventStore<DomainEvent>;
  readonly clock?: FakeClock;
  readonly config?: Partial<HttpConfig>;
  readonly health?: () => Promise<HealthReport>;
  readonly logStream?: { write(line: string): void };
  readonly openAdminSignUp?: boolean;
  /** The services in part replaced. */
  readonly services?: (services: HttpServices) => HttpServices;
  /** Routes of the test's own. */
  readonly routes?: (app: FastifyInstance, services: HttpServices) => Promise<void>;
}

export interface SignedUp {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly headers: { readonly authorization: string };
}

export interface TestApp {
  readonly app: FastifyInstance;
  readonly services: HttpServices;
  readonly store: EventStore<DomainEvent>;
  readonly clock: FakeClock;
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Registers an account of that role and logs in. */
  signUp(role?: Role, name?: string): Promise<SignedUp>;
  /** Every event so far, or those of one stream. */
  events(stream?: string): Promise<RecordedEvent<DomainEvent>[]>;
  /** Until the read models show everything that is in the log. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Quick, and never a real one: tests sign up many accounts. */
export const quickPasswords: PasswordHasher = {
  hash: async (password) => `quick:${createHash('sha256').update(password).digest('hex')}`,
  verify: async (password, hash) => hash === `quick:${createHash('sha256').update(password).digest('hex')}`,
  isOutdated: () => false,
};

const testConfig: HttpConfig = {
  production: false,
  jwtSecret: 'a secret of the tests, long enough to be one',
  cookieSecret: 'another secret of the tests, long enough too',
  corsOrigins: ['https://shop.example'],
  rateLimit: false,
  trustProxy: false,
  publicUrl: 'http://localhost:8000',
  currency: 'USD',
  logLevel: 'error',
};

const startApp = async (services: HttpServices, { logStream, routes }: TestAppOptions): Promise<FastifyInstance> => {
  const app = await buildApp(services, logStream === undefined ? {} : { logStream });
  await routes?.(app, services);
  await app.ready();
  return app;
};

/** The app of production over a log in memory and read models in a folder of their own. Close it at the end of the test. */
export const createTestApp = async (options: TestAppOptions = {}): Promise<TestApp> => {
  const folder = await mkdtemp(join(tmpdir(), 'registrar-http-'));
  const store = options.store ?? new MemoryEventStore<DomainEvent>();
  const clock = options.clock ?? new FakeClock();
  const readModels = await LmdbReadModels.open({ folder: join(folder, 'read-models'), strict: true });
  // By the clock on the wall: it waits and renews its lease while the test's clock stands still.
  const projector = new Projector({ store, readModels, projections: allProjections, clock: systemClock });
  await projector.start();
  const config = { ...testConfig, ...options.config };
  const defaults: HttpServices = {
    commands: {
      handler: new CommandHandler({ store, codec: new EventCodec(), clock }),
      clock,
      keys: new DerivedKeyStore(config.jwtSecret),
      passwords: quickPasswords,
      settings: {
        currency: config.currency,
        paymentTimeoutMs: 900_000,
        cashPaymentTimeoutMs: 604_800_000,
        openAdminSignUp: options.openAdminSignUp ?? true,
      },
    },
    readModels,
    progress: projector,
    store,
    files: await DiskFileStore.open(join(folder, 'files')),
    invoicePdf: invoicePdf({ seller: ['Registrar'] }),
    config,
    health: options.health ?? (async () => ({ parts: {}, projections: await projector.lag(), workers: [], deadLetters: {} })),
  };
  const services = options.services?.(defaults) ?? defaults;
  const release = async (): Promise<void> => {
    await projector.stop();
    await readModels.close();
    await rm(folder, { recursive: true, force: true });
  };
  const app = await startApp(services, options).catch(async (error: unknown) => {
    await release();
    throw error;
  });

  let signedUp = 0;
  const events = async (stream?: string): Promise<RecordedEvent<DomainEvent>[]> => {
    const found: RecordedEvent<DomainEvent>[] = [];
    for await (const event of stream === undefined ? store.readAll() : store.readStream(stream)) found.push(event);
    return found;
  };
  const caughtUp = async (): Promise<void> => {
    await projector.waitFor(await store.head(), 10_000);
  };

  return {
    app,
    services,
    store,
    clock,
    events,
    caughtUp,
    inject: (request) => app.inject(request),
    signUp: async (role = 'student', name = 'Ada Lovelace') => {
      signedUp += 1;
      const email = `${role}.${signedUp}@example.org`;
      const password = 'correct horse';
      const payload = { name, email, password, role };
      const registered = await app.inject({ method: 'POST', url: '/auth/register', payload });
      if (registered.statusCode !== 201) throw new Error(`sign-up answered ${registered.statusCode}: ${registered.body}`);
      const login = await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password } });
      const { accessToken, refreshToken } = login.json<{ accessToken: string; refreshToken: string }>();
      const { id } = registered.json<{ id: string }>();
      return { id, email, password, token: accessToken, refreshToken, headers: { authorization: `Bearer ${accessToken}` } };
    },
    close: async () => {
      await app.close();
      await release();
    },
  };
};
