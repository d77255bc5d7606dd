import { randomUUID } from 'node:crypto';
import t from 'tap';
import { changeRole } from '../../../src/commands/accounts/change-role.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send } = app;
const root = await app.admin('root');
const path = '/auth/admin/users/role';

t.test('what is left out, or left empty, has the sentence of the document', async (t) => {
  const bodies: readonly (object | undefined)[] = [undefined, {}, { userId: root.id }, { role: 'DIKE' }, { userId: '', role: 'DIKE' }, { userId: root.id, role: '' }, { userId: null, role: 'DIKE' }, { userId: root.id, role: null }];
  for (const body of bodies) {
    const { status, body: answer } = await send(root, 'PATCH', path, body);
    t.same([status, answer], [400, { status: 'error', message: 'User ID and role are required' }], JSON.stringify(body));
  }
});

t.test('strange ids name nobody, and strange roles are none', async (t) => {
  for (const userId of ['nobody', '../x', '$all', 'a-b', '%00', 'x'.repeat(64), '👩', ' ', '00000000-0000-0000-0000-000000000000']) {
    const { status, body } = await send(root, 'PATCH', path, { userId, role: 'UMUM' });
    t.same([status, body], [404, { status: 'error', message: 'User not found' }], userId);
  }
  for (const role of ['admin', 'SERVICE', 'instructor', 5, ['ADMIN'], { a: 1 }, 'ADMIN ']) t.equal((await send(root, 'PATCH', path, { userId: root.id, role })).status, 400, JSON.stringify(role));
  for (const userId of ['x'.repeat(65), 5, ['x'], 'a\nb']) t.equal((await send(root, 'PATCH', path, { userId, role: 'UMUM' })).status, 400, JSON.stringify(userId));
});

t.test('who may change roles and list users', async (t) => {
  const callers = [null, await app.umum('uma'), await app.dike('dan'), await app.guest('gus'), app.service(), app.service(root), root];
  const statuses = await Promise.all(callers.map(async (as) => [(await send(as, 'GET', '/users')).status, (await send(as, 'PATCH', path, { userId: 'nobody', role: 'UMUM' })).status]));
  t.same(statuses, [[401, 401], [403, 403], [403, 403], [403, 403], [403, 403], [403, 403], [200, 404]]);
});

t.test('a deleted account is gone from the list, and its role can not be changed', async (t) => {
  const gone = await app.umum('gone');
  t.match(await deleteAccount(app.services.commands)({ actor: { accountId: root.id, role: 'admin' }, accountId: gone.id }, contextFor()), { ok: true });
  await app.caughtUp();
  t.notOk((await app.must(root, 'GET', '/users')).list.some(({ id }) => id === gone.id));
  t.equal((await send(root, 'PATCH', path, { userId: gone.id, role: 'ADMIN' })).status, 404);
});

t.test('the list has no more than is shown of a user', async (t) => {
  const { list } = await app.must(root, 'GET', '/users');
  for (const user of list) t.same(Object.keys(user).toSorted(), ['createdAt', 'email', 'id', 'name', 'nim', 'role', 'type']);
  for (const query of ['limit=0', 'limit=1001', 'page=0', 'page=x', 'limit=1e9']) t.equal((await send(root, 'GET', `/users?${query}`)).status, 400, query);
  t.same((await app.must(root, 'GET', '/users?page=1000000')).list, []);
});

t.test('the same change twice is one, and 20 at once are answered', async (t) => {
  const ann = await app.umum('ann');
  const events = async () => (await app.events()).filter(({ type }) => type === 'AccountRoleSelected').length;
  const before = await events();
  for (let time = 0; time < 2; time += 1) t.equal((await send(root, 'PATCH', path, { userId: ann.id, role: 'UMUM' })).status, 200);
  t.equal(await events(), before);
  const roles = ['ADMIN', 'DIKE', 'UMUM', 'USER'];
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => send(root, 'PATCH', path, { userId: ann.id, role: roles[index % 4] })));
  t.same([...new Set(all.map(({ status }) => status))], [200]);
  t.ok((await send(ann, 'GET', '/users/me')).data['role']);
});

t.test('where admins need a second factor, who becomes one has to log in again with it', async (t) => {
  const strict = await createAcademyApp({ adminSecondFactor: true });
  t.teardown(() => strict.close());
  const { commands } = strict.services;
  const first = await registerAccount(commands)(
    { name: 'Root', email: 'root@example.com', password: 'correct horse', role: 'admin', provider: 'local', imageUrl: null, surface: 'academy', actorRole: 'admin' },
    contextFor(randomUUID()),
  );
  if (!first.ok) throw new Error(first.rejection);
  const ann = await strict.umum('ann');
  const change = async (role: 'admin' | 'student') => {
    const changed = await changeRole(commands)({ actor: { accountId: first.value.accountId, role: 'admin' }, accountId: ann.id, role }, contextFor(randomUUID()));
    t.match(changed, { ok: true });
    await strict.caughtUp();
  };
  await change('student');
  t.equal((await strict.send(ann, 'GET', '/users/me')).status, 200, 'no other role asks for one');
  await change('admin');
  t.equal((await strict.send(ann, 'GET', '/users/me')).status, 401);
  t.equal((await strict.send(null, 'POST', '/auth/refresh-token', { refreshToken: ann.refreshToken })).status, 401);
  const again = await strict.send(null, 'POST', '/auth/login', { email: ann.email, password: ann.password });
  t.match([again.status, again.message], [401, /A code was mailed/]);
});
