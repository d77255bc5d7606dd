import t from 'tap';
import { printResetToken } from '../../../src/commands/accounts/reset-link.js';
import { deleteAccount } from '../../../src/commands/accounts/delete-account.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { registerAccount } from '../../../src/commands/accounts/register-account.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createTestApp, type TestApp } from '../../fixtures/test-app.js';
import { otherThan } from '../users/users-app.js';
import { createAcademyApp, type Member } from './academy-app.js';

const app = await createAcademyApp();
t.teardown(() => app.close());
const { send, must, clock, services: { commands } } = app;

const body = { name: 'User DIKE', email: 'dike@example.com', password: 'Password123!', type: 'DIKE', nim: '24/123456/PA/654321' };

t.test('1.2.1: register, and the account is logged in', async (t) => {
  const dike = await send(null, 'POST', '/auth/register', body);
  t.same([dike.status, dike.message], [201, 'User registered successfully']);
  t.match(dike.data, { user: { name: 'User DIKE', email: 'dike@example.com', role: 'DIKE', type: 'DIKE' } });
  const headers = { authorization: `Bearer ${String(dike.data['accessToken'])}` };
  t.match((await send({ headers }, 'GET', '/users/me')).body, { status: 'success', message: 'Success', data: { email: 'dike@example.com', role: 'DIKE', type: 'DIKE', nim: '24/123456/PA/654321' } });
  const cookie = String(dike.raw.headers['set-cookie']);
  t.match(cookie, /^access_token=.*; Path=\/academy; HttpOnly; SameSite=Strict$/);
  t.equal((await send({ headers: { cookie: cookie.split(';')[0] ?? '' } }, 'GET', '/users/me')).status, 200);
  const umum = await must(null, 'POST', '/auth/register', { ...body, email: 'umum@example.com', type: 'UMUM', phone: '+62 812-3456-7890' });
  const { user, accessToken } = umum.data as { readonly user: object; readonly accessToken: string };
  t.match(user, { role: 'UMUM', type: 'UMUM' });
  t.equal((await must({ headers: { authorization: `Bearer ${accessToken}` } }, 'GET', '/users/me')).data['nim'], null, 'a student number of UMUM is left out');
});

t.test('1.2.1: who can not register', async (t) => {
  const refused = async (changes: object) => {
    const { status, body: answer } = await send(null, 'POST', '/auth/register', { ...body, email: 'other@example.com', nim: '24/999999/PA/000001', ...changes });
    return [status, answer['message'], answer['errors']];
  };
  t.same(await refused({ email: 'DIKE@example.com' }), [400, 'Email already registered', undefined]);
  t.same(await refused({ nim: ' 24/123456/pa/654321 ' }), [400, 'NIM already registered', undefined]);
  t.same(await refused({ phone: '081234567890' }), [400, 'Phone number already registered', undefined]);
  t.same(await refused({ nim: undefined }), [400, 'Validation failed', [{ field: 'nim', message: 'NIM is required for DIKE students' }]]);
  t.same(await refused({ nim: '24-000000' }), [400, 'Validation failed', [{ field: 'nim', message: 'NIM must be like 24/000000/PA/000000' }]]);
  t.same(await refused({ phone: '+49 30 123' }), [400, 'Validation failed', [{ field: 'phone', message: 'Phone must be an Indonesian number like 081234567890' }]]);
  t.match(await refused({ name: 'x', password: 'short', type: 'ADMIN', email: 'nobody' }), [400, 'Validation failed', [
    { field: 'name', message: 'Name must be at least 2 characters' },
    { field: 'email', message: 'Email must be a valid e-mail address' },
    { field: 'password', message: 'Password must be at least 6 characters' },
    { field: 'type', message: 'Type must be one of: UMUM, DIKE' },
  ]]);
});

t.test('of ten who register one student number at once, one does, and a deleted account frees it', async (t) => {
  const nim = '25/111111/TK/222222';
  const raced = await Promise.all(Array.from({ length: 10 }, (_, index) => send(null, 'POST', '/auth/register', { ...body, email: `raced${index}@example.com`, nim })));
  t.same(raced.map(({ status }) => status).toSorted(), [201, ...Array<number>(9).fill(400)]);
  const winner = raced.find(({ status }) => status === 201)?.data['user'] as { readonly id: string };
  const admin = await app.admin();
  const deleted = await deleteAccount(commands)({ actor: { accountId: admin.id, role: 'admin' }, accountId: winner.id }, contextFor());
  t.ok(deleted.ok);
  t.equal((await send(null, 'POST', '/auth/register', { ...body, email: 'next@example.com', nim })).status, 201);
});

t.test('1.2.1: log in', async (t) => {
  const ann = await app.umum('ann');
  const right = await send(null, 'POST', '/auth/login', { email: ann.email, password: ann.password });
  t.same([right.status, right.message], [200, 'Logged in successfully']);
  t.match(right.data, { user: { id: ann.id, name: 'ann', role: 'UMUM', type: 'UMUM' } });
  for (const wrong of [{ email: ann.email, password: 'wrong' }, { email: 'nobody@example.com', password: 'wrong' }]) {
    const answer = await send(null, 'POST', '/auth/login', wrong);
    t.same([answer.status, answer.body], [400, { status: 'error', message: 'Invalid credentials' }]);
  }
  t.match((await send(null, 'POST', '/auth/login', { email: 'x' })).body, { message: 'Validation failed', errors: [{ field: 'password', message: 'Password is required' }, { field: 'email' }] });
});

t.test('1.2.1: a refresh token is exchanged once', async (t) => {
  const bea = await app.umum('bea');
  const first = await send(null, 'POST', '/auth/refresh-token', { refreshToken: bea.refreshToken });
  t.same([first.status, first.message], [200, 'Token refreshed successfully']);
  const { accessToken, refreshToken } = first.data as { readonly accessToken: string; readonly refreshToken: string };
  t.match(first.raw.cookies, [{ name: 'access_token', value: accessToken, path: '/academy', httpOnly: true, sameSite: 'Strict' }]);
  t.match(await send(null, 'POST', '/auth/refresh-token', {}), { status: 400, body: { message: 'Validation failed', errors: [{ field: 'refreshToken', message: 'Refresh Token is required' }] } });
  t.equal((await send({ headers: { authorization: `Bearer ${accessToken}` } }, 'GET', '/users/me')).status, 200);
  clock.advance(60_000);
  for (const token of [bea.refreshToken, refreshToken, 'nonsense']) {
    const refused = await send(null, 'POST', '/auth/refresh-token', { refreshToken: token });
    t.same([refused.status, refused.body], [401, { status: 'error', message: 'Invalid or expired refresh token' }], 'the one that came again has ended the session');
  }
});

t.test('1.2.1: log out ends the session of both tokens, and nobody else\'s', async (t) => {
  const cal = await app.umum('cal');
  const dee = await app.umum('dee');
  const other = (await must(null, 'POST', '/auth/login', { email: cal.email, password: cal.password })).data as { readonly refreshToken: string; readonly accessToken: string };
  const out = await send(cal, 'POST', '/auth/logout', { refreshToken: other.refreshToken });
  t.same([out.status, out.body], [200, { status: 'success', message: 'Logged out successfully' }]);
  t.match(String(out.raw.headers['set-cookie']), /^access_token=;/);
  for (const token of [cal.accessToken, other.accessToken]) {
    const revoked = await send({ headers: { authorization: `Bearer ${token}` } }, 'GET', '/users/me');
    t.same([revoked.status, revoked.message], [401, 'Token has been revoked. Please login again.']);
  }
  const fay = await app.umum('fay');
  t.equal((await send(fay, 'POST', '/auth/logout', { refreshToken: dee.refreshToken })).status, 200);
  t.equal((await send(dee, 'GET', '/users/me')).status, 200, 'a stranger\'s token is left alone');
  t.equal((await send(dee, 'POST', '/auth/logout')).status, 200, 'without a body');
  for (const [index, refreshToken] of ['unknown', '', null].entries()) {
    t.equal((await send(await app.umum(`gil ${index}`), 'POST', '/auth/logout', { refreshToken })).status, 200, `${refreshToken}`);
  }
  const byCookie = await app.umum('gwen');
  t.equal((await send({ headers: { cookie: `access_token=${byCookie.accessToken}` } }, 'POST', '/auth/logout', {})).status, 200);
  t.equal((await send(byCookie, 'GET', '/users/me')).status, 401);
});

t.test('1.2.1: a new password ends the other sessions and keeps the caller\'s', async (t) => {
  const hal = await app.umum('hal');
  const other = (await must(null, 'POST', '/auth/login', { email: hal.email, password: hal.password })).data as { readonly accessToken: string };
  const wrong = await send(hal, 'PATCH', '/auth/change-password', { currentPassword: 'wrong', newPassword: 'another horse' });
  t.same([wrong.status, wrong.body], [401, { status: 'error', message: 'Current password is incorrect' }]);
  const changed = await send(hal, 'PATCH', '/auth/change-password', { currentPassword: hal.password, newPassword: 'another horse' });
  t.same([changed.status, changed.body], [200, { status: 'success', message: 'Password updated successfully' }]);
  for (const newPassword of ['short', undefined]) {
    const bad = await send(hal, 'PATCH', '/auth/change-password', { currentPassword: 'another horse', newPassword });
    t.match(bad, { status: 400, body: { message: 'Validation failed', errors: [{ field: 'newPassword' }] } });
  }
  t.equal((await send(hal, 'GET', '/users/me')).status, 200);
  t.equal((await send(null, 'POST', '/auth/refresh-token', { refreshToken: hal.refreshToken })).status, 200);
  t.equal((await send({ headers: { authorization: `Bearer ${other.accessToken}` } }, 'GET', '/users/me')).status, 401);
  t.equal((await send(null, 'POST', '/auth/login', { email: hal.email, password: 'another horse' })).status, 200);
  t.equal((await send(null, 'POST', '/auth/login', { email: hal.email, password: hal.password })).status, 400);
});

t.test('1.2.1: the own profile', async (t) => {
  const ivy = await app.dike('ivy');
  const changed = await send(ivy, 'PATCH', '/auth/update-profile', { name: 'Ivy League', phone: '0899 1234 5678' });
  t.same([changed.status, changed.message], [200, 'Success']);
  t.match(changed.data, { id: ivy.id, name: 'Ivy League', email: ivy.email, role: 'DIKE', type: 'DIKE', nim: /^24/ });
  t.match((await send(ivy, 'PATCH', '/auth/update-profile', {})).data, { name: 'Ivy League' });
  const taken = await send(await app.umum('jon'), 'PATCH', '/auth/update-profile', { phone: '6289912345678' });
  t.same([taken.status, taken.message], [400, 'Phone number already registered']);
  for (const name of ['x', '  x  ']) {
    t.match((await send(ivy, 'PATCH', '/auth/update-profile', { name })).body['errors'], [{ field: 'name', message: 'Name must be at least 2 characters' }]);
  }
  for (const phone of ['', '12345', '+49 30 1234567']) {
    t.match(await send(ivy, 'PATCH', '/auth/update-profile', { name: 'Not Ivy', phone }), { status: 400, body: { message: 'Validation failed', errors: [{ field: 'phone' }] } });
  }
  const me = await send(ivy, 'GET', '/users/me');
  t.same([me.status, me.body], [200, changed.body], 'nothing of what was refused was done');
  for (const [method, path] of [['GET', '/users/me'], ['PATCH', '/auth/update-profile'], ['PATCH', '/auth/change-password'], ['POST', '/auth/logout']] as const) {
    const nobody = await send(null, method, path, method === 'GET' ? undefined : { currentPassword: 'x', newPassword: 'another horse' });
    t.same([nobody.status, nobody.body], [401, { status: 'error', message: 'Authentication required. No valid token provided.' }], path);
  }
});

/** What the mail's link has. */
const mailedToken = async ({ id: accountId }: Member): Promise<string> => {
  await commands.deferred.settled();
  const issued = (await app.events(`otp-password_reset_link.${accountId}`)).filter(({ type }) => type === 'OtpIssued').at(-1);
  const { otpId = '', surface } = (issued?.data ?? {}) as { readonly otpId?: string; readonly surface?: string };
  if (surface !== 'academy') throw new Error('no link was asked for');
  return printResetToken(commands.keys, { accountId, otpId });
};

t.test('1.2.1: a forgotten password is set anew by the token of a mail, once and in time', async (t) => {
  const kim = await app.umum('kim');
  const message = 'If your email is registered, you will receive reset instructions shortly';
  for (const email of [kim.email, 'nobody@example.com']) t.same((await send(null, 'POST', '/auth/forgot-password', { email })).body, { status: 'success', message });
  const replaced = await mailedToken(kim);
  await must(null, 'POST', '/auth/forgot-password', { email: kim.email });
  const token = await mailedToken(kim);
  const reset = (given: string) => send(null, 'POST', '/auth/reset-password', { token: given, password: 'another horse' });
  const refused = { status: 'error', message: 'Invalid or expired password reset token' };
  for (const bad of [replaced, 'nonsense', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`]) {
    const answer = await reset(bad);
    t.same([answer.status, answer.body], [400, refused]);
  }
  t.same((await reset(token)).body, { status: 'success', message: 'Password has been reset successfully' });
  t.same((await reset(token)).body, refused, 'it is good once');
  t.equal((await send(kim, 'GET', '/users/me')).status, 401, 'all sessions ended');
  t.equal((await send(null, 'POST', '/auth/login', { email: kim.email, password: 'another horse' })).status, 200);
  await must(null, 'POST', '/auth/forgot-password', { email: kim.email });
  const late = await mailedToken(kim);
  clock.advance(15 * 60_000);
  t.same((await reset(late)).body, refused, 'it is good for 15 minutes');
});

t.test('1.2.1: a token that is no mail\'s, and a password that is too short', async (t) => {
  const refused = async (body: object) => {
    const { status, body: answer } = await send(null, 'POST', '/auth/reset-password', body);
    return [status, answer['message'], answer['errors']];
  };
  t.same(await refused({ token: 'x'.repeat(500), password: 'another horse' }), [400, 'Invalid or expired password reset token', undefined]);
  t.match(await refused({ token: 'x', password: 'short' }), [400, 'Validation failed', [{ field: 'password', message: 'Password must be at least 6 characters' }]]);
  t.match(await refused({ password: 'another horse' }), [400, 'Validation failed', [{ field: 'token', message: 'Token is required' }]]);
  t.match(await send(null, 'POST', '/auth/forgot-password', { email: 'nobody' }), { status: 400, body: { errors: [{ field: 'email', message: 'Email must be a valid e-mail address' }] } });
});

/** The digits of the mail with the latest code of a login. */
const loginCode = async (of: Pick<TestApp, 'events' | 'services'>, accountId: string): Promise<string> => {
  const issued = (await of.events(`otp-second_factor.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was mailed');
  return oneTimeCode(of.services.commands.keys, issued.data.otpId);
};

t.test('1.2.1: with two-factor on, and for admins where all need it, a mailed code is asked for', async (t) => {
  const credentials = { email: 'moe@example.com', password: 'correct horse' };
  const moe = { ...credentials, name: 'Moe', role: 'student', provider: 'local', imageUrl: null, twoFactor: true, surface: 'academy', actorRole: null } as const;
  const registered = await registerAccount(commands)(moe, contextFor());
  if (!registered.ok) throw new Error(registered.rejection);
  const strict = await createTestApp({ surfaces: ['academy'], adminSecondFactor: true });
  t.teardown(() => strict.close());
  const admin = await registerAccount(strict.services.commands)({ ...moe, twoFactor: false, role: 'admin', actorRole: 'admin' }, contextFor());
  if (!admin.ok) throw new Error(admin.rejection);
  for (const [of, accountId] of [[app, registered.value.accountId], [strict, admin.value.accountId]] as const) {
    const logIn = async (payload: object) => {
      const { statusCode, body: text } = await of.inject({ method: 'POST', url: '/academy/auth/login', payload });
      return [statusCode, JSON.parse(text)];
    };
    t.same(await logIn({ ...credentials, password: 'wrong' }), [400, { status: 'error', message: 'Invalid credentials' }], 'the password first');
    t.match(await logIn(credentials), [401, { status: 'error', message: 'A code was mailed: it is needed together with email and password.' }]);
    const otp = await loginCode(of, accountId);
    t.not((await logIn({ ...credentials, otp: otherThan(otp) }))[0], 200);
    t.match(await logIn({ ...credentials, otp }), [200, { data: { user: { id: accountId } } }]);
    t.not((await logIn({ ...credentials, otp }))[0], 200, 'it is good once');
  }
});

t.test('a link of the academy\'s mail gives no code to the other surfaces', async (t) => {
  const both = await createAcademyApp({ surfaces: ['academy', 'marketplace'] });
  t.teardown(() => both.close());
  const nan = await both.umum('nan');
  await both.must(null, 'POST', '/auth/forgot-password', { email: nan.email });
  await both.services.commands.deferred.settled();
  const issued = (await both.events()).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no link was mailed');
  t.match(issued.data, { purpose: 'password_reset_link', surface: 'academy' });
  const payload = { email: nan.email, otp: oneTimeCode(both.services.commands.keys, issued.data.otpId), newPassword: 'another horse' };
  t.equal((await both.inject({ method: 'POST', url: '/auth/reset-password', payload })).statusCode, 400);
  const { otp: code, ...rest } = payload;
  for (const purpose of ['password_reset', 'password_reset_link']) {
    t.equal((await both.inject({ method: 'POST', url: '/otp/verify', payload: { email: rest.email, code, purpose } })).statusCode, 400);
  }
  t.equal((await both.send(null, 'POST', '/auth/reset-password', { token: code, password: 'another horse' })).status, 400);
});

t.test('section 1: a token that has run out, and a page of another origin', async (t) => {
  const lee = await app.umum('lee');
  const { sign } = app.app.jwt;
  const [, payload = ''] = lee.accessToken.split('.');
  const { sub, sid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly sub: string; readonly sid: string };
  const expired = sign({ sub, sid, role: 'student' }, { expiresIn: '-1s' });
  const answer = await send({ headers: { authorization: `Bearer ${expired}` } }, 'GET', '/users/me');
  t.same([answer.status, answer.message], [401, 'Token expired. Please login again.']);
  const cookie = { cookie: `access_token=${lee.accessToken}` };
  const foreign = await send({ headers: { ...cookie, origin: 'https://evil.example' } }, 'PATCH', '/auth/update-profile', { name: 'Mallory' });
  t.same([foreign.status, foreign.message], [403, 'Access denied. Requests from https://evil.example are not accepted.']);
  t.equal((await send({ headers: { ...cookie, origin: 'https://shop.example' } }, 'PATCH', '/auth/update-profile', { name: 'Lee' })).status, 200);
});

t.test('section 1: services are kept out, and 20 failures in 15 minutes are enough', async (t) => {
  t.equal((await send(app.service(), 'PATCH', '/auth/change-password', { currentPassword: 'x', newPassword: 'another horse' })).status, 400);
  const limited = await createAcademyApp({ config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const wrong = (index: number) => limited.send(null, 'POST', '/auth/login', { email: `nobody${index}@example.org`, password: 'wrong' });
  for (let index = 0; index < 20; index += 1) t.equal((await wrong(index)).status, 400);
  const { status, body: answer, raw } = await wrong(20);
  t.equal(status, 429);
  t.match(answer, { status: 'error', error: 'Too many requests', message: /Too many requests/, retryAfter: Number(raw.headers['retry-after']) });
  for (let index = 0; index < 5; index += 1) t.equal((await limited.send(null, 'POST', '/auth/forgot-password', { email: `nobody${index}@example.org` })).status, 200);
  t.equal((await limited.send(null, 'POST', '/auth/forgot-password', { email: 'nobody6@example.org' })).status, 429);
  t.equal((await limited.send(null, 'POST', '/auth/reset-password', { token: 'x', password: 'another horse' })).status, 429, 'the two count together');
  limited.clock.advance(15 * 60_000);
  t.equal((await wrong(21)).status, 400);
  t.equal((await limited.send(null, 'POST', '/auth/reset-password', { token: 'x', password: 'another horse' })).status, 429, 'for an hour');
  limited.clock.advance(45 * 60_000);
  t.equal((await limited.send(null, 'POST', '/auth/reset-password', { token: 'x', password: 'another horse' })).status, 400);
});
