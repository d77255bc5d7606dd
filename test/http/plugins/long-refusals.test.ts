import t from 'tap';
import { MemoryRecordedAnswers } from '../../doubles/memory-recorded-answers.js';
import { createTestApp } from '../../fixtures/test-app.js';

const LONGEST_ANSWER = 16_384;

const answers = new MemoryRecordedAnswers();
const app = await createTestApp({
  answers,
  routes: async (app) => {
    app.post('/long', { config: { access: 'public' } }, async () => ({ text: 'x'.repeat(200_000) }));
  },
});
t.teardown(() => app.close());
const { headers } = await app.signUp('admin');

const wrong: readonly (readonly [string, string])[] = [
  ['numbers', JSON.stringify(Array.from({ length: 250_000 }, () => 1))],
  ['a few wrong ones', JSON.stringify(Array.from({ length: 120 }, () => 1))],
  ['objects', JSON.stringify(Array.from({ length: 100_000 }, () => ({})))],
  ['long texts', JSON.stringify(Array.from({ length: 90 }, () => `${'é'.repeat(5_000)} `))],
  ['one long text', JSON.stringify('\u0001'.repeat(150_000))],
  ['an object of many names', JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`name${index}`, { a: 1 }])))],
  ['a long name', JSON.stringify({ ['\u0001'.repeat(100_000)]: { a: 1 }, ['é'.repeat(90)]: { a: 1 } })],
];

const targets = [
  ['DELETE', '/cart/items', ['courseIds']],
  ['POST', '/courses', ['title', 'tags', 'level', 'description']],
  ['POST', '/payments', ['courseIds', 'billingData', 'amount']],
  ['POST', '/invoices', ['items', 'courseIds', 'billingData']],
  ['POST', '/discounts', ['code', 'value']],
  ['POST', '/auth/register', ['name', 'email', 'password']],
  ['POST', '/api/auth/register', ['email', 'role']],
  ['POST', '/api/v2/user/login-user', ['email', 'password']],
  ['PUT', '/api/v2/user/update-user-addresses', ['city', 'zipCode']],
] as const;

t.test('issue 9.2: a refusal names at most ten errors in less than 16 kB, and nothing of it is kept', async (t) => {
  for (const [method, url, fields] of targets) {
    for (const [name, value] of wrong) {
      const payload = `{${fields.map((field) => `"${field}":${value}`).join(',')}}`;
      if (Buffer.byteLength(payload) > 1_000_000) continue;
      const key = { 'idempotency-key': `${url} ${name}`.replaceAll(/\W/g, '-') };
      const answer = await app.inject({ method, url, payload, headers: { ...headers, ...key, 'content-type': 'application/json' } });
      t.equal(answer.statusCode, 400, `${method} ${url} ${name}: ${answer.body.slice(0, 300)}`);
      t.ok(Buffer.byteLength(answer.body) < LONGEST_ANSWER, `${answer.body.length}`);
      const { errors, data } = answer.json<{ errors?: unknown[]; data?: { errors: unknown[] } }>();
      const named = errors ?? data?.errors ?? [];
      t.ok(named.length > 0 && named.length <= 10, `${named.length} errors`);
    }
  }
  t.notMatch(answers.contents(), /must |required/);
});

t.test('issue 9.2: a small body is told all that is wrong with it', async (t) => {
  const { errors } = (await app.inject({ method: 'POST', url: '/courses', headers, payload: { title: '', level: 'odd', tags: [1] } })).json<{ errors: { field: string }[] }>();
  t.same(new Set(errors.map(({ field }) => field)), new Set(['title', 'level', 'tags.0', 'description', 'category', 'price']));
});

t.test('issue 9.2: a long query or path makes no long answer', async (t) => {
  const long = 'x'.repeat(14_000);
  for (const url of [`/courses?page=${long}`, `/courses?${'page=a&'.repeat(2_000)}`, `/${long}`, `/courses/${long}`, `/api/auth/${long}`, `/api/v2/user/${long}`, `/%zz${long}`]) {
    const answer = await app.inject({ url, headers });
    t.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${answer.statusCode}`);
    t.ok(Buffer.byteLength(answer.body) < 2_048, `${url.slice(0, 20)}: ${answer.body.length}`);
  }
});

t.test('issue 9.2: a long answer is not kept under a key', async (t) => {
  const answer = await app.inject({ method: 'POST', url: '/long', payload: {}, headers: { 'idempotency-key': 'long' } });
  t.equal(answer.statusCode, 200);
  t.ok(answers.contents().length < 100_000);
});
