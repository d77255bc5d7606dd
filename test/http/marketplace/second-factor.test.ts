import { randomUUID } from 'node:crypto';
import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());

const email = 'root@example.org';
const password = 'secret1';
const commandId = randomUUID();
const registered = await registerAccount(app.services.commands)(
  { name: 'Root', email, password, role: 'admin', actorRole: 'admin', provider: 'local', imageUrl: null, twoFactor: true },
  { commandId, actorId: null, correlationId: commandId, causationId: commandId },
);
const accountId = registered.ok ? registered.value.accountId : '';

const post = (url: string, payload: object, headers: Record<string, string> = {}) => app.inject({ method: 'POST', url, payload, headers });
const latestCode = async (): Promise<string> => {
  const issued = (await app.events(`otp-second_factor.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};

t.test('two-factor on: the marketplace is no way around it', async (t) => {
  const asked = await post('/auth/login', { email, password });
  t.equal(asked.statusCode, 401);
  t.match(asked.json(), { code: 'second-factor-required', detail: /mailed/ });
  t.notMatch(asked.body, /token/i);
  const code = await latestCode();
  t.match((await post('/auth/login', { email, password: 'another', otp: code })).json(), { status: 401, code: 'wrong-credentials' });
  t.match((await post('/auth/login', { email, password, otp: code === '000000' ? '000001' : '000000' })).json(), { code: 'otp-invalid' });
  const opened = await post('/auth/login', { email, password, otp: code });
  t.equal(opened.statusCode, 200);
  const { accessToken } = opened.json<{ accessToken: string }>();
  t.equal((await post('/auth/login', { email, password, otp: code })).statusCode, 400);

  const change = { currentPassword: password, newPassword: 'secret2' };
  const changed = await post('/users/change-password', change, { authorization: `Bearer ${accessToken}` });
  t.equal(changed.statusCode, 200, 'who is in stays in');
  t.type(changed.json<{ accessToken: string }>().accessToken, 'string');
});

t.test('nobody is mailed a code of a login but by a login', async (t) => {
  t.equal((await post('/otp/generate', { email, purpose: 'second_factor' })).statusCode, 400);
});
