import t from 'tap';
import { avatar } from './pictures.js';
import { createUsersApp } from './users-app.js';

const app = await createUsersApp();
t.teardown(() => app.close());
const admin = await app.person({ role: 'admin' });

interface List {
  readonly users: readonly { readonly _id: string; readonly createdAt: string }[];
  readonly total: number;
}

const list = (query = '', headers: Record<string, string> = admin.headers) => app.send('GET', `/admin-all-users${query}`, undefined, headers);
const remove = (id: string, headers: Record<string, string> = admin.headers) => app.send('DELETE', `/delete-user/${id}`, undefined, headers);

t.test('delete-user answers 201, and nobody logs in with the account any more', async (t) => {
  const person = await app.person({ avatar: avatar(), phone: '{"countryCode":"+1","number":"5550199999"}' });
  await app.send('PUT', '/update-user-addresses', { addressType: 'home' }, person.headers);
  const { user } = (await app.send('GET', `/user-info/${person.id}`)).json<{ user: { avatar: string } }>();
  const answer = await remove(person.id);
  t.match([answer.statusCode, answer.json()], [201, { success: true, message: /./ }]);

  const login = await app.send('POST', '/login-user', { email: person.email, password: person.password });
  t.match([login.statusCode, login.json()], [400, { code: 'wrong-credentials' }]);
  t.equal((await app.send('GET', '/getuser', undefined, person.headers)).statusCode, 401);
  t.equal((await app.send('PUT', '/update-user-addresses', { addressType: 'work' }, person.headers)).statusCode, 401);
  t.equal((await app.send('GET', `/user-info/${person.id}`)).statusCode, 404);
  t.notMatch((await list()).body, person.email);
  t.equal((await app.inject({ method: 'GET', url: new URL(user.avatar).pathname })).statusCode, 404);
  t.match([(await remove(person.id)).statusCode], [404]);
  const { email, username } = person;
  t.equal((await app.newUser({ email, username, phone: '{"countryCode":"+1","number":"5550199999"}' })).statusCode, 201, 'free for others');
});

t.test('delete-user is for admins, and never for themselves', async (t) => {
  const person = await app.person();
  const other = await app.person();
  t.match([(await remove(other.id, {})).statusCode], [401]);
  const refused = await remove(other.id, person.headers);
  t.match([refused.statusCode, refused.json()], [403, { success: false, code: 'forbidden' }]);
  t.equal((await remove(person.id, person.headers)).statusCode, 403);
  t.match((await remove(admin.id)).json(), { success: false, code: 'own-account' });
  t.match([(await remove('684175dc852cc7f775c1b65f')).statusCode], [404]);
  t.equal((await app.send('GET', `/user-info/${other.id}`)).statusCode, 200);
});

t.test('admin-all-users answers 201 with everybody, newest first', async (t) => {
  t.match([(await list('', {})).statusCode, (await list('', {})).json()], [401, { success: false }]);
  t.match([(await list('', (await app.person()).headers)).statusCode], [403]);
  const answer = await list();
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { success: true, page: 1, limit: 100, totalPages: 1 });
  t.notMatch(answer.body, /password|quick:/i);
  t.ok(answer.json<List>().users.some(({ _id }) => _id === admin.id));

  const { total } = answer.json<List>();
  for (let number = total; number < 103; number += 1) {
    app.clock.advance(1_000);
    await app.newUser();
  }
  const first = (await list()).json<List>();
  t.match(first, { total: 103, totalPages: 2 });
  t.equal(first.users.length, 100);
  const created = first.users.map(({ createdAt }) => createdAt);
  t.same(created, [...created].sort().reverse());
  const second = (await list('?page=2')).json<List>();
  t.equal(new Set([...first.users, ...second.users].map(({ _id }) => _id)).size, 103);
  t.equal((await list('?page=2&limit=10')).json<List>().users.length, 10);
  t.match((await list('?limit=1000')).json(), { limit: 100 });
  t.match([(await list('?page=0')).statusCode, (await list('?limit=many')).statusCode], [400, 400]);
});
