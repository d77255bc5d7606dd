import t from 'tap';
import { createTestApp } from '../../../fixtures/test-app.js';
import { organizationClient } from './organization-client.js';

const app = await createTestApp({ surfaces: ['marketplace', 'users'] });
t.teardown(() => app.close());
const { send, found, role, level, term, invite, accept, join } = organizationClient(app);

const names = (answer: { json: () => unknown }) => {
  const { data } = answer.json() as { data: { user: { name: string } }[] };
  return data.map(({ user }) => user.name);
};

t.test('an invitation is seen, accepted once, and makes a member with level and term', async (t) => {
  const [ada, ben] = [await app.signUp('instructor', 'Ada'), await app.signUp('student', 'Ben')];
  const id = await found(ada.headers);
  const levelId = await level(id, ada.headers, 'First');
  const termId = await term(id, ada.headers, 'Autumn');
  const invited = await invite(id, ada.headers, { email: ben.email, roleId: 'student', levelId, termId });
  t.equal(invited.statusCode, 201);
  t.match(invited.json(), {
    organizationId: id,
    user: { id: ben.id, name: 'Ben', imageProfileUrl: null },
    status: 'invited',
    role: { id: 'student', name: 'Student' },
    level: { id: levelId, name: 'First' },
    term: { id: termId, name: 'Autumn' },
    invitedAt: String,
    joinedAt: null,
    permissions: [],
  });
  t.notHas(invited.json<{ user: object }>().user, { email: ben.email }, 'who was only invited shows no address');
  t.match((await send('GET', '/users/organizations?status=invited', ben.headers)).json(), {
    total: 1,
    data: [{ organization: { id, name: 'School' }, status: 'invited', role: { id: 'student' }, level: { name: 'First' } }],
  });
  t.match((await send('GET', '/users/organizations', ben.headers)).json(), { total: 0 });
  t.match((await send('GET', `/organizations/${id}/users/${ben.id}`, ben.headers)).json(), { status: 'invited' });
  t.match((await send('GET', `/organizations/${id}/members`, ben.headers)).json(), { status: 403 }, 'not a member yet');

  const accepted = await accept(id, ben.headers);
  t.equal(accepted.statusCode, 200);
  t.match(accepted.json(), { status: 'active', joinedAt: String, user: { id: ben.id, email: ben.email }, level: { name: 'First' } });
  t.match((await accept(id, ben.headers)).json(), { status: 409, code: 'already-member' });
  t.match((await invite(id, ada.headers, { userId: ben.id, roleId: 'student' })).json(), { status: 409, code: 'already-member' });
  t.match((await send('GET', '/users/organizations', ben.headers)).json(), { total: 1, data: [{ organization: { id }, status: 'active', permissions: [] }] });
  t.match((await send('GET', '/users/organizations', ada.headers)).json(), { data: [{ role: { id: 'owner' }, permissions: { length: 8 } }] });
  t.match((await accept(id, (await app.signUp()).headers)).json(), { status: 404, code: 'not-invited' });
});

t.test('200 acceptances at once make one member', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  await invite(id, ada.headers, { userId: ben.id, roleId: 'student' });
  const answers = await Promise.all(Array.from({ length: 200 }, () => accept(id, ben.headers)));
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1);
  t.equal(answers.filter(({ statusCode }) => statusCode === 409).length, 199);
});

t.test('whom an invitation names', async (t) => {
  const [ada, ben, cleo] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  t.match((await invite(id, ada.headers, { roleId: 'student' })).json(), { status: 400, errors: [{ field: 'userId' }] });
  t.match((await invite(id, ada.headers, { userId: ben.id })).json(), { status: 400, errors: [{ field: 'roleId' }] });
  t.match((await invite(id, ada.headers, { userId: cleo.id, email: ben.email, roleId: 'student' })).json(), { status: 422, code: 'account-ambiguous' });
  t.match((await invite(id, ada.headers, { userId: 'nobody', roleId: 'student' })).json(), { status: 404, code: 'account-not-found' });
  t.match((await invite(id, ada.headers, { email: 'nobody@example.org', roleId: 'student' })).json(), { status: 404, code: 'account-not-found' });
  t.match((await invite(id, ada.headers, { userId: ben.id, roleId: 'none' })).json(), { status: 404, code: 'role-not-found' });
  t.match((await invite(id, ada.headers, { userId: ben.id, roleId: 'student', termId: 'none' })).json(), { status: 422, code: 'placement-not-found' });
  t.match((await invite(id, cleo.headers, { userId: ben.id, roleId: 'student' })).json(), { status: 403, code: 'organization-not-permitted' });
  t.match((await invite('nowhere', ada.headers, { userId: ben.id, roleId: 'student' })).json(), { status: 404, code: 'organization-not-found' });
  t.equal((await invite(id, ada.headers, { userId: ben.id, email: ben.email.toUpperCase(), roleId: 'student' })).statusCode, 201);
});

t.test('who sees which members', async (t) => {
  const [ada, ben, cleo, eve] = [await app.signUp('student', 'Ada'), await app.signUp('student', 'Ben'), await app.signUp('student', 'Cleo'), await app.signUp('student', 'Eve')];
  const root = await app.signUp('admin', 'Root');
  const id = await found(ada.headers);
  app.clock.advance(1_000);
  await join(id, ada.headers, ben);
  app.clock.advance(1_000);
  await join(id, ada.headers, cleo, 'instructor');
  await invite(id, ada.headers, { userId: eve.id, roleId: 'student' });
  const list = (query: string, headers: Readonly<Record<string, string>>) => send('GET', `/organizations/${id}/${query}`, headers);

  for (const headers of [ada.headers, ben.headers, cleo.headers, root.headers]) t.same(names(await list('members', headers)), ['Cleo', 'Ben', 'Ada']);
  t.match((await list('members', eve.headers)).json(), { status: 403, code: 'organization-not-permitted' });
  t.equal((await list('members', {})).statusCode, 401);
  t.match((await send('GET', '/organizations/nowhere/members', ada.headers)).json(), { status: 404 });
  t.notMatch((await list('members', ben.headers)).body, /@example/, 'students see no addresses');
  for (const headers of [ada.headers, cleo.headers, root.headers]) t.match((await list('members', headers)).json(), { data: [{ user: { email: cleo.email } }, {}, {}] });

  t.same(names(await list('members?status=invited', cleo.headers)), ['Eve']);
  t.notMatch((await list('members?status=invited', ada.headers)).body, /@example/, 'the invited did not agree to be shown');
  t.equal((await list('members?status=invited', ben.headers)).statusCode, 403);
  t.equal((await list('members?status=sleeping', ada.headers)).statusCode, 400);

  t.same(names(await list('users?roleId=instructor', ben.headers)), ['Cleo']);
  t.same(names(await list('users?limit=2&page=2', ben.headers)), ['Ada']);
  t.same(names(await list('users?roleId=none', ben.headers)), []);

  t.match((await list(`users/${cleo.id}`, ada.headers)).json(), { user: { email: cleo.email }, permissions: ['members.read', 'courses.create', 'attendance.manage'] });
  t.match((await list(`users/${ben.id}`, ben.headers)).json(), { user: { email: ben.email } });
  t.equal((await list(`users/${ada.id}`, ben.headers)).statusCode, 403);
  t.match((await list('users/nobody', ada.headers)).json(), { status: 404, code: 'not-a-member' });
});

t.test('role, level and term of a member', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  await join(id, ada.headers, ben);
  const levelId = await level(id, ada.headers, 'First');
  const change = (payload: object, headers = ada.headers, userId = ben.id) => send('PATCH', `/organizations/${id}/users/${userId}/role`, headers, payload);
  t.match((await change({ roleId: 'instructor', levelId })).json(), { role: { id: 'instructor' }, level: { id: levelId, name: 'First' }, term: null });
  t.match((await change({ roleId: 'instructor' })).json(), { level: { id: levelId } }, 'what is absent stays');
  t.match((await change({ roleId: 'student', levelId: null })).json(), { role: { id: 'student' }, level: null });
  t.match((await change({ roleId: 'student' }, ada.headers, ada.id)).json(), { status: 409, code: 'last-owner' });
  t.match((await change({ roleId: 'owner' }, ben.headers)).json(), { status: 403 });
  t.match((await change({ roleId: 'student' }, ada.headers, 'nobody')).json(), { status: 404, code: 'not-a-member' });
  t.match((await change({ roleId: 'owner' })).json(), { role: { id: 'owner' }, permissions: { length: 8 } });
  t.match((await change({ roleId: 'student' }, ben.headers, ada.id)).json(), { role: { id: 'student' }, permissions: [] }, 'owners demote owners');

  await change({ roleId: 'owner', levelId }, ben.headers);
  await send('DELETE', `/levels/${levelId}`, ben.headers);
  t.match((await send('GET', `/organizations/${id}/users/${ben.id}`, ben.headers)).json(), { level: null }, 'a level that is gone');
});

t.test('leaving, being removed, declining', async (t) => {
  const [ada, ben, cleo] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  const leave = (headers: Readonly<Record<string, string>>) => send('POST', `/organizations/${id}/members/leave`, headers);
  await join(id, ada.headers, ben);
  t.match((await leave(ada.headers)).json(), { status: 409, code: 'last-owner' });
  t.same((await leave(ben.headers)).json(), { organizationId: id, left: true });
  t.match((await leave(ben.headers)).json(), { status: 404, code: 'not-a-member' });
  t.equal((await send('GET', `/organizations/${id}/members`, ben.headers)).statusCode, 403);
  t.match((await send('GET', `/organizations/${id}/members?status=left`, ada.headers)).json(), { total: 1, data: [{ user: { id: ben.id }, endedAt: String }] });

  await join(id, ada.headers, cleo);
  t.match((await send('DELETE', `/organizations/${id}/members/${ada.id}`, cleo.headers)).json(), { status: 403 });
  t.same((await send('DELETE', `/organizations/${id}/members/${cleo.id}`, ada.headers)).json(), { organizationId: id, userId: cleo.id, removed: true });
  t.match((await send('DELETE', `/organizations/${id}/members/${cleo.id}`, ada.headers)).json(), { status: 404 });
  t.match((await send('GET', `/organizations/${id}/members?status=removed`, ada.headers)).json(), { total: 1 });

  await invite(id, ada.headers, { userId: ben.id, roleId: 'student' });
  t.equal((await leave(ben.headers)).statusCode, 200, 'declined');
  t.match((await accept(id, ben.headers)).json(), { status: 404, code: 'not-invited' });
});

t.test('an account that is deleted is no member any more, and admins name an owner where none is left', async (t) => {
  const [ada, ben, root] = [await app.signUp('student', 'Ada'), await app.signUp('student', 'Ben'), await app.signUp('admin', 'Root')];
  const id = await found(ada.headers);
  await join(id, ada.headers, ben);
  const deleted = await app.inject({ method: 'DELETE', url: `/api/v2/user/delete-user/${ada.id}`, headers: root.headers });
  t.equal(deleted.statusCode, 201, deleted.body);
  await app.caughtUp();
  t.same(names(await send('GET', `/organizations/${id}/members`, ben.headers)), ['Ben']);
  t.match((await send('PATCH', `/organizations/${id}/users/${ben.id}/role`, ben.headers, { roleId: 'owner' })).json(), { status: 403 });
  t.match((await send('PATCH', `/organizations/${id}/users/${ben.id}/role`, root.headers, { roleId: 'owner' })).json(), { role: { id: 'owner' } });
  t.equal((await send('PATCH', `/organizations/${id}`, ben.headers, { name: 'Ours' })).statusCode, 200);
  t.match((await send('POST', `/organizations/${id}/members/leave`, ben.headers)).json(), { code: 'last-owner' }, 'a deleted account is no owner');
});

t.test('search-user finds an exact address only', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp('student', 'Ben')];
  const search = (email: string, headers: Readonly<Record<string, string>> = ada.headers) => send('POST', '/organizations/search-user', headers, { email });
  const answer = await search(ben.email.toUpperCase());
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), [{ id: ben.id, name: 'Ben', email: ben.email }]);
  t.same((await search('student@example.org')).json(), []);
  t.equal((await search('student')).statusCode, 400);
  t.equal((await search(ben.email, {})).statusCode, 401);
});

t.test('a manager without members.read sees whom they invited, and no addresses', async (t) => {
  const [ada, ben, cleo] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  await join(id, ada.headers, ben, await role(id, ada.headers, 'Doorkeeper', ['members.manage']));
  t.match((await invite(id, ben.headers, { userId: cleo.id, roleId: 'student' })).json(), { status: 'invited' });
  t.notMatch((await send('PATCH', `/organizations/${id}/users/${ben.id}/role`, ben.headers, { roleId: 'student' })).json<{ user: object }>().user, { email: cleo.email });
});
