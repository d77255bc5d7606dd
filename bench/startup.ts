import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner } from 'fast-jwt';
import { LmdbReadModels } from '../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { BenchRow } from './bench-row.js';
import { startServer } from './child-server.js';
import { accountId, courseId, seed, sessionId, type Seed } from './seed.js';

const STARTS = 5;
/** One that the seed has laid into no cart. */
const FREE_COURSE = 250;
const MEGABYTE = 1_048_576;

interface Start {
  readonly ms: number;
  readonly residentMegabytes: number;
  /** From the start of the process until something lies in a cart. */
  readonly firstCommandMs: number;
}

interface Seeded {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Standing {
  readonly behind: number;
  readonly state: string;
}

const secret = 'a-secret-of-the-benchmark-32-characters-long';
const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 900_000 });

const standingsOf = async (url: string): Promise<readonly Standing[]> => {
  const health: unknown = await (await fetch(`${url}/health`)).json();
  const projections = health !== null && typeof health === 'object' && 'projections' in health ? health.projections : [];
  if (!Array.isArray(projections)) throw new Error('no projections in /health');
  return projections.map(({ behind, state }: Standing) => ({ behind, state }));
};

/** 201: carried out and visible. */
const putIntoCart = async (url: string, student: number): Promise<void> => {
  const token = sign({ sub: accountId(student), sid: sessionId(student), role: 'student' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/cart/items`, { method: 'POST', headers, body: JSON.stringify({ courseId: courseId(FREE_COURSE) }) });
  if (answer.status !== 201) throw new Error(`POST /cart/items answered ${answer.status}: ${await answer.text()}`);
};

/** A log whose read models are level. */
const seeded = async (events: Seed): Promise<Seeded> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const environment = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', JWT_SECRET: secret, RATE_LIMIT: 'off' };
  await seed(join(folder, 'log'), events);
  const first = await startServer('src/main.js', environment);
  while ((await standingsOf(first.url)).some(({ behind }) => behind > 0)) await new Promise((resolve) => setTimeout(resolve, 200));
  await first.stop();
  return { folder, environment };
};

const bestOf = (starts: readonly Start[]): Start => starts.reduce((best, start) => (start.ms < best.ms ? start : best));

let students = 0;

/** `before` leaves the folder as a deployment finds it, `check` looks at the server while it serves. */
const bestStart = async ({ environment }: Seeded, before?: () => Promise<void>, check?: (url: string) => Promise<void>): Promise<Start> => {
  const starts: Start[] = [];
  for (let n = 0; n < STARTS; n += 1) {
    await before?.();
    const begin = performance.now();
    const server = await startServer('src/main.js', environment);
    await putIntoCart(server.url, (students += 1));
    const firstCommandMs = performance.now() - begin;
    await check?.(server.url);
    starts.push({ ms: server.startedInMs, residentMegabytes: (await server.residentBytes()) / MEGABYTE, firstCommandMs });
    await server.stop();
  }
  return bestOf(starts);
};

/** As a deployment that adds a projection: of one there is no generation. */
const withoutCoupons = async ({ folder }: Seeded): Promise<void> => {
  const readModels = await LmdbReadModels.open({ folder: join(folder, 'read-models') });
  for (const generation of await readModels.generations()) if (generation.projection === 'coupons') await readModels.drop(generation);
  await readModels.close();
};

const isBuilding = async (url: string): Promise<void> => {
  if (!(await standingsOf(url)).some(({ state }) => state === 'building')) throw new Error('the projection was built before the first answer');
};

export const benchStartup = async (): Promise<readonly BenchRow[]> => {
  const small = await seeded({ accounts: 1_000, courses: 300, cartItems: 0 });
  const large = await seeded({ accounts: 10_000, courses: 10_000, cartItems: 960_000 });
  try {
    const onSmall = await bestStart(small);
    const onLarge = await bestStart(large);
    const deploy = await bestStart(large, () => withoutCoupons(large), isBuilding);
    return [
      { name: 'start with 1,000,000 events in the log vs with 2,600', measured: onLarge.ms, baseline: onSmall.ms, unit: 'ms', ratio: onLarge.ms / onSmall.ms, target: 1.5, atMost: true },
      { name: 'resident memory after that start vs the limit of 250 MB', measured: onLarge.residentMegabytes, baseline: 250, unit: 'MB', ratio: onLarge.residentMegabytes / 250, target: 1, atMost: true },
      {
        name: 'first command after a start that builds a new projection over 1,000,000 events vs after one that builds none',
        measured: deploy.firstCommandMs,
        baseline: onLarge.firstCommandMs,
        unit: 'ms',
        ratio: deploy.firstCommandMs / onLarge.firstCommandMs,
        target: 1.5,
        atMost: true,
      },
    ];
  } finally {
    for (const { folder } of [small, large]) rmSync(folder, { recursive: true, force: true });
  }
};
