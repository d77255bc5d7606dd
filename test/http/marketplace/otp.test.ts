import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());

const generate = (payload: object) => app.inject({ method: 'POST', url: '/otp/generate', payload });
const verify = (payload: object) => app.inject({ method: 'POST', url: '/otp/verify', payload });

const codesOf = async (accountId: string, purpose: string): Promise<string[]> => {
  const events = await app.events(`otp-${purpose}.${accountId}`);
  return events.flatMap((event) => (event.type === 'OtpIssued' ? [oneTimeCode(app.services.commands.keys, event.data.otpId)] : []));
};

t.test('a code is made for those who have an account, and the answer is the same for all', async (t) => {
  const ada = await app.signUp();
  const known = await generate({ email: ada.email, purpose: 'login_verification' });
  const unknown = await generate({ email: 'nobody@example.org', purpose: 'login_verification' });
  t.equal(known.statusCode, 201);
  t.same([unknown.statusCode, unknown.json()], [201, known.json()]);
  const [code = ''] = await codesOf(ada.id, 'login_verification');
  t.match(code, /^\d{6}$/);
  t.notMatch(known.body, code);
  const log = JSON.stringify(await app.events(), (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  t.notOk(log.includes(`"${code}"`), 'the log does not have it either');
});

t.test('a code is right for its address and purpose only', async (t) => {
  const ada = await app.signUp();
  const eve = await app.signUp();
  await generate({ email: ada.email, purpose: 'password_reset' });
  const [code = ''] = await codesOf(ada.id, 'password_reset');
  t.equal((await verify({ email: eve.email, code, purpose: 'password_reset' })).statusCode, 400);
  t.equal((await verify({ email: ada.email, code, purpose: 'login_verification' })).statusCode, 400);
  const right = await verify({ email: ada.email, code, purpose: 'password_reset' });
  t.equal(right.statusCode, 201);
  t.match(right.json(), { success: true, verified: true });
});

t.test('five wrong tries use a code up; so do ten minutes', async (t) => {
  const ada = await app.signUp();
  await generate({ email: ada.email, purpose: 'login_verification' });
  const [code = ''] = await codesOf(ada.id, 'login_verification');
  const wrong = code === '123456' ? '654321' : '123456';
  for (let tries = 0; tries < 5; tries += 1) {
    t.match((await verify({ email: ada.email, code: wrong, purpose: 'login_verification' })).json(), { status: 400, code: 'otp-invalid' });
  }
  t.match((await verify({ email: ada.email, code, purpose: 'login_verification' })).json(), { status: 400, code: 'otp-invalid' });
  await generate({ email: ada.email, purpose: 'login_verification' });
  const [, second = ''] = await codesOf(ada.id, 'login_verification');
  app.clock.advance(10 * 60_000);
  t.equal((await verify({ email: ada.email, code: second, purpose: 'login_verification' })).statusCode, 400);
});

t.test('email_verification verifies the address, once; password_reset leaves the code for its step', async (t) => {
  const ada = await app.signUp();
  await generate({ email: ada.email, purpose: 'email_verification' });
  const code = (await codesOf(ada.id, 'email_verification')).at(-1) ?? '';
  t.match(await verify({ email: ada.email, code, purpose: 'email_verification' }), { statusCode: 201 });
  t.match((await app.inject({ url: '/auth/me', headers: ada.headers })).json(), { user: { emailVerified: true } }, 'seen at once');
  t.match(await verify({ email: ada.email, code, purpose: 'email_verification' }), { statusCode: 400 });
  await generate({ email: ada.email, purpose: 'password_reset' });
  const [otp = ''] = await codesOf(ada.id, 'password_reset');
  for (let times = 0; times < 2; times += 1) t.match(await verify({ email: ada.email, code: otp, purpose: 'password_reset' }), { statusCode: 201 });
  const reset = await app.inject({ method: 'POST', url: '/auth/reset-password', payload: { email: ada.email, otp, newPassword: 'another horse' } });
  t.equal(reset.statusCode, 200);
});

t.test('wrong fields are named', async (t) => {
  t.match((await generate({ email: 'a@b.example', purpose: 'fun' })).json(), { status: 400, errors: [{ field: 'purpose' }] });
  t.match((await generate({ purpose: 'password_reset' })).json(), { status: 400, errors: [{ field: 'email' }] });
  t.match((await verify({ email: 'a@b.example', code: 123456, purpose: 'password_reset' })).json(), { status: 400, errors: [{ field: 'code' }] });
});
