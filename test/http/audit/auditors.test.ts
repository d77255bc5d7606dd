import type { RouteOptions } from 'fastify';
import t from 'tap';
import { createTestApp } from '../../fixtures/test-app.js';

const routes: RouteOptions[] = [];
const app = await createTestApp({ onRoute: (route) => void routes.push(route) });
t.teardown(() => app.close());

const admin = await app.signUp('admin');

/** What an auditor may change: its own password, profile, second factor and session. */
const THEIR_OWN = [
  'PATCH /academy/auth/change-password',
  'POST /academy/auth/logout',
  'PATCH /academy/auth/update-profile',
  'PUT /api/v1/change-password/',
  'POST /api/v1/logout/',
  'PUT /api/v2/user/update-avatar',
  'PUT /api/v2/user/update-user-info',
  'PUT /api/v2/user/update-user-password',
  'POST /auth/confirm-2fa',
  'POST /auth/disable-2fa',
  'POST /auth/enable-2fa',
  'POST /users/change-password',
  'PATCH /users/profile',
];

/** What asks for no token and takes no notice of one, or needs a token of its own in the body, a mailed code or a signature. */
const OPEN_TO_ALL = [
  'POST /academy/auth/forgot-password',
  'POST /academy/auth/login',
  'POST /academy/auth/refresh-token',
  'POST /academy/auth/register',
  'POST /academy/auth/reset-password',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/refresh',
  'POST /api/auth/register',
  'POST /api/auth/verify-otp',
  'POST /api/v1/password-reset/confirm/',
  'POST /api/v1/password-reset/request/',
  'POST /api/v1/password-reset/verify/',
  'POST /api/v1/student/login/{teacher_username}/',
  'POST /api/v1/student/student-register/{teacher_username}',
  'POST /api/v1/teacher/login/',
  'POST /api/v1/teacher/teacher-register/',
  'POST /api/v1/token/refresh/',
  'POST /api/v2/user/activation',
  'POST /api/v2/user/create-user',
  'POST /api/v2/user/forgot-password',
  'POST /api/v2/user/login-user',
  'POST /api/v2/user/resend-otp',
  'POST /api/v2/user/reset-password',
  'POST /auth/forgot-password',
  'POST /auth/login',
  'POST /auth/logout',
  'POST /auth/refresh',
  'POST /auth/register',
  'POST /auth/reset-password',
  'POST /auth/undo-change',
  'POST /auth/verify-email',
  'POST /otp/generate',
  'POST /otp/verify',
  'POST /payments/webhooks/{provider}',
];

const CHANGING = ['post', 'put', 'patch', 'delete'];

const change = (method: 'PUT' | 'DELETE', accountId: string, headers: Record<string, string>) => app.inject({ method, url: `/audit/auditors/${accountId}`, headers });

t.test('an admin gives the role of an auditor and takes it away; it counts in the sessions that are open', async (t) => {
  const grace = await app.signUp('student', 'Grace');
  const url = `/audit/streams/account-${grace.id}`;
  t.equal((await app.inject({ url, headers: grace.headers })).statusCode, 403);
  t.equal((await change('PUT', grace.id, grace.headers)).statusCode, 403, 'nobody gives it to themselves');
  const given = await change('PUT', grace.id, admin.headers);
  t.same([given.statusCode, given.json()], [200, { accountId: grace.id, role: 'auditor' }]);
  await app.caughtUp();
  t.equal((await app.inject({ url, headers: grace.headers })).statusCode, 200);
  t.equal((await change('PUT', admin.id, grace.headers)).statusCode, 403, 'an auditor makes no auditors');
  const taken = await change('DELETE', grace.id, admin.headers);
  t.same([taken.statusCode, taken.json()], [200, { accountId: grace.id, role: 'guest' }]);
  await app.caughtUp();
  t.equal((await app.inject({ url, headers: grace.headers })).statusCode, 403);
  t.equal((await change('DELETE', grace.id, admin.headers)).statusCode, 404, 'who is no auditor loses no role');
  t.equal((await change('PUT', 'nobody', admin.headers)).statusCode, 404);
  const last = await change('PUT', admin.id, admin.headers);
  t.same([last.statusCode, last.json<{ code: string }>().code], [409, 'last-admin']);
});

t.test('an auditor changes nothing: every route that is no GET refuses the token, but for those that are listed', async (t) => {
  const auditor = await app.signUp('student', 'Audrey');
  await change('PUT', auditor.id, admin.headers);
  await app.caughtUp();
  const before = await app.store.head();
  const { paths } = (await app.inject({ url: '/docs/json' })).json<{ paths: Record<string, Record<string, object>> }>();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => CHANGING.includes(method))
      .map((method) => ({ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase() as 'POST', url: path.replaceAll(/\{\w+\}/g, 'x') })),
  );
  t.ok(operations.length > 150, `${operations.length} operations`);
  // The users surface logs out by GET.
  const documented = new Set(operations.map(({ name }) => name));
  t.same([...THEIR_OWN, ...OPEN_TO_ALL].filter((name) => !documented.has(name)), [], 'no exception for what is not there');
  const walked = operations.filter(({ name }) => !THEIR_OWN.includes(name) && !OPEN_TO_ALL.includes(name));
  for (const { name, method, url } of walked) {
    const answer = await app.app.inject({ method, url, headers: auditor.headers });
    if (answer.statusCode !== 403) t.fail(`${name} answered ${answer.statusCode}`);
  }
  t.equal(await app.store.head(), before, 'nothing was written');
  const registered = routes.flatMap(({ method, url }) => [method].flat().map((name) => `${name} ${url.replaceAll(/:(\w+)/g, '{$1}')}`));
  const known = new Set([...operations.map(({ name }) => name), ...THEIR_OWN, ...OPEN_TO_ALL].map((name) => name.replace(/\/$/, '')));
  const hidden = registered.filter((name) => CHANGING.includes(name.split(' ')[0]?.toLowerCase() ?? '') && !known.has(name.replace(/\/$/, '')));
  t.same(hidden, [], 'no changing route is missing in the document');
});

t.test('their own is theirs: an auditor changes the password and logs out', async (t) => {
  const auditor = await app.signUp('student', 'Ansel');
  await change('PUT', auditor.id, admin.headers);
  await app.caughtUp();
  const payload = { currentPassword: auditor.password, newPassword: 'a new horse battery' };
  const changed = await app.inject({ method: 'POST', url: '/users/change-password', payload, headers: auditor.headers });
  t.equal(changed.statusCode, 200, changed.body);
});
