import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());

type Headers = Record<string, string>;
const profile = (headers: Headers = {}) => app.inject({ url: '/users/profile', headers });
const change = (payload: object, headers: Headers) => app.inject({ method: 'PATCH', url: '/users/profile', payload, headers });
const auditor = async (headers: Headers): Promise<{ headers: Headers }> => {
  const payload = { name: 'Auditor', email: 'auditor@example.org', password: 'correct horse', role: 'auditor' };
  await app.inject({ method: 'POST', url: '/auth/register', payload, headers });
  const login = await app.inject({ method: 'POST', url: '/auth/login', payload });
  return { headers: { authorization: `Bearer ${login.json<{ accessToken: string }>().accessToken}` } };
};
const search = (email: string, headers: Headers) => app.inject({ url: '/users/search', query: { email }, headers });

t.test('the profile is one\'s own', async (t) => {
  const ada = await app.signUp('instructor', 'Ada');
  t.equal((await profile()).statusCode, 401);
  const answer = await profile(ada.headers);
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { id: ada.id, name: 'Ada', email: ada.email, role: 'instructor', emailVerified: false });
  t.notMatch(answer.body, /password/i);
});

t.test('only what was sent is changed, and read at once', async (t) => {
  const ada = await app.signUp('student', 'Ada');
  const changed = await change({ name: 'Ada L.', role: 'admin', emailVerified: true }, ada.headers);
  t.equal(changed.statusCode, 200);
  t.match(changed.json(), { name: 'Ada L.', role: 'student', email: ada.email, emailVerified: false });
  t.match((await profile(ada.headers)).json(), { name: 'Ada L.', imageProfileUrl: null });
  await change({ imageProfileUrl: 'https://pictures.example/a.png' }, ada.headers);
  t.match((await profile(ada.headers)).json(), { name: 'Ada L.', imageProfileUrl: 'https://pictures.example/a.png' });
  t.equal((await change({}, ada.headers)).statusCode, 200, 'nothing to change');
});

t.test('another address is not verified, and the old one is not free until it is', async (t) => {
  const ada = await app.signUp();
  const eve = await app.signUp();
  t.match((await change({ email: eve.email }, ada.headers)).json(), { status: 409, code: 'email-taken' });
  const changed = await change({ email: 'new.ada@example.org' }, ada.headers);
  t.match(changed.json(), { email: 'new.ada@example.org', emailVerified: false });
  t.equal((await change({ email: ada.email }, eve.headers)).statusCode, 409);
});

t.test('wrong fields are named', async (t) => {
  const ada = await app.signUp();
  for (const [field, value] of [['name', ''], ['name', 3], ['email', 'nonsense'], ['imageProfileUrl', 'ftp://x']] as const) {
    const answer = await change({ [field]: value }, ada.headers);
    t.match(answer.json(), { status: 400, errors: [{ field }] }, `${field} ${String(value)}`);
  }
});

t.test('a repeated change with one Idempotency-Key is made once', async (t) => {
  const ada = await app.signUp();
  const headers = { ...ada.headers, 'idempotency-key': 'rename-1' };
  const first = await change({ name: 'Once' }, headers);
  await change({ name: 'Twice' }, ada.headers);
  const again = await change({ name: 'Once' }, headers);
  t.same([again.statusCode, again.json()], [200, first.json()]);
  t.match(again.headers, { 'idempotency-replayed': 'true', 'x-position': first.headers['x-position'] });
  t.match((await profile(ada.headers)).json(), { name: 'Twice' });
});

t.test('change-password', async (t) => {
  const ada = await app.signUp();
  const send = (payload: object) => app.inject({ method: 'POST', url: '/users/change-password', payload, headers: ada.headers });
  const wrong = await send({ currentPassword: 'wrong horse', newPassword: 'another1' });
  t.match(wrong.json(), { status: 400, code: 'wrong-password', errors: [{ field: 'currentPassword' }] });
  t.match((await send({ currentPassword: ada.password, newPassword: 'short' })).json(), { errors: [{ field: 'newPassword' }] });
  t.match((await send({ newPassword: 'another1' })).json(), { errors: [{ field: 'currentPassword' }] });
  const changed = await send({ currentPassword: ada.password, newPassword: 'another1' });
  t.equal(changed.statusCode, 200);
  t.equal((await profile(ada.headers)).statusCode, 401, 'every session of before has ended');
  const { accessToken } = changed.json<{ accessToken: string }>();
  t.equal((await profile({ authorization: `Bearer ${accessToken}` })).statusCode, 200, 'the one that asked goes on');
  const logIn = (password: string) => app.inject({ method: 'POST', url: '/auth/login', payload: { email: ada.email, password } });
  t.equal((await logIn(ada.password)).statusCode, 401);
  t.equal((await logIn('another1')).statusCode, 200);
});

t.test('issue 9.25: a search finds the exact address only, and for an admin the beginnings of addresses', async (t) => {
  const ada = await app.signUp('seller', 'Ada');
  const admin = await app.signUp('admin', 'Admin');
  t.equal((await search(ada.email, {})).statusCode, 401);
  const answer = [{ id: ada.id, name: 'Ada', email: ada.email, role: 'seller', imageProfileUrl: null }];
  const beginning = ada.email.slice(0, -3).toUpperCase();
  for (const role of ['student', 'instructor', 'auditor', 'seller', 'service-provider'] as const) {
    const { headers } = role === 'auditor' ? await auditor(admin.headers) : await app.signUp(role);
    t.strictSame((await search(ada.email.toUpperCase(), headers)).json(), answer, `${role}: the address`);
    t.strictSame((await search(beginning, headers)).json(), [], `${role}: its beginning`);
  }
  t.strictSame((await search(beginning, admin.headers)).json(), answer);
  t.strictSame((await search('nobody@', admin.headers)).json(), []);
  t.strictSame((await search("' OR '1'='1", admin.headers)).json(), []);
  t.match((await app.inject({ url: '/users/search', headers: ada.headers })).json(), { status: 400, errors: [{ field: 'email' }] });
  for (let made = 0; made < 22; made += 1) await app.signUp('service-provider');
  t.equal((await search('service-provider', admin.headers)).json<unknown[]>().length, 20);
});
