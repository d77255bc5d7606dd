import t from 'tap';
import { formOf } from './form.js';
import { BASE, createUsersApp } from './users-app.js';

const app = await createUsersApp();
t.teardown(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };

const refused = (name: string, ask: () => ReturnType<typeof app.inject>, status: number, code: string) =>
  t.test(name, async (t) => {
    const answer = await ask();
    t.equal(answer.statusCode, status, answer.body);
    t.match(answer.headers, { 'content-type': /^application\/json/ });
    const body = answer.json<Record<string, unknown>>();
    t.match(body, { success: false, message: /./, code });
    t.notOk('detail' in body || 'type' in body, 'no problem details');
  });

const post = (path: string, payload: string | Buffer, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: `${BASE}${path}`, payload, headers });
const multipart = (contentType = formOf({ email: 'a@example.com' }).contentType) => ({ 'content-type': contentType });
const { payload: someForm } = formOf({ email: 'a@example.com' });

void refused('malformed JSON', () => post('/login-user', '{"email":', JSON_TYPE), 400, 'malformed-json');
void refused('JSON that would change a prototype', () => post('/login-user', '{"__proto__":{"x":1}}', JSON_TYPE), 400, 'malformed-json');
void refused('no body', () => post('/login-user', '', JSON_TYPE), 400, 'validation-failed');
void refused('a body of 10 MB', () => post('/login-user', JSON.stringify({ email: 'x'.repeat(10 * 1_048_576) }), JSON_TYPE), 413, 'payload-too-large');
void refused('another content type', () => post('/login-user', '<login/>', { 'content-type': 'application/xml' }), 415, 'unsupported-media-type');
void refused('a form where JSON is taken', () => post('/login-user', someForm, multipart()), 415, 'unsupported-media-type');
void refused('JSON where a form is taken', () => post('/create-user', '{}', JSON_TYPE), 415, 'unsupported-media-type');
void refused('nothing where a form is taken', () => app.inject({ method: 'POST', url: `${BASE}/create-user` }), 415, 'unsupported-media-type');
void refused('a form without a boundary', () => post('/create-user', someForm, multipart('multipart/form-data')), 400, 'malformed-form');
void refused('a form with another boundary', () => post('/create-user', someForm, multipart('multipart/form-data; boundary=x')), 400, 'malformed-form');
void refused('an empty form', () => post('/create-user', '', multipart()), 400, 'validation-failed');
void refused('a form that stops', () => post('/create-user', someForm.subarray(0, 60), multipart()), 400, 'malformed-form');
void refused('rubbish for a form', () => post('/create-user', Buffer.alloc(5_000, 0xfe), multipart()), 400, 'malformed-form');
void refused('a field of a prototype', () => post('/create-user', formOf({ toString: 'x' }).payload, multipart()), 400, 'bad-request');
void refused('a field twice', () => post('/create-user', formOf([['email', 'a@b.co'], ['email', 'c@d.co']]).payload, multipart()), 400, 'validation-failed');
void refused('a field of 20 kB', () => post('/create-user', formOf({ email: 'x'.repeat(20_000) }).payload, multipart()), 400, 'validation-failed');
void refused(
  'a thousand fields',
  () => post('/create-user', formOf(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'x'] as const)).payload, multipart()),
  400,
  'validation-failed',
);
void refused('an unknown path', () => app.inject({ method: 'GET', url: `${BASE}/nothing-here` }), 404, 'no-such-route');
void refused('the base path', () => app.inject({ method: 'GET', url: BASE }), 404, 'no-such-route');
void refused('another method', () => app.inject({ method: 'POST', url: `${BASE}/getuser` }), 405, 'method-not-allowed');
void refused('no token', () => app.inject({ method: 'GET', url: `${BASE}/getuser` }), 401, 'unauthenticated');
void refused('a path that cannot be read', () => app.inject({ method: 'GET', url: `${BASE}/user-info/%E0%A4%A` }), 400, 'bad-request');

t.test('a trailing slash does not matter', async (t) => {
  const { headers } = await app.person();
  t.equal((await app.send('GET', '/getuser/', undefined, headers)).statusCode, 200);
});

t.test('elsewhere errors are as they were', async (t) => {
  t.match((await app.inject({ method: 'GET', url: '/api/v2/users' })).headers, { 'content-type': /problem\+json/ });
  t.match((await app.inject({ method: 'GET', url: '/files/avatars/none.png' })).headers, { 'content-type': /problem\+json/ });
});

t.test('a failure of the server says nothing of itself, and 500 is in the envelope', async (t) => {
  const failing = await createUsersApp({
    services: (services) => ({ ...services, readModels: { ...services.readModels, get: async () => Promise.reject(new Error('disk on fire')) } }),
  });
  t.teardown(() => failing.close());
  const answer = await failing.send('GET', '/user-info/somebody');
  t.match([answer.statusCode, answer.json()], [500, { success: false, code: 'internal-error' }]);
  t.notMatch(answer.body, /fire/);
});

t.test('what the read models do not show in time is answered 202', async (t) => {
  const behind = await createUsersApp({
    services: (services) => ({ ...services, progress: { ...services.progress, waitFor: async () => false } }),
  });
  t.teardown(() => behind.close());
  const answer = await behind.newUser({ email: 'early@example.com' });
  t.match([answer.statusCode, answer.json()], [202, { success: true, position: /^\d+$/ }]);
  t.ok(await behind.idOf('early@example.com'));
});

t.test('credentials and codes are tried ten times a minute', async (t) => {
  const limited = await createUsersApp({ config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const tries: readonly [string, object][] = [
    ['/login-user', { email: 'a@example.com', password: 'wrong one' }],
    ['/activation', { email: 'a@example.com', otp: '123456' }],
    ['/resend-otp', { email: 'a@example.com' }],
    ['/forgot-password', { email: 'a@example.com' }],
    ['/reset-password', { email: 'a@example.com', otp: '123456', newPassword: 'secret1', confirmPassword: 'secret1' }],
  ];
  for (const [path, payload] of tries) {
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await limited.send('POST', path, payload)).statusCode);
    t.same([statuses.slice(0, 10).includes(429), statuses[10]], [false, 429], path);
  }
  const answer = await limited.send('POST', '/login-user', { email: 'a@example.com', password: 'wrong one' });
  t.match(answer.json(), { success: false, code: 'too-many-requests' });
  t.match(answer.headers, { 'retry-after': /^\d+$/ });
  t.equal((await limited.send('POST', '/login-user', { email: 'b@example.com', password: 'wrong one' })).statusCode, 400, 'others are let in');
});
