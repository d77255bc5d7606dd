import t from 'tap';
import { createTestApp } from '../../../fixtures/test-app.js';
import { organizationClient } from './organization-client.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());
const { send, found, role, join } = organizationClient(app);

t.test('an organization is founded, shown to everybody, changed and deleted', async (t) => {
  const ada = await app.signUp();
  const eve = await app.signUp();
  t.equal((await send('POST', '/organizations', {}, { name: 'School' })).statusCode, 401);
  const created = await send('POST', '/organizations', ada.headers, { name: '  School ', description: 'Of music' });
  t.equal(created.statusCode, 201);
  const { id } = created.json<{ id: string }>();
  const url = `/organizations/${id}`;
  t.match(created.json(), { name: 'School', description: 'Of music', settings: {}, createdAt: String, updatedAt: String });

  const settings = { zone: 'Africa/Cairo', days: ['sunday', 'monday'], colours: { main: 'blue', more: { light: { text: 'Two\nlines', tones: 3 } } }, strict: true, count: 3, none: null };
  const changed = await send('PATCH', url, ada.headers, { settings, description: null });
  t.equal(changed.statusCode, 200);
  t.match(changed.json(), { name: 'School', description: null });
  t.same(changed.json<{ settings: object }>().settings, settings);
  t.same((await send('GET', url, ada.headers)).json<{ settings: object }>().settings, settings);
  for (const headers of [{}, eve.headers]) t.notHas((await send('GET', url, headers)).json(), { settings: {} }, 'settings are for members');
  t.match((await send('PATCH', url, eve.headers, { name: 'Mine' })).json(), { status: 403, code: 'organization-not-permitted' });
  t.match((await send('DELETE', url, eve.headers)).json(), { status: 403 });

  t.same((await send('DELETE', url, ada.headers)).json(), { id, deleted: true });
  for (const method of ['GET', 'DELETE'] as const) t.match((await send(method, url, ada.headers)).json(), { status: 404, code: 'organization-not-found' });
  t.match((await send('PATCH', url, ada.headers, { name: 'X' })).json(), { status: 404, code: 'organization-not-found' });
});

t.test('the list has pages and can be searched', async (t) => {
  const ada = await app.signUp();
  for (const name of ['Green School', 'Blue School', 'Green Academy']) {
    app.clock.advance(1_000);
    await found(ada.headers, name);
  }
  const page = await send('GET', '/organizations?limit=2&page=1');
  t.equal(page.statusCode, 200);
  t.match(page.json(), { page: 1, limit: 2, data: [{ name: 'Green Academy' }, { name: 'Blue School' }] });
  t.match((await send('GET', '/organizations?search=school%20green')).json(), { total: 1, data: [{ name: 'Green School' }] });
});

t.test('wrong fields are named', async (t) => {
  const ada = await app.signUp();
  const id = await found(ada.headers);
  for (const [field, value] of [['name', ' '], ['name', undefined], ['name', 'x'.repeat(201)], ['description', 7]] as const) {
    t.match((await send('POST', '/organizations', ada.headers, { name: 'School', [field]: value })).json(), { status: 400, errors: [{ field }] }, `${field} ${String(value)}`);
  }
  t.match((await send('PATCH', `/organizations/${id}`, ada.headers, { settings: { a: 'x'.repeat(2_000), b: Array(9).fill('y'.repeat(1_000)) } })).json(), {
    status: 400,
    code: 'organization-settings-too-large',
    errors: [{ field: 'settings' }],
  });
  t.equal((await send('PATCH', `/organizations/${id}`, ada.headers, { settings: 'text' })).statusCode, 400);
});

t.test('roles', async (t) => {
  const [ada, ben, eve] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  const url = `/organizations/${id}/roles`;
  await join(id, ada.headers, ben);
  const builtIn = (await send('GET', url, ben.headers)).json<{ id: string }[]>();
  t.match(builtIn, [
    { id: 'owner', name: 'Owner', isBuiltIn: true, permissions: ['organization.manage', 'roles.manage', 'members.read', 'members.manage', 'courses.create', 'courses.manage', 'levels.manage', 'attendance.manage'] },
    { id: 'instructor', permissions: ['members.read', 'courses.create', 'attendance.manage'] },
    { id: 'student', permissions: [] },
  ]);
  t.match((await send('GET', url, eve.headers)).json(), { status: 403 });
  t.equal((await send('GET', url)).statusCode, 401);

  const made = await send('POST', url, ada.headers, { name: 'Tutor', permissions: ['members.read'] });
  t.equal(made.statusCode, 201);
  t.match(made.json(), { name: 'Tutor', permissions: ['members.read'], isBuiltIn: false });
  const { id: roleId } = made.json<{ id: string }>();
  t.match((await send('POST', url, ada.headers, { name: 'Plain' })).json(), { permissions: [] });
  t.match((await send('POST', url, ada.headers, { name: 'tutor' })).json(), { status: 409, code: 'role-name-taken', errors: [{ field: 'name' }] });
  t.match((await send('POST', url, ada.headers, { name: 'X', permissions: ['everything'] })).json(), { status: 400 });
  t.match((await send('POST', url, ben.headers, { name: 'X' })).json(), { status: 403 });

  const changed = await send('PATCH', `${url}/${roleId}`, ada.headers, { name: 'Aide', permissions: ['levels.manage', 'members.read'] });
  t.match(changed.json(), { id: roleId, name: 'Aide', permissions: ['levels.manage', 'members.read'] });
  t.match((await send('PATCH', `${url}/owner`, ada.headers, { permissions: [] })).json(), { status: 409, code: 'role-built-in' });
  t.match((await send('PATCH', `${url}/none`, ada.headers, { name: 'X' })).json(), { status: 404, code: 'role-not-found' });

  await send('PATCH', `/organizations/${id}/users/${ben.id}/role`, ada.headers, { roleId });
  t.same((await send('DELETE', `${url}/${roleId}`, ada.headers)).json(), { id: roleId, deleted: true });
  t.match((await send('DELETE', `${url}/${roleId}`, ada.headers)).json(), { status: 404 });
  t.match((await send('GET', `/organizations/${id}/users/${ben.id}`, ben.headers)).json(), { role: { id: 'student', name: 'Student' }, permissions: [] });
});

t.test('a role opens what it names, and nothing else', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const id = await found(ada.headers);
  await join(id, ada.headers, ben);
  const doors = {
    'organization.manage': () => send('PATCH', `/organizations/${id}`, ben.headers, { name: 'Other' }),
    'roles.manage': () => send('POST', `/organizations/${id}/roles`, ben.headers, { name: `Role ${Math.random()}` }),
    'members.read': () => send('GET', `/organizations/${id}/users/${ada.id}`, ben.headers),
    'members.manage': () => send('DELETE', `/organizations/${id}/members/nobody`, ben.headers),
    'levels.manage': () => send('POST', '/levels', ben.headers, { organizationId: id, name: `Level ${Math.random()}` }),
  } as const;
  for (const permission of Object.keys(doors)) {
    const roleId = await role(id, ada.headers, permission, [permission]);
    await send('PATCH', `/organizations/${id}/users/${ben.id}/role`, ada.headers, { roleId });
    for (const [name, knock] of Object.entries(doors)) {
      const { statusCode } = await knock();
      t.equal(statusCode !== 403, name === permission, `${permission} at ${name}: ${statusCode}`);
    }
  }
});
