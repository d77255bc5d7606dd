import t from 'tap';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { adminRosterConsumer } from '../../../src/workers/admin-roster/keep-admin-roster.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createAcademyApp } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must, clock } = app;
const root = await app.admin('root');
const role = (as: Parameters<typeof send>[0], userId: string, wanted: string) => send(as, 'PATCH', '/auth/admin/users/role', { userId, role: wanted });

t.test('1.2.2: all users, newest first', async (t) => {
  clock.advance(1_000);
  const dike = await app.dike('dike');
  const { list, raw } = await must(root, 'GET', '/users');
  t.match(list, [{ id: dike.id, role: 'DIKE', type: 'DIKE', nim: /^24/ }, { id: root.id, role: 'ADMIN', type: 'UMUM', nim: null }]);
  t.equal(raw.headers['x-total-count'], '2');
  t.equal((await must(root, 'GET', '/users?limit=1&page=2')).list[0]?.['id'], root.id);
  t.same((await send(dike, 'GET', '/users')).body, { status: 'error', message: "Access denied. Role 'DIKE' is not permitted to perform this action." });
});

t.test('1.2.3: a role is changed, type and student number stay, and the session knows at once', async (t) => {
  const dan = await app.dike('dan');
  const changed = await role(root, dan.id, 'ADMIN');
  t.same([changed.status, changed.message], [200, 'User role updated successfully']);
  t.match(changed.data, { id: dan.id, name: 'dan', role: 'ADMIN', type: 'DIKE', nim: /^24/ });
  t.notOk('createdAt' in changed.data);
  t.equal((await send(dan, 'GET', '/users')).status, 200);
  for (const [wanted, shown] of [['UMUM', 'UMUM'], ['USER', 'USER'], ['DIKE', 'DIKE']]) t.match((await role(root, dan.id, wanted ?? '')).data, { role: shown, type: 'DIKE' });
  t.equal((await send(dan, 'GET', '/users')).status, 403);
  for (const body of [{}, { userId: dan.id }, { role: 'ADMIN' }]) {
    const missing = await send(root, 'PATCH', '/auth/admin/users/role', body);
    t.same([missing.status, missing.body], [400, { status: 'error', message: 'User ID and role are required' }]);
  }
  t.match((await role(root, dan.id, 'KING')).body, { message: 'Validation failed', errors: [{ field: 'role', message: 'Role must be one of: ADMIN, DIKE, UMUM, USER' }] });
  const unknown = await role(root, '00000000-0000-4000-8000-000000000000', 'UMUM');
  t.same([unknown.status, unknown.message], [404, 'User not found']);
  t.equal((await role(dan, root.id, 'UMUM')).status, 403);
});

t.test('the last admin stays', async (t) => {
  const last = await role(root, root.id, 'UMUM');
  t.same([last.status, last.body], [400, { status: 'error', message: 'The last admin stays one: make another account an admin first' }]);
  const next = await app.umum('next');
  await role(root, next.id, 'ADMIN');
  t.equal((await role(root, root.id, 'UMUM')).status, 200);
  t.equal((await role(next, next.id, 'USER')).status, 400);
  t.equal((await role(next, root.id, 'ADMIN')).status, 200);
});

t.test('two admins who make each other something else leave one, however often', async (t) => {
  const other = await createAcademyApp();
  t.teardown(() => other.close());
  const pair = [await other.admin('left'), await other.admin('right')] as const;
  const change = (by: number, of: number, wanted: string) => other.send(pair[by] ?? null, 'PATCH', '/auth/admin/users/role', { userId: pair[of]?.id, role: wanted });
  for (let round = 0; round < 20; round += 1) {
    const both = await Promise.all([change(0, 1, 'UMUM'), change(1, 0, 'UMUM')]);
    t.equal(both.filter(({ status }) => status === 200).length, 1, both.map(({ status }) => status).join());
    const winner = both.findIndex(({ status }) => status === 200);
    t.equal((await change(winner, 1 - winner, 'ADMIN')).status, 200);
  }
});

t.test('two admins who delete each other leave one', async (t) => {
  const other = await createAcademyApp();
  t.teardown(() => other.close());
  const pair = [await other.admin('one'), await other.admin('two')] as const;
  const remove = (by: string, accountId: string) => deleteAccount(other.services.commands)({ actor: { accountId: by, role: 'admin' }, accountId }, contextFor());
  const both = await Promise.all([remove(pair[0].id, pair[1].id), remove(pair[1].id, pair[0].id)]);
  t.equal(both.filter(({ ok }) => ok).length, 1);
});

t.test('the worker enters admins of before, and strikes those that are none any more', async (t) => {
  const other = await createAcademyApp();
  t.teardown(() => other.close());
  const first = await other.admin('first');
  const second = await other.admin('second');
  const consumer = adminRosterConsumer(other.services.commands);
  const hand = async () => {
    for (const event of await other.events()) for (let time = 0; time < 2; time += 1) await consumer.handle(event);
  };
  await hand();
  t.equal((await other.send(first, 'PATCH', '/auth/admin/users/role', { userId: first.id, role: 'UMUM' })).status, 200, 'another one was entered');
  await hand();
  t.equal((await other.send(second, 'PATCH', '/auth/admin/users/role', { userId: second.id, role: 'UMUM' })).status, 400);
  await other.caughtUp();
});
