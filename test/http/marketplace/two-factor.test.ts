import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import { createTestApp, type SignedUp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'], adminSecondFactor: true });
t.teardown(() => app.close());

type Headers = Readonly<Record<string, string>>;
const post = (url: string, payload?: object, headers: Headers = {}) =>
  app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });
const get = (url: string, headers: Headers = {}) => app.inject({ method: 'GET', url, headers });

const codeOf = async (accountId: string, purpose: OtpPurpose): Promise<string> => {
  const issued = (await app.events(`otp-${purpose}.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};
const otherThan = (code: string): string => (code === '123456' ? '654321' : '123456');

const verified = async (): Promise<SignedUp> => {
  const person = await app.signUp();
  const otp = await codeOf(person.id, 'email_verification');
  const answer = await post('/auth/verify-email', { email: person.email, otp });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return person;
};
const enabled = async (): Promise<SignedUp> => {
  const person = await verified();
  await post('/auth/enable-2fa', undefined, person.headers);
  await post('/auth/confirm-2fa', { otp: await codeOf(person.id, 'two_factor_change') }, person.headers);
  return person;
};
const login = ({ email, password }: SignedUp, otp?: string) => post('/auth/login', { email, password, ...(otp === undefined ? {} : { otp }) });

t.test('enable-2fa mails a code, confirm-2fa turns it on', async (t) => {
  const ada = await verified();
  const asked = await post('/auth/enable-2fa', undefined, ada.headers);
  t.equal(asked.statusCode, 201);
  t.match(asked.json(), { success: true, message: /on its way/ });
  const code = await codeOf(ada.id, 'two_factor_change');
  t.notMatch(asked.body, code);
  t.match((await get('/auth/me', ada.headers)).json(), { user: { twoFactorEnabled: false } });
  t.match((await post('/auth/confirm-2fa', { otp: otherThan(code) }, ada.headers)).json(), { status: 400, code: 'otp-invalid' });
  const confirmed = await post('/auth/confirm-2fa', { otp: code }, ada.headers);
  t.equal(confirmed.statusCode, 201);
  t.match(confirmed.json(), { success: true });
  t.match((await get('/auth/me', ada.headers)).json(), { user: { twoFactorEnabled: true } }, 'seen at once, in the same session');
  t.match((await post('/auth/enable-2fa', undefined, ada.headers)).json(), { status: 409, code: 'two-factor-on' });
  t.match((await post('/auth/confirm-2fa', { otp: code }, ada.headers)).json(), { status: 409, code: 'two-factor-on' });
});

t.test('they ask for a token, a verified address and well formed fields', async (t) => {
  for (const url of ['/auth/enable-2fa', '/auth/confirm-2fa', '/auth/disable-2fa']) {
    t.equal((await post(url, { otp: '123456' })).statusCode, 401, url);
  }
  const eve = await app.signUp();
  t.match((await post('/auth/enable-2fa', undefined, eve.headers)).json(), { status: 403, code: 'email-not-verified' });
  t.match((await post('/auth/confirm-2fa', {}, eve.headers)).json(), { status: 400, errors: [{ field: 'otp' }] });
  t.match((await post('/auth/confirm-2fa', { otp: 123456 }, eve.headers)).json(), { status: 400, errors: [{ field: 'otp' }] });
  t.match((await post('/auth/disable-2fa', { password: 1 }, eve.headers)).json(), { status: 400, errors: [{ field: 'password' }] });
});

t.test('other sessions end when it is turned on', async (t) => {
  const ada = await verified();
  const another = (await login(ada)).json<{ accessToken: string; refreshToken: string }>();
  await post('/auth/enable-2fa', undefined, ada.headers);
  await post('/auth/confirm-2fa', { otp: await codeOf(ada.id, 'two_factor_change') }, ada.headers);
  t.equal((await get('/auth/me', { authorization: `Bearer ${another.accessToken}` })).statusCode, 401);
  t.equal((await post('/auth/refresh', { refreshToken: another.refreshToken })).statusCode, 401);
  t.equal((await post('/auth/refresh', { refreshToken: ada.refreshToken })).statusCode, 200);
});

t.test('a login gives no token before the code, which goes to either route', async (t) => {
  const ada = await enabled();
  const asked = await login(ada);
  t.match(asked.json(), { status: 401, code: 'second-factor-required', detail: /\/otp\/verify/ });
  t.notMatch(asked.body, /token/i);
  t.same(asked.cookies, []);
  t.equal((await login(ada, await codeOf(ada.id, 'second_factor'))).statusCode, 200);

  await login(ada);
  const code = await codeOf(ada.id, 'second_factor');
  const verify = (given: string, purpose = 'login_verification') => post('/otp/verify', { email: ada.email, code: given, purpose });
  t.match((await verify(otherThan(code))).json(), { status: 400, code: 'otp-invalid' });
  t.match((await verify(code, 'password_reset')).json(), { status: 400, code: 'otp-invalid' });
  const opened = await verify(code);
  t.equal(opened.statusCode, 201);
  t.match(opened.json(), { success: true, verified: true, tokenType: 'Bearer', refreshToken: String, user: { id: ada.id } });
  t.match(opened.cookies, [{ name: 'refreshToken', httpOnly: true }]);
  const { accessToken } = opened.json<{ accessToken: string }>();
  t.equal((await get('/auth/me', { authorization: `Bearer ${accessToken}` })).statusCode, 200);
  t.match((await verify(code)).json(), { status: 400, code: 'otp-invalid' }, 'once');
});

t.test('a code that was only asked for is right, and gives no token', async (t) => {
  const ada = await enabled();
  await post('/otp/generate', { email: ada.email, purpose: 'login_verification' });
  const answer = await post('/otp/verify', { email: ada.email, code: await codeOf(ada.id, 'login_verification'), purpose: 'login_verification' });
  t.equal(answer.statusCode, 201);
  t.strictSame(answer.json(), { success: true, message: 'The code is right.', verified: true });
});

t.test('disable-2fa soon after the login needs no body', async (t) => {
  const ada = await enabled();
  const disabled = await post('/auth/disable-2fa', undefined, ada.headers);
  t.equal(disabled.statusCode, 201);
  t.match(disabled.json(), { success: true });
  t.match((await get('/auth/me', ada.headers)).json(), { user: { twoFactorEnabled: false } });
  t.equal((await login(ada)).statusCode, 200);
  t.equal((await post('/auth/disable-2fa', undefined, ada.headers)).statusCode, 201, 'it is off already');
});

t.test('later disable-2fa needs the password or the code that it mails', async (t) => {
  const ada = await enabled();
  const bea = await enabled();
  app.clock.advance(3_600_000);
  const asked = await post('/auth/disable-2fa', undefined, ada.headers);
  t.match(asked.json(), { status: 403, code: 'two-factor-proof-required', detail: /mailed/ });
  const wrong = await post('/auth/disable-2fa', { password: 'another' }, ada.headers);
  t.match(wrong.json(), { status: 400, code: 'wrong-password', errors: [{ field: 'password' }] });
  const code = await codeOf(ada.id, 'two_factor_change');
  t.match((await post('/auth/disable-2fa', { otp: otherThan(code) }, ada.headers)).json(), { status: 400, code: 'otp-invalid' });
  t.match((await get('/auth/me', ada.headers)).json(), { user: { twoFactorEnabled: true } });
  t.equal((await post('/auth/disable-2fa', { otp: code }, ada.headers)).statusCode, 201);
  t.equal((await post('/auth/disable-2fa', { password: bea.password }, bea.headers)).statusCode, 201);
});

t.test('an admin’s stays on where ADMIN_SECOND_FACTOR asks for it', async (t) => {
  const payload = { name: 'Root', email: 'root@example.org', password: 'correct horse', role: 'admin' };
  const { id } = (await post('/auth/register', payload)).json<{ id: string }>();
  t.equal((await post('/auth/login', payload)).statusCode, 401);
  const opened = await post('/auth/login', { ...payload, otp: await codeOf(id, 'second_factor') });
  const headers = { authorization: `Bearer ${opened.json<{ accessToken: string }>().accessToken}` };
  t.match((await post('/auth/disable-2fa', { password: payload.password }, headers)).json(), { status: 409, code: 'two-factor-mandatory' });
});
