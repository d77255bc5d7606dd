import t from 'tap';
import { courseById } from '../../../../src/projections/courses/queries.js';
import { memberships } from '../../../../src/projections/organizations/document.js';
import { createTestApp } from '../../../fixtures/test-app.js';
import { organizationClient } from './organization-client.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());
const { send, found, level, term, join } = organizationClient(app);

t.test('levels are for the members of their organization', async (t) => {
  const [ada, ben, eve] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const organizationId = await found(ada.headers);
  await join(organizationId, ada.headers, ben);
  const created = await send('POST', '/levels', ada.headers, { organizationId, name: 'Second', description: 'After the first', order: 2 });
  t.equal(created.statusCode, 201);
  t.match(created.json(), { organizationId, name: 'Second', description: 'After the first', order: 2, createdAt: String, updatedAt: String });
  const { id } = created.json<{ id: string }>();
  await send('POST', '/levels', ada.headers, { organizationId, name: 'First', order: 1 });
  for (const { headers } of [ada, ben]) {
    t.match((await send('GET', `/levels/organization/${organizationId}`, headers)).json(), { total: 2, data: [{ name: 'First' }, { name: 'Second' }] });
    t.match((await send('GET', `/levels/${id}`, headers)).json(), { id, name: 'Second' });
  }
  t.match((await send('POST', '/levels', ada.headers, { organizationId, name: 'first' })).json(), { status: 409 });
  t.equal((await send('POST', '/levels', ben.headers, { organizationId, name: 'Mine' })).statusCode, 403);
  t.equal((await send('PATCH', `/levels/${id}`, ben.headers, { name: 'Mine' })).statusCode, 403);
  t.equal((await send('GET', `/levels/${id}`, eve.headers)).statusCode, 404);
  t.equal((await send('PATCH', `/levels/${id}`, eve.headers, { name: 'Mine' })).statusCode, 404);
  t.equal((await send('GET', `/levels/organization/${organizationId}`, eve.headers)).statusCode, 403);
  t.match((await send('PATCH', `/levels/${id}`, ada.headers, { name: 'Third', description: null })).json(), { name: 'Third', order: 2 });
  const elsewhere = await found(ada.headers);
  await send('PATCH', `/levels/${id}`, ada.headers, { organizationId: elsewhere });
  t.match((await send('GET', `/levels/${id}`, ada.headers)).json(), { organizationId }, 'a level stays in its organization');
  t.same((await send('DELETE', `/levels/${id}`, ada.headers)).json(), { id, deleted: true });
  t.equal((await send('GET', `/levels/${id}`, ada.headers)).statusCode, 404);
});

t.test('all levels are those of the active organization, or of those that the caller belongs to', async (t) => {
  const [ada, ben, root] = [await app.signUp(), await app.signUp(), await app.signUp('admin')];
  const [first, second, third] = [await found(ada.headers, 'One'), await found(ada.headers, 'Two'), await found(ben.headers, 'Three')];
  for (const [id, headers] of [[first, ada.headers], [second, ada.headers], [third, ben.headers]] as const) await level(id, headers, 'Level');
  const seen = async (headers: Readonly<Record<string, string>>) => {
    const { data } = (await send('GET', '/levels?limit=100', headers)).json<{ data: { organizationId: string }[] }>();
    return data.map(({ organizationId }) => organizationId).sort();
  };
  t.same(await seen(ada.headers), [first, second].sort());
  t.same(await seen(ben.headers), [third]);
  t.same(await seen((await app.signUp()).headers), []);
  await send('POST', '/users/switch-context', ada.headers, { organizationId: second });
  t.same(await seen(ada.headers), [second]);
  const all = await seen(root.headers);
  for (const id of [first, second, third]) t.ok(all.includes(id));
  t.equal((await send('GET', '/levels')).statusCode, 401);
});

t.test('terms', async (t) => {
  const [ada, ben, eve] = [await app.signUp(), await app.signUp(), await app.signUp()];
  const organizationId = await found(ada.headers);
  await join(organizationId, ada.headers, ben);
  const url = `/organizations/${organizationId}/terms`;
  const created = await send('POST', url, ada.headers, { name: 'Autumn', startsOn: '2026-09-01', endsOn: '2026-12-20' });
  t.equal(created.statusCode, 201);
  t.match(created.json(), { organizationId, name: 'Autumn', startsOn: '2026-09-01', endsOn: '2026-12-20' });
  const { id } = created.json<{ id: string }>();
  t.match((await send('GET', url, ben.headers)).json(), { total: 1, data: [{ id }] });
  t.match((await send('GET', `/terms/${id}`, ben.headers)).json(), { name: 'Autumn' });
  t.equal((await send('GET', `/terms/${id}`, eve.headers)).statusCode, 404);
  t.equal((await send('GET', url, eve.headers)).statusCode, 403);
  t.equal((await send('POST', url, ben.headers, { name: 'Mine' })).statusCode, 403);
  t.match((await send('POST', url, ada.headers, { name: 'Wrong', startsOn: '2026-12-01', endsOn: '2026-09-01' })).json(), { status: 400, errors: [{ field: 'endsOn' }] });
  t.match((await send('POST', url, ada.headers, { name: 'Wrong', startsOn: 'soon' })).json(), { status: 400, errors: [{ field: 'startsOn' }] });
  t.match((await send('PATCH', `/terms/${id}`, ada.headers, { name: 'Winter' })).json(), { name: 'Winter', startsOn: '2026-09-01' });
  t.match((await send('PATCH', `/terms/${id}`, ada.headers, { endsOn: '2026-08-31' })).json(), { status: 400, errors: [{ field: 'endsOn' }] }, 'also by a change of one of both');
  t.same((await send('DELETE', `/terms/${id}`, ada.headers)).json(), { id, deleted: true });
});

t.test('a level or term that is deleted is not named any more by courses and members', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const organizationId = await found(ada.headers);
  const levelId = await level(organizationId, ada.headers, 'First');
  const termId = await term(organizationId, ada.headers, 'Autumn');
  const url = `/organizations/${organizationId}`;
  await send('POST', `${url}/members`, ada.headers, { userId: ben.id, roleId: 'student', levelId, termId });
  await send('POST', `${url}/invitations/accept`, ben.headers);
  const course = { title: 'Fugues', description: 'How to', level: 'advanced', category: 'music', price: 0, isPublished: true, levelId };
  const { id: courseId } = (await send('POST', `${url}/courses`, ada.headers, course)).json<{ id: string }>();
  await send('PATCH', `${url}/courses/${courseId}/assign-term`, ada.headers, { termId });
  const { readModels } = app.services;
  const placesOf = async () => {
    const shown = await courseById(readModels, courseId);
    const member = await readModels.get(memberships, `${organizationId}.${ben.id}`);
    return [shown?.levelId, shown?.termId, member?.levelId, member?.termId];
  };
  await app.caughtUp();
  t.same(await placesOf(), [levelId, termId, levelId, termId]);
  await send('DELETE', `/levels/${levelId}`, ada.headers);
  await send('DELETE', `/terms/${termId}`, ada.headers);
  await app.caughtUp();
  t.same(await placesOf(), [null, null, null, null]);
});

t.test('levels and terms end with their organization', async (t) => {
  const ada = await app.signUp();
  const organizationId = await found(ada.headers);
  const levelId = await level(organizationId, ada.headers, 'First');
  const termId = await term(organizationId, ada.headers, 'Autumn');
  await send('DELETE', `/organizations/${organizationId}`, ada.headers);
  await app.caughtUp();
  t.equal((await send('GET', `/levels/${levelId}`, ada.headers)).statusCode, 404);
  t.equal((await send('PATCH', `/terms/${termId}`, ada.headers, { name: 'X' })).statusCode, 404);
  t.equal((await send('POST', '/levels', ada.headers, { organizationId, name: 'Late' })).statusCode >= 400, true);
});
