import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { createSigner } from 'fast-jwt';
import type { BenchRow } from './bench-row.js';
import { startServer, type ChildServer } from './child-server.js';
import { accountId, courseId, seed, sessionId } from './seed.js';

const ACCOUNTS = 8_000;
const COURSES = 60;
const CONNECTIONS = 50;
const SECONDS = 5;
const secret = 'a-secret-of-the-benchmark-32-characters-long';

const sign = createSigner({ key: secret, iss: 'registrar', expiresIn: 900_000 });
const tokens = Array.from({ length: ACCOUNTS }, (_, n) => sign({ sub: accountId(n), sid: sessionId(n), role: 'student' }));

const load = async (options: autocannon.Options): Promise<number> => {
  const result = await autocannon({ connections: CONNECTIONS, duration: SECONDS, ...options });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
};

/** Each request lays another course into the cart of another student. */
const fillCarts = (url: string): (() => Promise<number>) => {
  let sent = 0;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    const user = sent % ACCOUNTS;
    const course = Math.floor(sent / ACCOUNTS) % COURSES;
    sent += 1;
    return {
      ...request,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[user]}` },
      body: JSON.stringify({ courseId: courseId(course) }),
    };
  };
  return () => load({ url, requests: [{ method: 'POST', path: '/cart/items', setupRequest }] });
};

const readCourse = (url: string): (() => Promise<number>) => () => load({ url: `${url}/courses/${courseId(1)}` });

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
  const registrar = await startServer('dist/main.js', {
    PORT: '0', DATA_DIR: folder, RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret,
  });
  const bare = await startServer('bench/bare-server.ts', { JWT_SECRET: secret, ANSWERS: await typicalAnswers(registrar) });
  try {
    const carts = [fillCarts(bare.url), fillCarts(registrar.url)] as const;
    const courses = [readCourse(bare.url), readCourse(registrar.url)] as const;
    await carts[0]();
    const cartBaseline = await carts[0]();
    await carts[1]();
    const cart = await carts[1]();
    await courses[0]();
    const courseBaseline = await courses[0]();
    await courses[1]();
    const course = await courses[1]();
    return [
      {
        name: `POST /cart/items, ${CONNECTIONS} connections, each answer durable and visible, vs a bare Fastify route`,
        measured: cart, baseline: cartBaseline, unit: '1/s', ratio: cart / cartBaseline, target: 0.5,
      },
      {
        name: `GET /courses/:id, ${CONNECTIONS} connections, vs a bare Fastify route`,
        measured: course, baseline: courseBaseline, unit: '1/s', ratio: course / courseBaseline, target: 0.7,
      },
    ];
  } finally {
    await registrar.stop();
    await bare.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
