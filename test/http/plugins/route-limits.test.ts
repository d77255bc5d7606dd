import type { FastifyInstance } from 'fastify';
import t from 'tap';
import { Type } from 'typebox';
import { WindowCounter } from '../../../src/http/plugins/window-counter.js';
import { Problem } from '../../../src/http/shared/problem.js';
import { CacheShare } from '../../../src/primitives/cache-budget.js';
import { createTestApp } from '../../fixtures/test-app.js';

const HOUR_MS = 3_600_000;
const limit = { max: 3, windowMs: HOUR_MS };
const answers: Readonly<Record<string, () => unknown>> = {
  right: () => ({ answer: 'right' }),
  wrong: () => {
    throw new Problem(400, 'wrong', 'That is wrong.');
  },
  broken: () => {
    throw new Error('on our side');
  },
};
let held: (() => void) | undefined;

const madeUpRoutes = async (app: FastifyInstance): Promise<void> => {
  const body = Type.Object({ answer: Type.String(), email: Type.Optional(Type.String()) });
  const answer = async ({ body: sent }: { readonly body: unknown }) => {
    const { answer: wanted } = sent as { answer: string };
    if (wanted === 'held') await new Promise<void>((resolve) => (held = resolve));
    return answers[wanted]?.() ?? answers['right']?.();
  };
  app.post('/failures', { schema: { body }, config: { access: 'public', limits: { failuresPerAccount: limit } } }, answer);
  app.post('/requests', { schema: { body }, config: { access: 'public', limits: { requestsPerAccount: limit } } }, answer);
};

const app = await createTestApp({ config: { rateLimit: true, logLevel: 'silent' }, routes: madeUpRoutes });
t.teardown(() => app.close());

interface Asked {
  readonly url?: string;
  readonly email?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
}

const ask = (answer: string, { url = '/failures', email, headers = {}, from = '10.1.0.1' }: Asked = {}) =>
  app.inject({ method: 'POST', url, payload: { answer, ...(email === undefined ? {} : { email }) }, headers, remoteAddress: from });
const statusOf = async (answer: string, asked?: Asked): Promise<number> => (await ask(answer, asked)).statusCode;

t.test('only failures count, and after the window nothing is left of them', async (t) => {
  const ada = await app.signUp();
  const asked = { headers: ada.headers };
  for (let tries = 0; tries < 10; tries += 1) t.equal(await statusOf('right', asked), 200);
  for (let tries = 0; tries < 3; tries += 1) t.equal(await statusOf('wrong', asked), 400);
  const refused = await ask('right', asked);
  t.equal(refused.statusCode, 429);
  t.equal(refused.headers['retry-after'], '3600');
  t.equal(await statusOf('right', { ...asked, from: '10.1.0.2' }), 429, 'it is the account that is limited, wherever it calls from');
  app.clock.advance(HOUR_MS);
  t.equal(await statusOf('wrong', asked), 400);
});

t.test('what goes wrong on our side is no failure of the caller', async (t) => {
  const ada = await app.signUp();
  for (let tries = 0; tries < 5; tries += 1) t.equal(await statusOf('broken', { headers: ada.headers }), 500);
  t.equal(await statusOf('right', { headers: ada.headers }), 200);
});

t.test('accounts do not share a count; without a token the email that is tried is the account', async (t) => {
  const eve = { email: 'Eve@Example.org', from: '10.1.0.3' };
  for (let tries = 0; tries < 3; tries += 1) t.equal(await statusOf('wrong', eve), 400);
  t.equal(await statusOf('right', { email: ' eve@example.org ', from: '10.1.0.4' }), 429);
  t.equal(await statusOf('right', { email: 'bob@example.org', from: '10.1.0.3' }), 200);
  t.equal(await statusOf('right', { headers: (await app.signUp()).headers, from: '10.1.0.3' }), 200);
});

t.test('without account and email the client address is counted', async (t) => {
  for (let tries = 0; tries < 3; tries += 1) t.equal(await statusOf('wrong', { from: '10.1.0.5' }), 400);
  t.equal(await statusOf('right', { from: '10.1.0.5' }), 429);
  t.equal(await statusOf('right', { from: '10.1.0.6' }), 200);
});

t.test('guesses side by side count before they are answered', async (t) => {
  const asked = { email: 'side@example.org' };
  for (let tries = 0; tries < 2; tries += 1) t.equal(await statusOf('wrong', asked), 400);
  const first = ask('held', asked);
  await t.resolves(until(() => held !== undefined));
  t.equal(await statusOf('right', asked), 429, 'the one under way might fail');
  held?.();
  t.equal((await first).statusCode, 200);
  t.equal(await statusOf('right', asked), 200, 'it did not');
});

t.test('a limit may count all requests', async (t) => {
  const asked = { url: '/requests', email: 'all@example.org' };
  for (let tries = 0; tries < 3; tries += 1) t.equal(await statusOf('right', asked), 200);
  t.equal(await statusOf('right', asked), 429);
});

t.test('a counter keeps a bounded number of keys, and those in use longest', async (t) => {
  const counter = new WindowCounter({ max: 1, windowMs: HOUR_MS }, new CacheShare(20_000));
  const now = new Date('2026-03-01T12:00:00Z');
  t.equal(counter.take('ada', now), 0);
  for (let other = 0; other < 1_000; other += 1) {
    counter.take(`other ${other}`, now);
    t.equal(counter.take('ada', now), HOUR_MS, { diagnostic: false });
  }
  t.equal(counter.take('other 0', now), 0, 'long forgotten');
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => setImmediate(resolve));
}
