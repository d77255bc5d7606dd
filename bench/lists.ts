import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { hash } from 'bcrypt';
import { createSigner } from 'fast-jwt';
import type { BenchRow } from './bench-row.js';
import { startServer, untilServing } from './child-server.js';
import { compareLoads, CONNECTIONS } from './compare-loads.js';
import { rawGet, rawPost } from './raw-request.js';
import { accountEmail, courseId, seed } from './seed.js';

const ACCOUNTS = 20_000;
const COURSES = 10_000;
const PASSWORD = 'correct horse battery';
/** Rounds of bcrypt, as powers of two: hashing is not what is measured. */
const CHEAPEST = 4;
const secret = 'a-secret-of-the-benchmark-32-characters-long';
const token = createSigner({ key: secret })({ sub: 'anybody' });

/** Each request logs another account in. */
const logIns = (): (() => string) => {
  let sent = 0;
  return () => rawPost('/auth/login', { email: accountEmail(sent++ % ACCOUNTS), password: PASSWORD });
};

const lists: Readonly<Record<string, { readonly path: string; readonly target: number }>> = {
  'a page of 20 of 10,000 courses, those of a category': { path: '/courses?category=category-7&limit=20', target: 0.5 },
  'a search for a word that one of 10,000 courses has': { path: '/courses?search=4711&limit=20', target: 0.25 },
  'a search for a word that all of 10,000 courses have': { path: '/courses?search=number&limit=20', target: 0.25 },
};

/** Lists of courses and log-ins against bare routes that answer the same bytes, or as much work. */
export const benchLists = async (): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  await seed(join(folder, 'log'), { accounts: ACCOUNTS, courses: COURSES, passwordHash: await hash(PASSWORD, CHEAPEST) });
  const registrar = await startServer('src/main.js', {
    PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, BCRYPT_COST: String(CHEAPEST),
  });
  const json = async (path: string): Promise<unknown> => (await fetch(`${registrar.url}${path}`)).json();
  await untilServing(registrar);
  // A program that is well may still build what lists read.
  while (!(await fetch(`${registrar.url}/courses`)).ok) await setTimeout(100);
  const rows: BenchRow[] = [];
  try {
    for (const [what, { path, target }] of Object.entries(lists)) {
      const request = (): string => rawGet(path);
      const bare = await startServer('bench/bare-server.js', { JWT_SECRET: secret, ANSWERS: JSON.stringify({ page: await json(path) }) });
      rows.push(await compareLoads({ name: `${what}, ${CONNECTIONS} connections, vs a bare Fastify route`, target, baseline: { url: bare.url, request }, measured: { url: registrar.url, request } }));
      await bare.stop();
    }
    const bare = await startServer('bench/bare-server.js', { JWT_SECRET: secret, ANSWERS: JSON.stringify({ page: null, cart: { userId: 'anybody', items: [], itemCount: 0, subtotals: [] } }) });
    const baseline = { url: bare.url, request: () => rawPost('/cart/items', { courseId: courseId(1) }, token) };
    rows.push(await compareLoads({ name: `log-in with a password hashed as cheaply as can be, ${CONNECTIONS} connections, vs a bare Fastify POST`, target: 0.3, baseline, measured: { url: registrar.url, request: logIns() } }));
    await bare.stop();
    return rows;
  } finally {
    await registrar.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
