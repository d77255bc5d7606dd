import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { hash } from 'bcrypt';
import { createSigner } from 'fast-jwt';
import type { BenchRow } from './bench-row.js';
import { startServer, untilServing, type ChildServer } from './child-server.js';
import { accountEmail, accountId, seed, sessionId } from './seed.js';

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
const PASSWORD = 'correct horse battery';
/** Rounds of bcrypt, as powers of two: hashing is not what is measured. */
const CHEAPEST = 4;
const secret = 'a-secret-of-the-benchmark-32-characters-long';
const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 86_400_000 });
const billingData = {
  firstName: 'Sam', lastName: 'Lee', email: 'sam@example.org', phoneNumber: '+49 1', address: 'Street 1', city: 'Bonn', country: 'DE',
};

const call = async (url: string, token: string | null, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok && response.status !== 503) throw new Error(`${url} answered ${response.status} ${JSON.stringify(answer)}`);
  return { ...answer, httpStatus: response.status };
};

/** An access token of the admin's, good for a quarter of an hour. */
const adminToken = async (url: string): Promise<string> =>
  String((await call(`${url}/auth/login`, null, { email: 'ada@example.org', password: PASSWORD }))['accessToken']);

/** Courses of one instructor and one code for all of them; the ids of the courses. */
const openShop = async (url: string): Promise<readonly string[]> => {
  await call(`${url}/auth/register`, null, { name: 'Ada', email: 'ada@example.org', password: PASSWORD, role: 'admin' });
  const admin = await adminToken(url);
  const courseIds: string[] = [];
  for (let n = 0; n < COURSES; n += 1) {
    const course = { title: `Course ${n}`, description: 'd', level: 'beginner', category: 'c', price: 10, isPublished: true };
    courseIds.push(String((await call(`${url}/courses`, admin, course))['id']));
  }
  await call(`${url}/discounts`, admin, { code: CODE, type: 'platform_wide', value: 10, valueType: 'percentage', applicableOn: 'both' });
  return courseIds;
};

interface Window {
  readonly rate: number;
  /** Memory that is not a mapped file. */
  readonly megabytes: number;
}

/** Does `total` pieces of work over many connections, and measures in twenty parts of it. */
const inWindows = async (server: ChildServer, total: number, work: (n: number) => Promise<void>): Promise<readonly Window[]> => {
  let begun = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (begun < total) {
      await work(begun++);
      done += 1;
    }
  };
  const workers = Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const windows: Window[] = [];
  let [from, since] = [0, performance.now()];
  const watch = async (): Promise<void> => {
    while (windows.length < WINDOWS) {
      await setTimeout(20);
      if (done < ((windows.length + 1) * total) / WINDOWS) continue;
      const rate = (done - from) / ((performance.now() - since) / 1_000);
      windows.push({ rate, megabytes: (await server.privateBytes()) / 1_048_576 });
      [from, since] = [done, performance.now()];
    }
  };
  await Promise.all([workers, watch()]);
  return windows;
};

const buying = (server: ChildServer, courseIds: readonly string[]) => async (n: number): Promise<void> => {
  const student = Math.floor(n / COURSES);
  const token = sign({ sub: accountId(student), sid: sessionId(student), role: 'student' });
  const body = { userId: accountId(student), courseId: courseIds[n % COURSES], amount: 9, currency: 'USD', paymentMethod: 'card', discountCode: CODE, billingData };
  const { status } = await call(`${server.url}/payments`, token, body);
  if (status !== 'completed') throw new Error(`a purchase is ${String(status)}`);
};

/** The figures of a gauge of /metrics, over all its labels. */
const gauge = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'gm'))].reduce((sum, [, value]) => sum + Number(value), 0);
};

const startSoaked = (folder: string, heapMegabytes: number): Promise<ChildServer> =>
  startServer(
    'src/main.js',
    { PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, BCRYPT_COST: String(CHEAPEST) },
    [`--max-old-space-size=${heapMegabytes}`],
  );

/** Purchases at full speed in a small heap. */
export const soak = async (options: Soak): Promise<Soaked> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-soak-'));
  await seed(join(folder, 'log'), { accounts: Math.ceil(options.purchases / COURSES), courses: 0 });
  const server = await startSoaked(folder, options.heapMegabytes);
  try {
    await untilServing(server);
    const courseIds = await openShop(server.url);
    const windows = await inWindows(server, options.purchases, buying(server, courseIds));
    return {
      ...options,
      payments: Number((await call(`${server.url}/payments?limit=1`, await adminToken(server.url)))['total']),
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

/** Each caller, a different one, logs in, lays a course into the cart with a key of its own, and looks at the cart. */
const calling = (server: ChildServer, courseIds: readonly string[]) => async (n: number): Promise<void> => {
  const { accessToken } = await call(`${server.url}/auth/login`, null, { email: accountEmail(n), password: PASSWORD });
  const token = String(accessToken);
  await call(`${server.url}/cart/items`, token, { courseId: courseIds[n % COURSES] }, { 'idempotency-key': `cart-of-${n}` });
  const { items } = await call(`${server.url}/cart`, token);
  if (!Array.isArray(items) || items.length !== 1) throw new Error(`the cart of caller ${n} has ${JSON.stringify(items)}`);
};

/** Log-ins, sessions, carts and idempotency keys of many callers in a small heap. */
export const soakCallers = async ({ callers, heapMegabytes }: { readonly callers: number; readonly heapMegabytes: number }): Promise<readonly Window[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-soak-'));
  await seed(join(folder, 'log'), { accounts: callers, courses: 0, passwordHash: await hash(PASSWORD, CHEAPEST) });
  const server = await startSoaked(folder, heapMegabytes);
  try {
    await untilServing(server);
    const courseIds = await openShop(server.url);
    return await inWindows(server, callers, calling(server, courseIds));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Memory in the third and in the last quarter of the work: one window alone may stand right after a large collection of garbage. */
export const memoryOfLastHalf = (megabytes: readonly number[]): { readonly before: number; readonly last: number } => {
  const quarter = megabytes.length / 4;
  return { before: meanOf(megabytes.slice(2 * quarter, 3 * quarter)), last: meanOf(megabytes.slice(-quarter)) };
};

const PURCHASES = 200_000;
const CALLERS = Number(process.env['SOAK_CALLERS'] ?? 100_000);
const HEAP_MEGABYTES = 256;

/** What is slower at the end of the soak, and what grows. */
const rowsOf = (what: string, rates: readonly number[], megabytes: readonly number[]): readonly BenchRow[] => {
  const quarter = WINDOWS / 4;
  const [start, end] = [meanOf(rates.slice(0, quarter)), meanOf(rates.slice(-quarter))];
  const { before, last } = memoryOfLastHalf(megabytes);
  return [
    { name: `${what}: the last quarter vs the first`, measured: end, baseline: start, unit: '1/s', ratio: end / start, target: 0.9 },
    { name: `${what}: memory in the last quarter vs in the one before`, measured: last, baseline: before, unit: 'MB', ratio: last / before, target: 1.05, atMost: true },
  ];
};

/** SOAK_CALLERS=1000000 asks for a million callers, which takes the better part of an hour. */
export const benchSoak = async (): Promise<readonly BenchRow[]> => {
  const { rates, megabytes, payments } = await soak({ purchases: PURCHASES, heapMegabytes: HEAP_MEGABYTES });
  const purchases = `${PURCHASES} purchases in a heap of ${HEAP_MEGABYTES} MB`;
  const windows = await soakCallers({ callers: CALLERS, heapMegabytes: HEAP_MEGABYTES });
  return [
    ...rowsOf(purchases, rates, megabytes),
    { name: `${purchases}: payments that are there`, measured: payments, baseline: PURCHASES, unit: 'payments', ratio: payments / PURCHASES, target: 1 },
    ...rowsOf(`${CALLERS} callers in a heap of ${HEAP_MEGABYTES} MB`, windows.map(({ rate }) => rate), windows.map(({ megabytes: used }) => used)),
  ];
};
