import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createSigner } from 'fast-jwt';
import { asBinary, open } from 'lmdb';
import type { BenchRow } from './bench-row.js';
import { medianOf } from './median.js';
import { startServer, untilServing, type ChildServer } from './child-server.js';
import { compareLoads, CONNECTIONS, type Side } from './compare-loads.js';
import { load } from './load.js';
import { rawPost } from './raw-request.js';
import { accountId, courseId, seed, sessionId } from './seed.js';

export const ACCOUNTS = 8_000;
export const COURSES = 60;
const CODES = 100;
/** Of purchases one after another. */
const ROUND_MS = 2_000;
const ROUNDS = 7;
const FULL_SPEED_MS = 30_000;
const OLDEST_MAIL_SECONDS = 3;
/** As of the seed, and a tenth less. */
const PRICE = 49.9;
const WITH_CODE = 44.91;
export const secret = 'a-secret-of-the-benchmark-32-characters-long';
export const admin = { email: 'root@example.com', password: 'correct horse battery' };
const billingData = { firstName: 'Sam', lastName: 'Lee', email: 'sam@example.org', phoneNumber: '+49 1', address: 'Street 1', city: 'Bonn', country: 'DE' };

const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 900_000 });
const tokens = Array.from({ length: ACCOUNTS }, (_, n) => sign({ sub: accountId(n), sid: sessionId(n), role: 'student' }));
const codeOf = (n: number): string => `CODE${n}`;

type Wish = Readonly<Record<string, unknown>>;

/** Each student buys each course once, over all rows: nothing is asked for twice. */
export class Buyers {
  #sent = 0;

  next(more: (n: number) => Wish): string {
    const n = this.#sent;
    this.#sent += 1;
    const user = n % ACCOUNTS;
    const wish = { userId: accountId(user), courseId: courseId(Math.floor(n / ACCOUNTS) % COURSES), currency: 'USD', billingData, ...more(n) };
    return rawPost('/payments', wish, tokens[user]);
  }
}

export const withCodes = (n: number): Wish => ({ paymentMethod: 'card', amount: WITH_CODE, discountCode: codeOf(n % CODES) });
const withOneCode = (): Wish => ({ paymentMethod: 'card', amount: WITH_CODE, discountCode: codeOf(0) });
const byCash = (): Wish => ({ paymentMethod: 'cash', amount: PRICE });

/** Milliseconds of one append that is on disk, of a store that does nothing else. */
const durableAppendMs = async (folder: string): Promise<number> => {
  const root = open({ path: folder, noSubdir: false, noMemInit: true });
  const database = root.openDB<unknown, number>({ name: 'raw', encoding: 'binary' });
  const times: number[] = [];
  for (let key = 0; key < 200; key += 1) {
    const begin = performance.now();
    await database.put(key, asBinary(Buffer.alloc(400)));
    await root.flushed;
    times.push(performance.now() - begin);
  }
  await root.close();
  return medianOf(times);
};

/** One connection, so that each purchase takes what it takes alone. */
const alone = async (folder: string, { url }: ChildServer, buyers: Buyers): Promise<BenchRow> => {
  const rounds: { readonly measured: number; readonly baseline: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const baseline = await durableAppendMs(join(folder, `raw-${round}`));
    const rate = await load({ url, connections: 1, milliseconds: ROUND_MS, request: () => buyers.next(withCodes) });
    rounds.push({ baseline, measured: 1_000 / rate });
  }
  return {
    name: 'a whole purchase alone, vs one durable append to raw LMDB',
    measured: medianOf(rounds.map((round) => round.measured)),
    baseline: medianOf(rounds.map((round) => round.baseline)),
    unit: 'ms',
    ratio: medianOf(rounds.map((round) => round.measured / round.baseline)),
    target: 12,
    atMost: true,
  };
};

interface Health {
  readonly status: string;
  readonly workers: readonly { readonly worker: string; readonly secondsBehind: number }[];
}

const healthOf = async ({ url }: ChildServer): Promise<Health> => (await (await fetch(`${url}/health`)).json()) as Health;

const MAIL_WORKERS: ReadonlySet<string> = new Set(['bus:mail-requests', 'mail-sender']);

/** How long the oldest mail has been waiting that was asked for, or is yet to be, at the end of purchases at full speed. */
const mails = async (server: ChildServer, buyers: Buyers): Promise<BenchRow> => {
  await load({ url: server.url, connections: CONNECTIONS, milliseconds: FULL_SPEED_MS, request: () => buyers.next(withCodes) });
  const { workers } = await healthOf(server);
  const oldest = workers.filter(({ worker }) => MAIL_WORKERS.has(worker)).reduce((sum, { secondsBehind }) => sum + secondsBehind, 0);
  return { name: 'the oldest unsent mail after 30 s of purchases at full speed', measured: oldest, baseline: OLDEST_MAIL_SECONDS, unit: 's', ratio: oldest / OLDEST_MAIL_SECONDS, target: 1, atMost: true };
};

const json = async (url: string, body: object, token?: string): Promise<Readonly<Record<string, unknown>>> => {
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
};

export const openShop = async (server: ChildServer): Promise<void> => {
  await untilServing(server);
  // A program that is well may still build what a login reads.
  const body = { method: 'POST', body: JSON.stringify(admin), headers: { 'content-type': 'application/json' } };
  while ((await fetch(`${server.url}/auth/login`, body)).status === 503) await setTimeout(500);
  const token = String((await json(`${server.url}/auth/login`, admin))['accessToken']);
  for (let n = 0; n < CODES; n += 1) {
    await json(`${server.url}/discounts`, { code: codeOf(n), type: 'platform_wide', value: 10, valueType: 'percentage', applicableOn: 'both' }, token);
  }
};

/** What the baseline answers: a payment of the size that the measured ones have. */
const typicalAnswer = async ({ url }: ChildServer): Promise<string> => {
  const wish = { userId: accountId(ACCOUNTS - 1), courseId: courseId(COURSES - 1), currency: 'USD', billingData, ...withOneCode() };
  return JSON.stringify({ payment: await json(`${url}/payments`, wish, tokens[ACCOUNTS - 1]) });
};

/** Purchases from the request to the answer that shows money, access and invoice, against the least that Fastify does with such a request. */
export const benchPurchases = async (): Promise<readonly BenchRow[]> => {
  // Not in the system's temporary folder, which may be memory: a flush must reach a disk.
  const folder = mkdtempSync(join(process.cwd(), '.bench-purchases-'));
  await seed(join(folder, 'data/log'), { accounts: ACCOUNTS, courses: COURSES });
  const registrar = await startServer('src/main.js', {
    PORT: '0', DATA_DIR: join(folder, 'data'), RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password,
  });
  await openShop(registrar);
  const bare = await startServer('bench/bare-server.js', { JWT_SECRET: secret, ANSWERS: await typicalAnswer(registrar) });
  const buyers = new Buyers();
  const sideOf = ({ url }: ChildServer, more: (n: number) => Wish): Side => ({ url, request: () => buyers.next(more) });
  const same: Side = { url: bare.url, request: () => rawPost('/payments', { userId: accountId(0), courseId: courseId(0), currency: 'USD', billingData, ...withOneCode() }, tokens[0]) };
  try {
    return [
      await compareLoads({ name: 'whole purchases, card and code, 50 connections, 100 codes, vs a bare Fastify POST', target: 0.06, baseline: same, measured: sideOf(registrar, withCodes) }),
      await compareLoads({ name: 'the same with one code for all, vs 100 codes', target: 0.9, baseline: sideOf(registrar, withCodes), measured: sideOf(registrar, withOneCode) }),
      await compareLoads({ name: 'cash until pending is visible, vs a bare Fastify POST', target: 0.09, baseline: same, measured: sideOf(registrar, byCash) }),
      await alone(folder, registrar, buyers),
      await mails(registrar, buyers),
    ];
  } finally {
    await registrar.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
