import t from 'tap';
import { ensureFirstAdmin } from '../../../src/commands/accounts/ensure-first-admin.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace', 'users', 'authentication'], adminSecondFactor: true });
t.teardown(() => app.close());

const first = { email: 'root@example.org', password: 'first-password' };
const ensured = await ensureFirstAdmin(app.services.commands)(first);
const accountId = ensured.ok ? ensured.value.accountId : '';
const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });

const latestCode = async (purpose = 'second_factor', id = accountId): Promise<string> => {
  const issued = (await app.events(`otp-${purpose}.${id}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};

t.test('issue 9.22: the first admin is asked for a code on every surface', async (t) => {
  for (const [url, status] of [['/auth/login', 200], ['/api/v2/user/login-user', 201]] as const) {
    const asked = await post(url, first);
    t.match([asked.statusCode, asked.json()], [401, { code: 'second-factor-required' }], url);
    t.notMatch(asked.body, /token"/i);
    t.equal((await post(url, { ...first, otp: await latestCode() })).statusCode, status, url);
  }
  t.match((await post('/api/auth/login', first)).json(), { data: { otpRequired: true } });
  const verified = await post('/api/auth/verify-otp', { email: first.email, otp: await latestCode() });
  t.match(verified.json(), { data: { token: String } });
});

t.test('issue 9.22: nor does an activation open a session for an admin; others need no code', async (t) => {
  const admin = { name: 'Bea', email: 'bea@example.org', password: 'secret1', role: 'admin' };
  const { id } = (await post('/auth/register', admin)).json<{ id: string }>();
  const activation = { email: admin.email, otp: await latestCode('email_verification', id) };
  t.match((await post('/api/v2/user/activation', activation)).json(), { code: 'log-in-required' });
  t.equal((await post('/auth/login', admin)).statusCode, 401);
  await post('/auth/register', { ...admin, email: 'sam@example.org', role: 'student' });
  t.equal((await post('/auth/login', { email: 'sam@example.org', password: 'secret1' })).statusCode, 200);
});
