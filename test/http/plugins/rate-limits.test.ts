import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'], config: { rateLimit: true } });
t.teardown(() => app.close());

const logIn = (email: string, remoteAddress = '10.0.0.1') =>
  app.inject({ method: 'POST', url: '/auth/login', payload: { email, password: 'wrong horse' }, remoteAddress });

t.test('one account\'s password is not guessed, and others may still log in', async (t) => {
  const ada = await app.signUp();
  for (let tries = 0; tries < 10; tries += 1) t.equal((await logIn(ada.email)).statusCode, 401);
  const refused = await logIn(` ${ada.email.toUpperCase()}`.trim());
  t.equal(refused.statusCode, 429);
  t.match(refused.headers, { 'retry-after': /^\d+$/, 'content-type': /problem\+json/ });
  t.match(refused.json(), { code: 'too-many-requests' });
  t.equal((await logIn('somebody.else@example.org')).statusCode, 401);
  t.equal((await logIn(ada.email, '10.0.0.2')).statusCode, 401, 'the person at home is not locked out');
});

t.test('one client does not try all accounts', async (t) => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 125; tries += 1) statuses.push((await logIn(`person.${tries}@example.org`, '10.0.0.3')).statusCode);
  t.ok(statuses.slice(0, 100).every((status) => status === 401));
  t.equal(statuses.at(-1), 429);
});

t.test('health and metrics are never limited', async (t) => {
  t.equal((await app.inject({ url: '/health' })).headers['x-ratelimit-limit'], undefined);
});

t.test('a request that would wait for a position is counted before it waits', async (t) => {
  const waiting = (position: string) =>
    app.inject({ url: '/courses', headers: { 'x-min-position': position }, remoteAddress: '10.0.0.9' });
  const before = Number((await app.inject({ url: '/courses', remoteAddress: '10.0.0.9' })).headers['x-ratelimit-remaining']);
  const refused = await waiting('not a position');
  t.equal(refused.statusCode, 400);
  t.equal(refused.headers['x-ratelimit-remaining'], String(before - 1));
  t.equal((await waiting('0')).headers['x-ratelimit-remaining'], String(before - 2));
});
