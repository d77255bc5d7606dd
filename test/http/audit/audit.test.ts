import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace', 'audit'] });
t.teardown(() => app.close());

const read = (stream: string, headers: Record<string, string>, query: Record<string, string> = {}) =>
  app.inject({ url: `/audit/streams/${encodeURIComponent(stream)}`, headers, query });

t.test('an admin reads every event of a stream, in order, without secrets', async (t) => {
  const admin = await app.signUp('admin');
  const ada = await app.signUp('student', 'Ada');
  await app.inject({ method: 'PATCH', url: '/users/profile', payload: { name: 'Ada L.' }, headers: ada.headers });
  const answer = await read(`account-${ada.id}`, admin.headers);
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), {
    stream: `account-${ada.id}`,
    fromRevision: 0,
    nextRevision: null,
    events: [
      { type: 'AccountRegistered', revision: 0, position: /^\d+$/, data: { name: 'Ada', passwordHash: '[secret]' } },
      { type: 'AccountProfileChanged', revision: 1, data: { name: 'Ada L.' }, metadata: { actorId: ada.id, schemaVersion: 1 } },
    ],
  });
  t.notMatch(answer.body, 'quick:');
});

t.test('what people write to each other is for them: the log says that, not what', async (t) => {
  const admin = await app.signUp('admin');
  const [ada, bea] = [await app.signUp('student'), await app.signUp('student')];
  const chat = await app.inject({ method: 'POST', url: '/chat', payload: { type: 'private', participants: [bea.id] }, headers: ada.headers });
  const url = `/chat/${chat.json<{ id: string }>().id}/messages`;
  const sent = await app.inject({ method: 'POST', url, payload: { text: 'Between us' }, headers: ada.headers });
  const answer = await read(`chatMessage-${sent.json<{ id: string }>().id}`, admin.headers);
  t.match(answer.json(), { events: [{ type: 'ChatMessageSent', data: { senderId: ada.id, text: '[secret]' } }] });
});

t.test('a long stream comes in pages', async (t) => {
  const admin = await app.signUp('admin');
  const ada = await app.signUp();
  for (let change = 1; change <= 4; change += 1) {
    await app.inject({ method: 'PATCH', url: '/users/profile', payload: { name: `Ada ${change}` }, headers: ada.headers });
  }
  const stream = `account-${ada.id}`;
  const first = (await read(stream, admin.headers, { limit: '3' })).json<{ events: { revision: number }[]; nextRevision: number }>();
  t.same([first.events.map(({ revision }) => revision), first.nextRevision], [[0, 1, 2], 3]);
  const second = (await read(stream, admin.headers, { limit: '3', fromRevision: String(first.nextRevision) })).json();
  t.match(second, { events: [{ revision: 3 }, { revision: 4 }], nextRevision: null });
  t.strictSame((await read(stream, admin.headers, { fromRevision: '99' })).json().events, []);
});

t.test('nobody else, and nothing that is not there', async (t) => {
  const admin = await app.signUp('admin');
  const ada = await app.signUp();
  t.equal((await read(`account-${ada.id}`, {})).statusCode, 401);
  t.equal((await read(`account-${ada.id}`, ada.headers)).statusCode, 403);
  t.equal((await read('account-nobody', admin.headers)).statusCode, 404);
  t.match((await read('nonsense', admin.headers)).json(), { status: 400, errors: [{ field: 'stream' }] });
  t.match((await read(`account-${ada.id}`, admin.headers, { limit: '1001' })).json(), { status: 400, errors: [{ field: 'limit' }] });
  t.match((await read(`account-${ada.id}`, admin.headers, { fromRevision: '-1' })).json(), { status: 400, errors: [{ field: 'fromRevision' }] });
});

t.test('an auditor is made by an admin, reads streams, and passes no other check of roles', async (t) => {
  const admin = await app.signUp('admin');
  const credentials = { email: 'auditor@example.org', password: 'correct horse' };
  const payload = { ...credentials, name: 'Grace', role: 'auditor' };
  t.equal((await app.inject({ method: 'POST', url: '/auth/register', payload })).statusCode, 403);
  t.equal((await app.inject({ method: 'POST', url: '/auth/register', payload, headers: admin.headers })).statusCode, 201);
  const login = await app.inject({ method: 'POST', url: '/auth/login', payload: credentials });
  const headers = { authorization: `Bearer ${login.json<{ accessToken: string }>().accessToken}` };
  t.equal((await read(`account-${admin.id}`, headers)).statusCode, 200);
  t.equal((await app.inject({ url: '/discounts', headers })).statusCode, 403);
  t.equal((await app.inject({ method: 'DELETE', url: '/invoices/any', headers })).statusCode, 403);
});

t.test('nobody becomes an auditor by choosing the role', async (t) => {
  const email = 'undecided@example.org';
  const payload = { name: 'Una', email, password: 'correct horse', isOAuthUser: true };
  t.equal((await app.inject({ method: 'POST', url: '/auth/register', payload })).statusCode, 201);
  const login = await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password: 'correct horse' } });
  const headers = { authorization: `Bearer ${login.json<{ accessToken: string }>().accessToken}` };
  const chosen = await app.inject({ method: 'POST', url: '/auth/complete-registration', payload: { role: 'auditor' }, headers });
  t.equal(chosen.statusCode, 403);
  t.match(chosen.json(), { code: 'role-not-allowed' });
});
