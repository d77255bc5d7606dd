import { Type } from 'typebox';
import t from 'tap';
import { StreamContended } from '../../../src/commands/write-path/command-handler.js';
import { EventStoreUnavailable } from '../../../src/ports/event-store.js';
import { ReadModelsUnavailable } from '../../../src/ports/read-models.js';
import { createTestApp } from '../../fixtures/test-app.js';

const lines: string[] = [];
const failures = { bug: new Error('a secret of the inside'), contended: new StreamContended('x'), down: new EventStoreUnavailable('x'), unread: new ReadModelsUnavailable('x') };

const app = await createTestApp({
  config: { logLevel: 'info' },
  logStream: { write: (line) => void lines.push(line) },
  routes: async (app) => {
    const body = Type.Object({
      name: Type.String({ minLength: 2 }),
      items: Type.Optional(Type.Array(Type.Object({ price: Type.Number() }))),
      nested: Type.Optional(Type.Object({ kept: Type.String() })),
    });
    app.post('/probe', { schema: { body }, config: { access: 'account' } }, async ({ body }) => body);
    app.get('/probe', { schema: { querystring: Type.Object({ n: Type.Integer() }) }, config: { access: ['admin'] } }, async ({ query }) => query);
    app.get('/failing/:how', { config: { access: 'public' } }, async ({ params }) => {
      throw failures[(params as { how: keyof typeof failures }).how];
    });
  },
});
t.teardown(() => app.close());
const { headers } = await app.signUp();
const admin = await app.signUp('admin');

const post = (payload: string | object, more: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/probe', headers: { ...headers, ...more }, payload });
const json = { 'content-type': 'application/json' };

t.test('a wrong body names each field, and where it is', async (t) => {
  const answer = await post({ name: 'a', items: [{ price: 1 }, { price: '2' }, {}] });
  t.equal(answer.statusCode, 400);
  t.match(answer.headers, { 'content-type': /^application\/problem\+json/ });
  t.match(answer.json(), { type: 'about:blank', title: 'Bad Request', status: 400, code: 'validation-failed', instance: /^urn:request:/ });
  const { errors } = answer.json<{ errors: { field: string }[] }>();
  t.strictSame(errors.map(({ field }) => field), ['name', 'items.1.price', 'items.2.price']);
});

t.test('unknown fields are dropped, at any depth', async (t) => {
  t.strictSame((await post({ name: 'abc', x: 1, nested: { kept: 'k', y: 2 } })).json(), { name: 'abc', nested: { kept: 'k' } });
});

t.test('a body says what it means, a query is text', async (t) => {
  t.match((await post({ name: 12 })).json(), { status: 400, errors: [{ field: 'name' }] });
  const query = (n: string) => app.inject({ url: `/probe?n=${n}`, headers: admin.headers });
  t.strictSame((await query('12')).json(), { n: 12 });
  t.match((await query('many')).json(), { status: 400, errors: [{ field: 'n' }] });
});

t.test('what is no JSON object is refused', async (t) => {
  t.match((await post('{"name":', json)).json(), { status: 400, code: 'malformed-json' });
  t.match((await post('{"__proto__":{"admin":true},"name":"abc"}', json)).json(), { status: 400, code: 'malformed-json' });
  t.match((await post('{"name":"abc \\ud83d"}', json)).json(), { status: 400, code: 'malformed-json' }, 'half of a character');
  t.match((await post('{"\\udc00":1,"name":"abc"}', json)).json(), { status: 400, code: 'malformed-json' }, 'half of a character in a name');
  t.equal((await post('{"name":"abc \\ud83d\\ude00"}', json)).statusCode, 200, 'a whole character');
  t.match((await post('', json)).json(), { status: 400, errors: [{ field: 'body' }] });
  t.match((await post('[]', json)).json(), { status: 400, errors: [{ field: 'body' }] });
  t.match((await post('null', json)).json(), { status: 400, errors: [{ field: 'body' }] });
  t.equal((await post('<a/>', { 'content-type': 'text/xml' })).statusCode, 415);
  t.equal((await post('name=abc', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode, 415);
  const form = await post('--x--', { 'content-type': 'multipart/form-data; boundary=x' });
  t.match([form.statusCode, form.json()], [415, { code: 'unsupported-media-type', detail: 'This takes application/json.' }]);
  t.equal((await post({ name: 'a'.repeat(10_000_000) })).statusCode, 413);
});

t.test('what nobody answers', async (t) => {
  t.match((await app.inject({ url: '/nowhere' })).json(), { status: 404, code: 'no-such-route' });
  const wrongMethod = await app.inject({ method: 'DELETE', url: '/probe' });
  t.equal(wrongMethod.statusCode, 405);
  t.match(wrongMethod.headers, { allow: /POST/, 'content-type': /problem\+json/ });
  t.match((await app.inject({ url: '/auth/user/%ff' })).json(), { status: 400 });
  t.match((await app.inject({ url: `/auth/user/${'a'.repeat(2_000)}` })).json(), { status: 414 });
});

t.test('a trailing slash does not matter', async (t) => {
  t.equal((await app.inject({ method: 'POST', url: '/probe/', headers, payload: { name: 'abc' } })).statusCode, 200);
});

t.test('who may', async (t) => {
  const query = (more: Record<string, string>) => app.inject({ url: '/probe?n=1', headers: more });
  t.equal((await query({})).statusCode, 401);
  t.match((await query(headers)).json(), { status: 403, code: 'forbidden' });
  t.equal((await query(admin.headers)).statusCode, 200);
});

t.test('a route that does not say who may call it stops the start', async (t) => {
  const starting = createTestApp({
    surfaces: [],
    routes: async (app) => {
      app.get('/open', async () => 'oops');
    },
  });
  await t.rejects(starting, /No config.access: GET \/open/);
});

t.test('a bug tells nothing outside, and everything in the log', async (t) => {
  const answer = await app.inject({ url: '/failing/bug' });
  t.equal(answer.statusCode, 500);
  t.match(answer.json(), { code: 'internal-error' });
  t.notMatch(answer.body, /secret|stack/);
  t.ok(lines.some((line) => line.includes('a secret of the inside') && line.includes(String(answer.headers['x-request-id']))));
});

t.test('what may go better in a moment says so', async (t) => {
  for (const how of ['contended', 'down', 'unread']) {
    const answer = await app.inject({ url: `/failing/${how}` });
    t.equal(answer.statusCode, 503);
    t.match(answer.headers, { 'retry-after': '1' });
  }
});

t.test('a sane request id is kept, another is replaced', async (t) => {
  const idFor = async (id: string) => (await app.inject({ url: '/nowhere', headers: { 'x-request-id': id } })).headers['x-request-id'];
  t.equal(await idFor('0193a1b2-aaaa-7bbb-8ccc-0123456789ab'), '0193a1b2-aaaa-7bbb-8ccc-0123456789ab');
  const [one, another] = [await idFor('<script>'), await idFor('<script>')];
  t.match(one, /^[\w-]{12}-[0-9a-z]+$/);
  t.not(one, another);
});

t.test('no log line holds a secret or an address', async (t) => {
  const ada = await app.signUp();
  await app.inject({ url: `/auth/user/${ada.email}` });
  await app.inject({ url: '/users/search', query: { email: ada.email }, headers: ada.headers });
  await app.inject({ method: 'POST', url: '/auth/login', payload: { email: ada.email, password: 'wrong horse' } });
  const log = lines.join('');
  for (const secret of [ada.email, encodeURIComponent(ada.email), ada.password, 'wrong horse', ada.token, ada.refreshToken]) {
    t.notOk(log.includes(secret), secret);
  }
  t.match(log, ada.id);
});

t.test('security headers and CORS', async (t) => {
  const answer = await app.inject({ url: '/health', headers: { origin: 'https://shop.example' } });
  t.match(answer.headers, {
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': 'https://shop.example',
    'access-control-expose-headers': /x-position/,
  });
  const foreign = await app.inject({ url: '/health', headers: { origin: 'https://evil.example' } });
  t.equal(foreign.headers['access-control-allow-origin'], undefined);
});

t.test('metrics are by route, never by path', async (t) => {
  const { body } = await app.inject({ url: '/metrics' });
  t.match(body, /registrar_http_request_duration_seconds_count\{method="GET",route="\/auth\/user\/:email",status="200"\}/);
  t.match(body, /registrar_projection_lag\{projection="accounts",unit="events"\} \d/);
  t.match(body, /registrar_projection_lag_seconds\{projection="accounts"\} \d/);
  t.match(body, /registrar_event_log_head\{unit="events"\} \d+/);
  t.notMatch(body, '@example.org');
});

t.test('health', async (t) => {
  const up = await app.inject({ url: '/health' });
  t.equal(up.statusCode, 200);
  t.match(up.json(), { status: 'ok', projections: [{ projection: 'accounts', checkpoint: /^\d+$/ }] });
  const ill = await createTestApp({
    surfaces: ['marketplace'],
    health: async () => ({ parts: { eventStore: { status: 'down', detail: 'closed' } }, projections: [], unavailable: [], workers: [{ worker: 'relay', secondsBehind: 7.5 }], deadLetters: { mails: 1 } }),
  });
  t.teardown(() => ill.close());
  const down = await ill.inject({ url: '/health' });
  t.equal(down.statusCode, 503);
  t.strictSame(down.json(), {
    status: 'unavailable',
    parts: { eventStore: { status: 'down', detail: 'closed' }, projector: { status: 'up' } },
    projections: [],
    workers: [{ worker: 'relay', secondsBehind: 7.5 }],
    deadLetters: { mails: 1 },
  });
  const building = { projection: 'sessions', state: 'building', since: '2026-03-01T12:00:00.000Z', reason: 'version 1 is being built' } as const;
  const busy = await createTestApp({ surfaces: ['marketplace'], health: async () => ({ parts: {}, projections: [], unavailable: [building], workers: [], deadLetters: {} }) });
  t.teardown(() => busy.close());
  t.match((await busy.inject({ url: '/health' })).json(), { status: 'unavailable', parts: { projector: { status: 'down', detail: /sessions: building/ } } }, 'also while a busy process can not tell how far they are');
  t.match((await ill.inject({ url: '/metrics' })).body, /registrar_part_up\{part="eventStore"\} 0\n/);
  t.match((await ill.inject({ url: '/metrics' })).body, /registrar_worker_lag_seconds\{worker="relay"\} 7\.5\n/);
});
