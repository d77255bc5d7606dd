import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogForReading } from '../src/adapters/embedded/event-store/log-for-reading.js';
import type { BenchRow } from './bench-row.js';
import { startServer } from './child-server.js';
import { medianOf } from './median.js';
import { admin, secret } from './purchases.js';
import { seed } from './seed.js';

/** AS_OF_EVENTS: of a smaller log, for trying out. */
const EVENTS = Number(process.env['AS_OF_EVENTS'] ?? 1_000_000);
const REQUESTS = 300;
const LEVEL_MS = 20 * 60_000;
const BETWEEN_MS = 20;

/** Lists that are made of few, and of many of the events. */
const ROUTES = ['/courses?limit=20', '/cart'] as const;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));

type Get = (path: string) => Promise<number>;

const untilAnswered = async (get: Get, path: string): Promise<number> => {
  const begin = performance.now();
  for (;;) {
    const status = await get(path);
    if (status === 200) return performance.now() - begin;
    if (performance.now() - begin > LEVEL_MS || (status !== 202 && status !== 503)) throw new Error(`${path} answered ${status}`);
    await pause();
  }
};

const latency = async (get: Get, path: string): Promise<number> => {
  const begin = performance.now();
  if ((await get(path)) !== 200) throw new Error(`${path} is not there`);
  return performance.now() - begin;
};

/** How many events a second are read from the log, from its first to its last. */
const scanned = async (folder: string): Promise<{ readonly events: number; readonly ms: number }> => {
  const log = LogForReading.open(folder);
  const begin = performance.now();
  let events = 0;
  try {
    for await (const event of log.readAll()) events += event.revision < 0 ? 0 : 1;
  } finally {
    await log.close();
  }
  return { events, ms: performance.now() - begin };
};

/** A list as it was at almost the end of a long log: the first answer, which is made from the log, and the next ones. */
export const benchAsOf = async (): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const log = join(folder, 'log');
  const rows: BenchRow[] = [];
  await seed(log, { accounts: EVENTS / 50, courses: EVENTS / 200, cartItems: EVENTS * 0.95 });
  const { events, ms } = await scanned(log);
  const server = await startServer('src/main.js', { PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
  try {
    await untilAnswered(async (path) => (await fetch(`${server.url}${path}`)).status, ROUTES[0]);
    const login = await fetch(`${server.url}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(admin) });
    if (!login.ok) throw new Error(`the login of the admin answered ${login.status}`);
    const { accessToken } = (await login.json()) as { accessToken: string };
    const get: Get = async (path) => {
      const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
      await answer.arrayBuffer();
      return answer.status;
    };
    for (const route of ROUTES) await untilAnswered(get, route);
    for (const [place, route] of ROUTES.entries()) {
      const past = `${route}${route.includes('?') ? '&' : '?'}asOf=${events - place - 1}`;
      const first = await untilAnswered(get, past);
      const rate = { measured: (events * 1_000) / first, baseline: (events * 1_000) / ms };
      rows.push({ name: `GET ${route} as of event ${events - place - 1}, for the first time, vs reading the log`, ...rate, unit: 'events/s', ratio: rate.measured / rate.baseline, target: 0.2 });
      const times: { readonly then: number; readonly now: number }[] = [];
      for (let n = 0; n < REQUESTS; n += 1) times.push({ then: await latency(get, past), now: await latency(get, route) });
      const [then, now] = [medianOf(times.map((time) => time.then)), medianOf(times.map((time) => time.now))];
      rows.push({ name: `the same again vs as it is now`, measured: 1_000 / then, baseline: 1_000 / now, unit: 'requests/s', ratio: now / then, target: 1 });
    }
    return rows;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
