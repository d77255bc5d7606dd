import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createSigner } from 'fast-jwt';
import type { BenchRow } from './bench-row.js';
import { startServer, type ChildServer } from './child-server.js';
import { accountId, seed, sessionId } from './seed.js';

/** How much work the soak does, and in how small a heap. */
export interface Soak {
  readonly purchases: number;
  readonly heapMegabytes: number;
}

export interface Soaked extends Soak {
  /** Purchases a second, and memory that is no mapped file, in twenty parts of the work. */
  readonly rates: readonly number[];
  readonly megabytes: readonly number[];
  /** Payments that are there at the end. */
  readonly payments: number;
  readonly cachedBytes: number;
  readonly cacheLimit: number;
}

const COURSES = 40;
const CONNECTIONS = 50;
/** Windows in which rate and memory are measured. */
const WINDOWS = 20;
const CODE = 'SOAK';
const secret = 'a-secret-of-the-benchmark-32-characters-long';
const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 86_400_000 });
const billingData = {
  firstName: 'Sam', lastName: 'Lee', email: 'sam@example.org', phoneNumber: '+49 1', address: 'Street 1', city: 'Bonn', country: 'DE',
};

const call = async (url: string, token: string | null, body?: object): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok && response.status !== 503) throw new Error(`${url} answered ${response.status} ${JSON.stringify(answer)}`);
  return { ...answer, httpStatus: response.status };
};

const isServing = async (url: string): Promise<void> => {
  while ((await call(`${url}/health`, null))['status'] !== 'ok') await setTimeout(100);
};

/** Courses of one instructor and one code for all of them; the ids of the courses. */
const openShop = async (url: string): Promise<{ readonly admin: string; readonly courseIds: readonly string[] }> => {
  const password = 'correct horse battery';
  await call(`${url}/auth/register`, null, { name: 'Ada', email: 'ada@example.org', password, role: 'admin' });
  const admin = String((await call(`${url}/auth/login`, null, { email: 'ada@example.org', password }))['accessToken']);
  const courseIds: string[] = [];
  for (let n = 0; n < COURSES; n += 1) {
    const course = { title: `Course ${n}`, description: 'd', level: 'beginner', category: 'c', price: 10, isPublished: true };
    courseIds.push(String((await call(`${url}/courses`, admin, course))['id']));
  }
  await call(`${url}/discounts`, admin, { code: CODE, type: 'platform_wide', value: 10, valueType: 'percentage', applicableOn: 'both' });
  return { admin, courseIds };
};

interface Window {
  readonly rate: number;
  /** Memory that is not a mapped file. */
  readonly megabytes: number;
}

const buyAll = async (server: ChildServer, courseIds: readonly string[], { purchases }: Soak): Promise<readonly Window[]> => {
  let begun = 0;
  let done = 0;
  const buyer = async (): Promise<void> => {
    while (begun < purchases) {
      const n = begun++;
      const student = Math.floor(n / COURSES);
      const token = sign({ sub: accountId(student), sid: sessionId(student), role: 'student' });
      const body = { userId: accountId(student), courseId: courseIds[n % COURSES], amount: 9, currency: 'USD', paymentMethod: 'card', discountCode: CODE, billingData };
      const { status } = await call(`${server.url}/payments`, token, body);
      if (status !== 'completed') throw new Error(`a purchase is ${String(status)}`);
      done += 1;
    }
  };
  const buyers = Promise.all(Array.from({ length: CONNECTIONS }, buyer));
  const windows: Window[] = [];
  let [from, since] = [0, performance.now()];
  const watch = async (): Promise<void> => {
    while (windows.length < WINDOWS) {
      await setTimeout(20);
      if (done < ((windows.length + 1) * purchases) / WINDOWS) continue;
      const rate = (done - from) / ((performance.now() - since) / 1_000);
      const window = { rate, megabytes: (await server.privateBytes()) / 1_048_576 };
      windows.push(window);
      [from, since] = [done, performance.now()];
    }
  };
  await Promise.all([buyers, watch()]);
  return windows;
};

/** The figures of a gauge of /metrics, over all its labels. */
const gauge = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
};

/** Purchases at full speed in a small heap. */
export const soak = async (options: Soak): Promise<Soaked> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-soak-'));
  await seed(join(folder, 'log'), { accounts: Math.ceil(options.purchases / COURSES), courses: 0 });
  const environment = { PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, BCRYPT_COST: '4' };
  const server = await startServer('src/main.js', environment, [`--max-old-space-size=${options.heapMegabytes}`]);
  try {
    await isServing(server.url);
    const { admin, courseIds } = await openShop(server.url);
    const windows = await buyAll(server, courseIds, options);
    return {
      ...options,
      payments: Number((await call(`${server.url}/payments?limit=1`, admin))['total']),
      rates: windows.map(({ rate }) => rate),
      megabytes: windows.map(({ megabytes }) => megabytes),
      cachedBytes: await gauge(server.url, 'registrar_cache_bytes'),
      cacheLimit: await gauge(server.url, 'registrar_cache_limit_bytes'),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const PURCHASES = 200_000;
const HEAP_MEGABYTES = 256;

/** What is slower at the end of the soak, and what grows. */
export const benchSoak = async (): Promise<readonly BenchRow[]> => {
  const { rates, megabytes, payments } = await soak({ purchases: PURCHASES, heapMegabytes: HEAP_MEGABYTES });
  const quarter = WINDOWS / 4;
  const [start, end] = [meanOf(rates.slice(0, quarter)), meanOf(rates.slice(-quarter))];
  const [half, last] = [meanOf(megabytes.slice(2 * quarter, 3 * quarter)), meanOf(megabytes.slice(-quarter))];
  const what = `${PURCHASES} purchases in a heap of ${HEAP_MEGABYTES} MB`;
  return [
    { name: `${what}: the last quarter vs the first`, measured: end, baseline: start, unit: '1/s', ratio: end / start, target: 0.9 },
    { name: `${what}: memory in the last quarter vs in the one before`, measured: last, baseline: half, unit: 'MB', ratio: last / half, target: 1.05, atMost: true },
    { name: `${what}: payments that are there`, measured: payments, baseline: PURCHASES, unit: 'payments', ratio: payments / PURCHASES, target: 1 },
  ];
};
