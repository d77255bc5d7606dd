import t from 'tap';
import { leaveOrganization } from '../../../../src/commands/organizations/join-and-leave.js';
import { activeOrganization } from '../../../../src/http/shared/organization-standing.js';
import { contextFor } from '../../../fixtures/command-services.js';
import { actorOf, founded, invited, joined, valueOf } from '../../../fixtures/organizations.js';
import { createTestApp } from '../../../fixtures/test-app.js';

const app = await createTestApp({
  surfaces: ['marketplace'],
  routes: async (fastify, { readModels }) => {
    fastify.get('/which', { config: { access: 'public', reads: ['organizations'] } }, async ({ account }) => ({ active: await activeOrganization(readModels, account) }));
  },
});
t.teardown(() => app.close());

const { commands } = app.services;
type Headers = Readonly<Record<string, string>>;
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const switchTo = (organizationId: unknown, headers: Headers) => app.inject({ method: 'POST', url: '/users/switch-context', payload: { organizationId }, headers });
const active = async (headers: Headers) => {
  await app.caughtUp();
  return (await app.inject({ url: '/which', headers })).json<{ active: string | null }>().active;
};
const claimsOf = (token: string) => app.app.jwt.verify<{ sub: string; sid: string; org?: string }>(token);

t.test('the organization goes into new tokens and counts from then on', async (t) => {
  const ada = await app.signUp();
  const organizationId = await founded(commands, ada.id);
  t.equal(await active(ada.headers), null);
  const answer = await switchTo(organizationId, ada.headers);
  t.equal(answer.statusCode, 200);
  t.match(answer.json(), { success: true, organizationId, tokenType: 'Bearer', expiresIn: 900 });
  t.notMatch(answer.json(), { refreshToken: String });
  const { accessToken } = answer.json<{ accessToken: string }>();
  t.match(claimsOf(accessToken), { sub: ada.id, sid: claimsOf(ada.token).sid, org: organizationId });
  t.equal(await active(bearer(accessToken)), organizationId);
  t.equal(await active(ada.headers), organizationId, 'the session switched, with the tokens it has');
  const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: ada.refreshToken } });
  t.match(claimsOf(refreshed.json<{ accessToken: string }>().accessToken), { org: organizationId });
});

t.test('null and an empty text switch back', async (t) => {
  const ada = await app.signUp();
  const organizationId = await founded(commands, ada.id);
  for (const none of [null, '', ' ']) {
    await switchTo(organizationId, ada.headers);
    const answer = await switchTo(none, ada.headers);
    t.match(answer.json(), { success: true, organizationId: null });
    t.notOk('org' in claimsOf(answer.json<{ accessToken: string }>().accessToken));
    t.equal(await active(ada.headers), null);
  }
});

t.test('another session of the account stays where it is', async (t) => {
  const ada = await app.signUp();
  const organizationId = await founded(commands, ada.id);
  const login = await app.inject({ method: 'POST', url: '/auth/login', payload: { email: ada.email, password: ada.password } });
  await switchTo(organizationId, ada.headers);
  t.equal(await active(bearer(login.json<{ accessToken: string }>().accessToken)), null);
});

t.test('only members switch, also of admins', async (t) => {
  const [ada, ben, root] = [await app.signUp(), await app.signUp(), await app.signUp('admin')];
  const organizationId = await founded(commands, ada.id);
  await invited(commands, { organizationId, by: ada.id, userId: ben.id });
  for (const { headers } of [ben, root]) t.match((await switchTo(organizationId, headers)).json(), { status: 403, code: 'organization-not-permitted' });
  t.match((await switchTo('nowhere', ada.headers)).json(), { status: 404, code: 'organization-not-found' });
  t.equal((await switchTo(organizationId, {})).statusCode, 401);
  for (const wrong of [undefined, 7, 'x'.repeat(65)]) t.match((await switchTo(wrong, ada.headers)).json(), { status: 400, errors: [{ field: 'organizationId' }] });
});

t.test('who left is within it no more, and new tokens do not say so', async (t) => {
  const [ada, ben] = [await app.signUp(), await app.signUp()];
  const organizationId = await founded(commands, ada.id);
  await joined(commands, { organizationId, by: ada.id, userId: ben.id });
  await switchTo(organizationId, ben.headers);
  t.equal(await active(ben.headers), organizationId);
  await valueOf(leaveOrganization(commands)({ actor: actorOf(ben.id), organizationId }, contextFor()));
  t.equal(await active(ben.headers), null);
  const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: ben.refreshToken } });
  t.notOk('org' in claimsOf(refreshed.json<{ accessToken: string }>().accessToken));
});
