import t from 'tap';
import { FakeClock } from '../../doubles/fake-clock.js';
import { founded, joined } from '../../fixtures/organizations.js';
import { createTestApp, type SignedUp } from '../../fixtures/test-app.js';

const clock = new FakeClock();
const app = await createTestApp({ surfaces: ['marketplace', 'authentication', 'users', 'audit'], clock });
t.teardown(() => app.close());

const admin = await app.signUp('admin');
const ada = await app.signUp('instructor', 'Ada');
const sam = await app.signUp('student', 'Sam');

const auditors = { email: 'auditor@example.org', password: 'correct horse' };
const registered = await app.inject({ method: 'POST', url: '/auth/register', headers: admin.headers, payload: { name: 'Auditor', role: 'auditor', ...auditors } });
const { id: auditorId } = registered.json<{ id: string }>();
const { accessToken } = (await app.inject({ method: 'POST', url: '/auth/login', payload: auditors })).json<{ accessToken: string }>();
const auditor = { ...admin, headers: { authorization: `Bearer ${accessToken}` } };

const get = async (url: string, by: SignedUp | null = admin, headers: Record<string, string> = {}) => {
  const { statusCode, body, headers: answered } = await app.inject({ url, headers: { ...by?.headers, ...headers, 'x-request-id': 'the-same-each-time' } });
  return { status: statusCode, body, asOf: answered['x-as-of'], type: answered['content-type'], retryAfter: answered['retry-after'] };
};
const post = (by: SignedUp, url: string, payload: object) => app.inject({ method: 'POST', url, headers: by.headers, payload });
const head = async (): Promise<string> => String(await app.store.head());

const newCourse = { title: 'Fugues', description: 'How to', level: 'advanced', category: 'music', isPublished: true, price: 10 };

t.test('a list and a thing are what they were, at a position and at a time', async (t) => {
  const before = await head();
  const empty = await get('/courses');
  const made = await post(ada, '/courses', newCourse);
  const url = `/courses/${made.json<{ id: string }>().id}`;
  const [first, list, position, time] = [await get(url), await get('/courses'), await head(), clock.now().toISOString()];
  clock.advance(60_000);
  await app.inject({ method: 'PATCH', url, headers: ada.headers, payload: { title: 'Canons' } });
  const changed = await get(url);
  t.notSame(changed.body, first.body);
  const inJakarta = new Date(Date.parse(time) + 7 * 3_600_000).toISOString().replace('Z', '%2B07:00');
  const inNewYork = new Date(Date.parse(time) - 5 * 3_600_000).toISOString().replace('Z', '-05:00');
  for (const asked of [position, time, time.replace('Z', '%2B00:00'), time.replace('Z', '+00:00'), inJakarta, inNewYork]) {
    t.same(await get(`${url}?asOf=${asked}`), { ...first, asOf: position }, asked);
    t.same(await get(`/courses?asOf=${asked}`, auditor), { ...list, asOf: position }, asked);
  }
  t.same(await get(`/courses?asOf=${before}`), { ...empty, asOf: before });
  t.match(await get(`${url}?asOf=${before}`), { status: 404, asOf: before });
  t.same(await get(`${url}?asOf=${await head()}`), { ...changed, asOf: await head() });
  t.equal((await get('/courses?asOf=0')).asOf, '0', 'before the first event');
  t.equal((await get('/courses?asOf=2001-01-01T00:00:00Z')).asOf, '0');
});

t.test('it is for admins and auditors, as they are today', async (t) => {
  t.equal((await get('/courses?asOf=1', null)).status, 401);
  t.match(await get('/courses?asOf=1', sam), { status: 403, type: /^application\/problem\+json/ });
  t.match(JSON.parse((await get('/api/auth/profile?asOf=1', sam)).body), { success: false, statusCode: 403 }, 'in the envelope of the surface');
  const organizationId = await founded(app.services.commands, ada.id);
  await joined(app.services.commands, { organizationId, by: ada.id, userId: auditorId });
  await app.caughtUp();
  const [url, then] = [`/organizations/${organizationId}/members`, await head()];
  const [members, asAdmin] = [await get(url, auditor), await get(url)];
  t.equal(members.status, 200);
  t.same(await get(`${url}?asOf=${then}`, auditor), { ...members, asOf: then });
  t.equal((await app.inject({ method: 'DELETE', url: `${url}/${auditorId}`, headers: ada.headers })).statusCode, 200);
  t.equal((await get(`${url}?asOf=${then}`, auditor)).status, 403, 'a member of then, who is none today');
  t.same(await get(`${url}?asOf=${then}`), { ...asAdmin, asOf: then }, 'an admin still may');
});

t.test('whoever was an auditor then and is none today asks for no moment', async (t) => {
  const lena = await app.signUp('student', 'Lena');
  const auditing = `/audit/auditors/${lena.id}`;
  t.equal((await app.inject({ method: 'PUT', url: auditing, headers: admin.headers })).statusCode, 200);
  const then = await head();
  t.equal((await get(`/courses?asOf=${then}`, lena)).status, 200);
  t.equal((await app.inject({ method: 'DELETE', url: auditing, headers: admin.headers })).statusCode, 200);
  t.equal((await get(`/courses?asOf=${then}`, lena)).status, 403);
});

t.test('what takes longer than a request should wait is under way: 202, until it is there', async (t) => {
  const slow = await createTestApp({ surfaces: ['marketplace', 'authentication'], patienceMs: 1 });
  t.teardown(() => slow.close());
  const { headers } = await slow.signUp('admin');
  const ask = () => slow.inject({ url: '/courses?asOf=1', headers });
  const first = await ask();
  t.match(first, { statusCode: 202, headers: { 'retry-after': '5', 'x-as-of': '1' } });
  t.match(first.json(), { status: 'building', position: '1' });
  const { percent } = first.json<{ percent: number }>();
  t.ok(Number.isInteger(percent) && percent >= 0 && percent <= 100);
  let answer = first;
  while (answer.statusCode === 202) answer = await ask();
  t.match(answer, { statusCode: 200, headers: { 'x-as-of': '1' } });
});

t.test('what is no moment is refused, and so is what can only be asked as it is now', async (t) => {
  for (const asked of ['', 'yesterday', '-1', '1.5', '2026-02-30T00:00:00Z', '2026-02-03', '2026-02-03T10:00:00', '9'.repeat(40), '1&asOf=2']) {
    t.match(JSON.parse((await get(`/courses?asOf=${asked}`)).body), { status: 400, errors: [{ field: 'asOf' }] }, asked);
  }
  t.match(JSON.parse((await get(`/courses?asOf=${Number(await head()) + 1}`)).body), { status: 400, errors: [{ field: 'asOf', message: /not come yet/ }] });
  t.match(JSON.parse((await get('/courses?asOf=2999-01-01T00:00:00Z')).body), { status: 400, errors: [{ field: 'asOf' }] });
  t.match(JSON.parse((await get('/health?asOf=1')).body), { code: 'as-of-unsupported' });
  t.match(JSON.parse((await get('/invoices/1/pdf?asOf=1')).body), { code: 'as-of-unsupported' });
  t.equal((await get('/courses?limit=no&asOf=1')).status, 400, 'the form of the query counts as ever');
  t.equal((await get('/nothing?asOf=1')).status, 404);
});

t.test('a question about a moment of the audit is recorded once, with the moment', async (t) => {
  const [url, position] = [`/audit/streams/account-${sam.id}`, await head()];
  t.equal((await get(`${url}?asOf=${position}`, auditor)).status, 200);
  const recorded: string[] = [];
  for await (const { type, data } of app.store.readAll({ after: BigInt(position) })) if (type === 'AuditRead') recorded.push(data.query);
  t.same(recorded, [`{"asOf":"${position}","fromRevision":"0","limit":"1000"}`]);
});

t.test('HEAD says the same without the body, and a stream ends where it did', async (t) => {
  const position = await head();
  const stream = `/audit/streams/account-${ada.id}`;
  const then = await get(stream);
  await app.inject({ method: 'PATCH', url: '/users/profile', headers: ada.headers, payload: { name: 'Ada L.' } });
  t.same(await get(`${stream}?asOf=${position}`), { ...then, asOf: position });
  const answer = await app.inject({ method: 'HEAD', url: `${stream}?asOf=${position}`, headers: admin.headers });
  t.same([answer.statusCode, answer.body, answer.headers['x-as-of']], [200, '', position]);
});

t.test('what was erased since stays erased, also in what was made before the erasure', async (t) => {
  const gone = await app.signUp('instructor', 'Canary Bird');
  const made = await post(gone, '/courses', { ...newCourse, title: 'Flying' });
  const url = `/courses/${made.json<{ id: string }>().id}`;
  const position = await head();
  t.match((await get(`/auth/user/${gone.email}?asOf=${position}`)).body, 'true');
  const course = await get(`${url}?asOf=${position}`);
  t.equal(course.status, 200);
  const removed = await app.inject({ method: 'DELETE', url: `/api/v2/user/delete-user/${gone.id}`, headers: admin.headers });
  t.ok(removed.statusCode < 300, removed.body);
  t.notMatch((await get(`/auth/user/${gone.email}?asOf=${position}`)).body, 'true');
  t.notMatch((await get(`/api/v2/user/admin-all-users?asOf=${position}`)).body, 'Canary');
});
