import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner } from 'fast-jwt';
import type { BenchRow } from './bench-row.js';
import { startServer, untilServing, type ChildServer } from './child-server.js';
import { compareLoads, CONNECTIONS } from './compare-loads.js';
import { rawGet, rawPost } from './raw-request.js';
import { accountId, courseId, seed, sessionId } from './seed.js';

const ACCOUNTS = 8_000;
const COURSES = 60;
const secret = 'a-secret-of-the-benchmark-32-characters-long';

const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 900_000 });
const tokens = Array.from({ length: ACCOUNTS }, (_, n) => sign({ sub: accountId(n), sid: sessionId(n), role: 'student' }));

/** Each request lays another course into the cart of another student. */
const cartRequests = (): (() => string) => {
  let sent = 0;
  return () => {
    const user = sent % ACCOUNTS;
    const course = courseId(Math.floor(sent / ACCOUNTS) % COURSES);
    sent += 1;
    return rawPost('/cart/items', { courseId: course }, tokens[user]);
  };
};

const courseRequests = (): (() => string) => {
  const request = rawGet(`/courses/${courseId(1)}`);
  return () => request;
};

const compare = (what: string, target: number, bare: ChildServer, registrar: ChildServer, requests: () => () => string): Promise<BenchRow> =>
  compareLoads({
    name: `${what}, ${CONNECTIONS} connections, vs a bare Fastify route`,
    target,
    baseline: { url: bare.url, request: requests() },
    measured: { url: registrar.url, request: requests() },
  });

const json = async (url: string, token?: string, body?: object): Promise<unknown> => {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  return response.json();
};

/** A cart of the size that the measured ones have on average, and a course: the answers that the baseline gives. */
const typicalAnswers = async ({ url }: ChildServer): Promise<string> => {
  const token = tokens[ACCOUNTS - 1];
  let cart: unknown;
  for (let n = 0; n < 8; n += 1) cart = await json(`${url}/cart/items`, token, { courseId: courseId(n) });
  return JSON.stringify({ cart, course: await json(`${url}/courses/${courseId(1)}`) });
};

export const benchHttp = async (): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  await seed(join(folder, 'log'), { accounts: ACCOUNTS, courses: COURSES });
  const registrar = await startServer('src/main.js', {
    PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret,
  });
  await untilServing(registrar);
  const bare = await startServer('bench/bare-server.js', { JWT_SECRET: secret, ANSWERS: await typicalAnswers(registrar) });
  try {
    return [
      await compare('POST /cart/items, each answer durable and visible', 0.6, bare, registrar, cartRequests),
      await compare('GET /courses/:id', 0.85, bare, registrar, courseRequests),
    ];
  } finally {
    await registrar.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
