import t from 'tap';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import type { OtpPurpose } from '../../../src/domain/otp/events.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());

const post = (url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers });

/** The code from the mail. */
const latestCode = async (accountId: string, purpose: OtpPurpose): Promise<string> => {
  const events = await app.events(`otp-${purpose}.${accountId}`);
  const issued = events.findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};

const otherThan = (code: string): string => (code === '123456' ? '654321' : '123456');
const refreshCookieOf = ({ cookies }: { cookies: readonly { name: string; value: string }[] }): string =>
  cookies.find(({ name }) => name === 'refreshToken')?.value ?? '';

t.test('register', async (t) => {
  t.test('answers the user, without any secret, and is seen at once', async (t) => {
    const payload = { name: ' Ada ', email: 'Ada@example.org', password: 'secret1', role: 'instructor', isAdmin: true };
    const answer = await post('/auth/register', payload);
    t.equal(answer.statusCode, 201);
    const user = answer.json<{ id: string }>();
    t.match(user, { name: 'Ada', email: 'Ada@example.org', role: 'instructor', emailVerified: false, isOAuthUser: false });
    t.notMatch(answer.body, /password|quick:|secret1/i);
    t.match(answer.headers, { 'x-position': /^\d+$/ });
    t.same((await get('/auth/user/ada@example.org')).json(), { exists: true, isOAuthUser: false });
    const [registered] = await app.events(`account-${user.id}`);
    t.match(registered, { type: 'AccountRegistered', metadata: { correlationId: answer.headers['x-request-id'] } });
  });

  t.test('an address is registered once, however it is written', async (t) => {
    const payload = { name: 'Eve', email: 'ADA@EXAMPLE.ORG', password: 'secret2' };
    const answer = await post('/auth/register', payload);
    t.equal(answer.statusCode, 409);
    t.match(answer.json(), { code: 'email-taken', status: 409 });
  });

  t.test('20 at once make one account', async (t) => {
    const payload = { name: 'Twin', email: 'twin@example.org', password: 'secret1' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/auth/register', payload)));
    const statuses = answers.map(({ statusCode }) => statusCode);
    t.equal(statuses.filter((status) => status === 201).length, 1, statuses.join());
    t.equal(statuses.filter((status) => status === 409).length, 19, statuses.join());
  });

  t.test('without a role one is a student', async (t) => {
    const answer = await post('/auth/register', { name: 'Sam', email: 'sam@example.org', password: 'secret1' });
    t.match(answer.json(), { role: 'student' });
  });

  t.test('who signs in elsewhere needs no password and chooses a role later', async (t) => {
    const payload = { name: 'Gus', email: 'gus@example.org', isOAuthUser: true, provider: 'google' };
    const answer = await post('/auth/register', payload);
    t.equal(answer.statusCode, 201);
    t.match(answer.json(), { role: null, isOAuthUser: true, provider: 'google' });
    t.equal((await post('/auth/login', { email: 'gus@example.org', password: 'secret1' })).statusCode, 401);
  });

  t.test('a password is needed otherwise', async (t) => {
    const answer = await post('/auth/register', { name: 'Nop', email: 'nop@example.org' });
    t.equal(answer.statusCode, 400);
    t.match(answer.json(), { code: 'password-required', errors: [{ field: 'password' }] });
  });

  const wrong: readonly [string, object][] = [
    ['name', { email: 'x@example.org', password: 'secret1' }],
    ['name', { name: '   ', email: 'x@example.org', password: 'secret1' }],
    ['email', { name: 'X', email: 'not an address', password: 'secret1' }],
    ['email', { name: 'X', email: "' OR 1=1 --", password: 'secret1' }],
    ['email', { name: 'X', email: { $ne: null }, password: 'secret1' }],
    ['password', { name: 'X', email: 'x@example.org', password: 'five5' }],
    ['role', { name: 'X', email: 'x@example.org', password: 'secret1', role: 'king' }],
    ['imageProfileUrl', { name: 'X', email: 'x@example.org', password: 'secret1', imageProfileUrl: 'javascript:alert(1)' }],
  ];
  for (const [field, payload] of wrong) {
    t.test(`a wrong ${field} is named: ${JSON.stringify(payload)}`, async (t) => {
      const answer = await post('/auth/register', payload);
      t.equal(answer.statusCode, 400);
      t.match(answer.headers, { 'content-type': /^application\/problem\+json/ });
      t.match(answer.json(), { code: 'validation-failed', errors: [{ field }] });
    });
  }
});

t.test('signing up as admin needs an admin where it is not open', async (t) => {
  const closed = await createTestApp({ surfaces: ['marketplace'], openAdminSignUp: false });
  t.teardown(() => closed.close());
  const payload = { name: 'Root', email: 'root@example.org', password: 'secret1', role: 'admin' };
  const answer = await closed.inject({ method: 'POST', url: '/auth/register', payload });
  t.equal(answer.statusCode, 403);
  t.match(answer.json(), { code: 'admin-sign-up-closed' });
});

t.test('login', async (t) => {
  const ada = await app.signUp('student');

  t.test('works before the address is verified, and the profile says so', async (t) => {
    const answer = await post('/auth/login', { email: ada.email.toUpperCase(), password: ada.password });
    t.equal(answer.statusCode, 200);
    t.match(answer.json(), { accessToken: /./, refreshToken: /./, tokenType: 'Bearer', expiresIn: 900, user: { id: ada.id } });
    t.match(answer.cookies, [{ name: 'refreshToken', httpOnly: true, sameSite: 'Lax', path: '/auth' }]);
    const me = await get('/auth/me', ada.headers);
    t.equal(me.statusCode, 200);
    t.match(me.json(), { success: true, user: { id: ada.id, email: ada.email, emailVerified: false } });
  });

  t.test('a wrong password and an unknown address are told alike', async (t) => {
    const wrong = await post('/auth/login', { email: ada.email, password: 'wrong horse' });
    const unknown = await post('/auth/login', { email: 'nobody@example.org', password: 'wrong horse' });
    t.equal(wrong.statusCode, 401);
    t.equal(unknown.statusCode, 401);
    t.equal(wrong.json().detail, unknown.json().detail);
    t.equal(wrong.json().code, unknown.json().code);
  });

  t.test('a missing password is named', async (t) => {
    t.match((await post('/auth/login', { email: ada.email })).json(), { errors: [{ field: 'password', message: 'is required' }] });
  });
});

t.test('me needs a token that is ours and alive', async (t) => {
  for (const authorization of ['', 'Bearer', 'Bearer a.b.c', 'Basic YTpi', `Bearer ${app.app.jwt.sign({ sub: 'x', sid: 'y', role: 'admin' })}`]) {
    const answer = await get('/auth/me', authorization === '' ? {} : { authorization });
    t.equal(answer.statusCode, 401, authorization);
    t.match(answer.headers, { 'www-authenticate': 'Bearer', 'content-type': /problem\+json/ });
  }
  const ada = await app.signUp();
  const [head = '', body = ''] = ada.token.split('.');
  t.equal((await get('/auth/me', { authorization: `Bearer ${head}.${body}.` })).statusCode, 401, 'unsigned');
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  t.equal((await get('/auth/me', { authorization: `Bearer ${none}.${body}.` })).statusCode, 401, 'alg none');
  const { sub, sid } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string; sid: string };
  const expired = app.app.jwt.sign({ sub, sid, role: null }, { expiresIn: '-1s' });
  t.equal((await get('/auth/me', { authorization: `Bearer ${expired}` })).statusCode, 401, 'expired');
  const foreign = app.app.jwt.sign({ sub, sid, role: null }, { key: 'some other secret of at least 32 characters' });
  t.equal((await get('/auth/me', { authorization: `Bearer ${foreign}` })).statusCode, 401, 'signed by somebody else');
});

t.test('refresh', async (t) => {
  t.test('gives a new pair of tokens, from the body or from the cookie', async (t) => {
    const ada = await app.signUp();
    const first = await post('/auth/refresh', { refreshToken: ada.refreshToken });
    t.equal(first.statusCode, 200);
    t.not(first.json().refreshToken, ada.refreshToken);
    t.equal((await get('/auth/me', { authorization: `Bearer ${first.json().accessToken}` })).statusCode, 200);
    const second = await app.inject({ method: 'POST', url: '/auth/refresh', cookies: { refreshToken: refreshCookieOf(first) } });
    t.equal(second.statusCode, 200, second.body);
    t.not(second.json().refreshToken, first.json().refreshToken);
  });

  t.test('a reused token ends the whole session', async (t) => {
    const ada = await app.signUp();
    const first = await post('/auth/refresh', { refreshToken: ada.refreshToken });
    app.clock.advance(11_000);
    const reused = await post('/auth/refresh', { refreshToken: ada.refreshToken });
    t.equal(reused.statusCode, 401);
    t.match(reused.json(), { code: 'refresh-token-reused' });
    t.equal((await post('/auth/refresh', { refreshToken: first.json().refreshToken })).statusCode, 401);
    await app.caughtUp();
    t.equal((await get('/auth/me', { authorization: `Bearer ${first.json().accessToken}` })).statusCode, 401);
  });

  t.test('pitfall 25: 20 uses of one token at once log nobody out', async (t) => {
    const ada = await app.signUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/auth/refresh', { refreshToken: ada.refreshToken })));
    t.ok(answers.every(({ statusCode }) => statusCode === 200));
    t.equal(new Set(answers.map((answer) => answer.json().refreshToken)).size, 1);
  });

  t.test('nothing, rubbish and a cookie that was tampered with are refused', async (t) => {
    t.equal((await post('/auth/refresh')).statusCode, 401);
    t.equal((await post('/auth/refresh', { refreshToken: 'rubbish' })).statusCode, 401);
    t.equal((await post('/auth/refresh', { refreshToken: 7 })).statusCode, 400);
    const cookies = { refreshToken: (await app.signUp()).refreshToken };
    t.equal((await app.inject({ method: 'POST', url: '/auth/refresh', cookies })).statusCode, 401, 'unsigned');
  });
});

t.test('logout stops the session at once, and answers 200 either way', async (t) => {
  const ada = await app.signUp();
  t.equal((await post('/auth/logout', undefined, ada.headers)).statusCode, 200);
  t.equal((await get('/auth/me', ada.headers)).statusCode, 401);
  t.equal((await post('/auth/refresh', { refreshToken: ada.refreshToken })).statusCode, 401);
  t.equal((await post('/auth/logout', undefined, ada.headers)).statusCode, 200);
  const eve = await app.signUp();
  const empty = await app.inject({ method: 'POST', url: '/auth/logout', headers: { ...eve.headers, 'content-type': 'application/json' } });
  t.equal(empty.statusCode, 200, 'a content type with no body');
  t.equal((await get('/auth/me', eve.headers)).statusCode, 401);
});

t.test('verify-email takes the code of the mail, once', async (t) => {
  const ada = await app.signUp();
  const otp = await latestCode(ada.id, 'email_verification');
  const wrong = await post('/auth/verify-email', { email: ada.email, otp: otherThan(otp) });
  const unknown = await post('/auth/verify-email', { email: 'nobody@example.org', otp });
  t.equal(wrong.statusCode, 400);
  t.same([unknown.statusCode, unknown.json().code], [400, wrong.json().code]);
  t.equal((await post('/auth/verify-email', { email: ada.email, otp })).statusCode, 200);
  t.match((await get('/auth/me', ada.headers)).json(), { user: { emailVerified: true } });
  t.equal((await post('/auth/verify-email', { email: ada.email, otp })).statusCode, 400);
});

t.test('a forgotten password', async (t) => {
  const ada = await app.signUp();
  const known = await post('/auth/forgot-password', { email: ada.email });
  const unknown = await post('/auth/forgot-password', { email: 'nobody@example.org' });
  t.same([known.statusCode, known.json()], [200, unknown.json()], 'nothing tells who has an account');
  t.strictSame(Object.keys(known.headers).sort(), Object.keys(unknown.headers).sort());
  const otp = await latestCode(ada.id, 'password_reset');
  const reset = (payload: object) => post('/auth/reset-password', payload);
  t.equal((await reset({ email: ada.email, otp: otherThan(otp), newPassword: 'another1' })).statusCode, 400);
  t.match((await reset({ email: ada.email, otp, newPassword: 'short' })).json(), { errors: [{ field: 'newPassword' }] });
  t.equal((await reset({ email: ada.email, otp, newPassword: 'another1' })).statusCode, 200);
  t.equal((await get('/auth/me', ada.headers)).statusCode, 401, 'its sessions have ended');
  t.equal((await post('/auth/login', { email: ada.email, password: ada.password })).statusCode, 401);
  t.equal((await post('/auth/login', { email: ada.email, password: 'another1' })).statusCode, 200);
  t.equal((await reset({ email: ada.email, otp, newPassword: 'another2' })).statusCode, 400, 'the code is used up');
});

t.test('user/:email tells only whether there is one, and whether it signs in elsewhere', async (t) => {
  const ada = await app.signUp();
  t.strictSame((await get(`/auth/user/${encodeURIComponent(ada.email)}`)).json(), { exists: true, isOAuthUser: false });
  await post('/auth/register', { name: 'Gus', email: 'gus.two@example.org', isOAuthUser: true });
  t.strictSame((await get('/auth/user/gus.two@example.org')).json(), { exists: true, isOAuthUser: true });
  t.strictSame((await get('/auth/user/nobody@example.org')).json(), { exists: false, isOAuthUser: false });
  t.match((await get('/auth/user/nobody')).json(), { status: 400, errors: [{ field: 'email' }] });
});

t.test('user/:email answers 30 times in ten minutes to a network, whoever asks and whatever is found', async (t) => {
  const limited = await createTestApp({ surfaces: ['marketplace'], config: { rateLimit: true } });
  t.teardown(() => limited.close());
  const ada = await limited.signUp();
  const ask = (index: number, remoteAddress: string, headers: Record<string, string> = {}) =>
    limited.inject({ method: index % 3 === 2 ? 'HEAD' : 'GET', url: `/auth/user/${index % 2 === 0 ? ada.email : `nobody${index}@example.org`}`, remoteAddress, headers });
  for (let index = 0; index < 30; index += 1) t.equal((await ask(index, '10.9.0.1', index % 5 === 0 ? ada.headers : {})).statusCode, 200);
  for (const headers of [{}, ada.headers]) t.equal((await ask(0, '10.9.0.1', headers)).statusCode, 429);
  t.equal((await ask(2, '10.9.0.1')).statusCode, 429);
  t.equal((await ask(0, '10.9.0.2')).statusCode, 200);
  limited.clock.advance(10 * 60_000);
  t.equal((await ask(0, '10.9.0.1')).statusCode, 200);
});

t.test('complete-registration gives a role once, with a token that says it', async (t) => {
  const email = 'later@example.org';
  const registered = await post('/auth/register', { name: 'Later', email, isOAuthUser: true });
  const { id } = registered.json<{ id: string }>();
  await post('/auth/forgot-password', { email });
  await post('/auth/reset-password', { email, otp: await latestCode(id, 'password_reset'), newPassword: 'secret1' });
  const { accessToken } = (await post('/auth/login', { email, password: 'secret1' })).json<{ accessToken: string }>();
  const headers = { authorization: `Bearer ${accessToken}` };
  const choose = (role: string) => post('/auth/complete-registration', { role }, headers);
  t.equal((await post('/auth/complete-registration', { role: 'seller' })).statusCode, 401);
  t.match((await choose('king')).json(), { status: 400, errors: [{ field: 'role' }] });
  t.equal((await choose('auditor')).statusCode, 403);
  const chosen = await choose('instructor');
  t.equal(chosen.statusCode, 200);
  t.match(chosen.json(), { success: true, user: { role: 'instructor' }, accessToken: String, tokenType: 'Bearer', expiresIn: 900 });
  const { accessToken: renewed } = chosen.json<{ accessToken: string }>();
  t.match(app.app.jwt.decode(renewed), { sub: id, role: 'instructor' });
  t.equal((await get('/auth/me', { authorization: `Bearer ${renewed}` })).statusCode, 200);
  t.match((await get('/auth/me', headers)).json(), { user: { role: 'instructor' } });
  t.equal((await choose('seller')).statusCode, 409);
  t.equal((await choose('instructor')).statusCode, 409);
});

t.test('complete-registration gives admin only where sign-up as admin is open', async (t) => {
  const choose = async (inject: typeof app.inject, email: string, reset: (id: string) => Promise<string>) => {
    const send = (url: string, payload: object, headers: Record<string, string> = {}) => inject({ method: 'POST', url, payload, headers });
    const { id } = (await send('/auth/register', { name: 'Later', email, isOAuthUser: true })).json<{ id: string }>();
    await send('/auth/forgot-password', { email });
    await send('/auth/reset-password', { email, otp: await reset(id), newPassword: 'secret1' });
    const { accessToken } = (await send('/auth/login', { email, password: 'secret1' })).json<{ accessToken: string }>();
    return send('/auth/complete-registration', { role: 'admin' }, { authorization: `Bearer ${accessToken}` });
  };
  t.equal((await choose(app.inject, 'open@example.org', (id) => latestCode(id, 'password_reset'))).statusCode, 200);
  const closed = await createTestApp({ surfaces: ['marketplace'], openAdminSignUp: false });
  t.teardown(() => closed.close());
  const codeThere = async (id: string): Promise<string> => {
    const issued = (await closed.events(`otp-password_reset.${id}`)).findLast(({ type }) => type === 'OtpIssued');
    return issued?.type === 'OtpIssued' ? oneTimeCode(closed.services.commands.keys, issued.data.otpId) : '';
  };
  t.match((await choose(closed.inject, 'closed@example.org', codeThere)).json(), { status: 403, code: 'role-not-allowed' });
});
