import t, { type Test } from 'tap';
import { EventStoreUnavailable } from '../../../src/ports/event-store.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { createTestApp, type TestApp } from '../../fixtures/test-app.js';

interface Envelope {
  readonly success: boolean;
  readonly statusCode: number;
  readonly message?: string;
  readonly data?: {
    readonly user?: { readonly Id: string };
    readonly Id?: string;
    readonly token?: string;
    readonly refreshToken?: string;
    readonly errors?: readonly { readonly field: string }[];
  };
}

const clientOf = (app: TestApp) => {
  const post = async (url: string, payload?: object | string, headers: Record<string, string> = {}) => {
    const answer = await app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.json<Envelope>(), headers: answer.headers };
  };
  const profile = async (token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({ url: '/api/auth/profile', headers });
    return { status: answer.statusCode, body: answer.json<Envelope>(), headers: answer.headers };
  };
  /** The code from the admin's mail. */
  const latestCode = async (accountId: string): Promise<string> => {
    const issued = (await app.events(`otp-second_factor.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
    if (issued?.type !== 'OtpIssued') throw new Error('no code was mailed');
    return oneTimeCode(app.services.commands.keys, issued.data.otpId);
  };
  let registered = 0;
  const register = async (role: 'admin' | 'teacher' | 'student') => {
    registered += 1;
    const person = { email: `${role}.${registered}@surface.example`, password: 'securepassword' };
    const { status } = await post('/api/auth/register', { ...person, role });
    if (status !== 201) throw new Error(`registration answered ${status}`);
    return person;
  };
  const logIn = async (role: 'teacher' | 'student') => {
    const person = await register(role);
    const { body } = await post('/api/auth/login', person);
    const { token = '', refreshToken = '' } = body.data ?? {};
    return { ...person, token, refreshToken };
  };
  const refusal = (statusCode: number, message: string) => ({ success: false, statusCode, message });
  return { post, profile, latestCode, register, logIn, refusal };
};

const app = await createTestApp({ surfaces: ['marketplace', 'authentication'] });
t.teardown(() => app.close());
const { post, profile, latestCode, register, logIn, refusal } = clientOf(app);

const otherThan = (code: string): string => (code === '123456' ? '654321' : '123456');
const idOf = async (email: string): Promise<string> => {
  const registered = (await app.events()).find(({ type, data }) => type === 'AccountRegistered' && 'email' in data && data.email === email);
  if (registered?.type !== 'AccountRegistered') throw new Error(`${email} is not registered`);
  return registered.data.accountId;
};

t.test('register', async (t) => {
  t.test("201, with the document's own body", async (t) => {
    const answer = await post('/api/auth/register', { email: 'user@example.com', password: 'securepassword', role: 'admin' });
    t.equal(answer.status, 201);
    t.strictSame(answer.body, { success: true, statusCode: 201, message: 'User registered successfully' });
    t.match(answer.headers, { 'content-type': /^application\/json/, 'x-position': /^\d+$/ });
  });

  t.test('409: User already exists, however the address is written, and on whichever surface it was registered', async (t) => {
    const ada = await app.signUp();
    for (const email of ['user@example.com', 'USER@Example.com', ada.email]) {
      const answer = await post('/api/auth/register', { email, password: 'securepassword', role: 'student' });
      t.equal(answer.status, 409);
      t.strictSame(answer.body, refusal(409, 'User already exists'));
    }
  });

  t.test('20 at once make one account', async (t) => {
    const payload = { email: 'twin@surface.example', password: 'securepassword', role: 'teacher' };
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => post('/api/auth/register', payload)))).map(({ status }) => status);
    t.strictSame(statuses.sort(), [201, ...Array.from({ length: 19 }, () => 409)]);
  });

  const right = { email: 'x@surface.example', password: 'securepassword', role: 'student' };
  const wrong: readonly [string, object][] = [
    ['email', { ...right, email: 'no address' }],
    ['email', { ...right, email: { $ne: null } }],
    ['email', { password: right.password, role: right.role }],
    ['password', { ...right, password: 'five5' }],
    ['password', { ...right, password: 'x'.repeat(129) }],
    ['password', { email: right.email, role: right.role }],
    ['role', { ...right, role: 'instructor' }],
    ['role', { ...right, role: ['admin'] }],
    ['role', { email: right.email, password: right.password }],
  ];
  for (const [field, payload] of wrong) {
    t.test(`a wrong ${field} is named: ${JSON.stringify(payload).slice(0, 80)}`, async (t) => {
      const answer = await post('/api/auth/register', payload);
      t.equal(answer.status, 400);
      t.match(answer.body, { success: false, statusCode: 400, message: new RegExp(field), data: { errors: [{ field }] } });
    });
  }

  t.test('as admin where that is closed: with the token of an admin only', async (t) => {
    const closed = await createTestApp({ surfaces: ['authentication'], openAdminSignUp: false });
    t.teardown(() => closed.close());
    const client = clientOf(closed);
    const admin = { email: 'root@surface.example', password: 'securepassword', role: 'admin' };
    const refused = await client.post('/api/auth/register', admin);
    t.match(refused, { status: 403, body: { success: false, statusCode: 403, message: /admin/ } });
    const { token } = await client.logIn('student');
    t.equal((await client.post('/api/auth/register', admin, { authorization: `Bearer ${token}` })).status, 403);
    t.equal((await client.post('/api/auth/register', { ...admin, role: 'teacher' })).status, 201);
  });

  t.test('an admin registers another', async (t) => {
    const root = await app.signUp('admin');
    const payload = { email: 'second@surface.example', password: 'securepassword', role: 'admin' };
    t.equal((await post('/api/auth/register', payload, root.headers)).status, 201);
  });
});

t.test('login', async (t) => {
  const ada = await register('teacher');

  t.test('200, with the user and both tokens', async (t) => {
    const answer = await post('/api/auth/login', { ...ada, email: ada.email.toUpperCase() });
    t.equal(answer.status, 200);
    const { data } = answer.body;
    t.strictSame(answer.body, {
      success: true,
      statusCode: 200,
      message: 'Login successful',
      data: {
        user: { Id: await idOf(ada.email), email: ada.email, role: 'teacher' },
        token: data?.token,
        refreshToken: data?.refreshToken,
      },
    });
    t.equal((await profile(data?.token)).status, 200);
  });

  t.test('401: Invalid credentials', async (t) => {
    const answer = await post('/api/auth/login', { ...ada, password: 'another password' });
    t.equal(answer.status, 401);
    t.strictSame(answer.body, refusal(401, 'Invalid credentials'));
  });

  t.test('404: User not found', async (t) => {
    const answer = await post('/api/auth/login', { ...ada, email: 'nobody@surface.example' });
    t.equal(answer.status, 404);
    t.strictSame(answer.body, refusal(404, 'User not found'));
  });

  t.test('400 names what is missing', async (t) => {
    t.match((await post('/api/auth/login', { email: ada.email })).body, { statusCode: 400, data: { errors: [{ field: 'password' }] } });
    t.match(await post('/api/auth/login'), { status: 400, body: { success: false, statusCode: 400 } });
  });
});

t.test("an admin's login", async (t) => {
  const root = await register('admin');
  const accountId = await idOf(root.email);

  t.test('mails a code and gives no token', async (t) => {
    const answer = await post('/api/auth/login', root);
    t.equal(answer.status, 200);
    t.strictSame(answer.body, {
      success: true,
      statusCode: 200,
      message: "OTP sent to the user's email",
      data: { user: { Id: accountId, email: root.email, role: 'admin' }, otpRequired: true },
    });
    t.notOk((await app.events()).some(({ type, data }) => type === 'SessionOpened' && 'accountId' in data && data.accountId === accountId));
  });

  t.test('with a wrong password mails nothing', async (t) => {
    const count = async () => (await app.events(`otp-second_factor.${accountId}`)).length;
    const before = await count();
    t.equal((await post('/api/auth/login', { ...root, password: 'another password' })).status, 401);
    t.equal(await count(), before);
  });

  t.test('verify-otp gives the tokens, once', async (t) => {
    const otp = await latestCode(accountId);
    const { email } = root;
    const wrong = await post('/api/auth/verify-otp', { email, otp: otherThan(otp) });
    t.equal(wrong.status, 401);
    t.strictSame(wrong.body, refusal(401, 'Invalid or expired OTP'));
    t.equal((await post('/api/auth/verify-otp', { email: 'nobody@surface.example', otp })).status, 401);
    const right = await post('/api/auth/verify-otp', { email, otp });
    t.equal(right.status, 200);
    const { token, refreshToken } = right.body.data ?? {};
    t.strictSame(right.body, { success: true, statusCode: 200, message: 'OTP verified successfully', data: { token, refreshToken } });
    t.match((await profile(token)).body, { data: { Id: accountId, role: 'admin' } });
    t.equal((await post('/api/auth/refresh', { refreshToken })).status, 200);
    t.equal((await post('/api/auth/verify-otp', { email, otp })).status, 401, 'used up');
    t.match((await post('/api/auth/verify-otp', { email })).body, { statusCode: 400, data: { errors: [{ field: 'otp' }] } });
  });

  t.test('a code expires, and is gone after five wrong tries', async (t) => {
    await post('/api/auth/login', root);
    const late = await latestCode(accountId);
    app.clock.advance(11 * 60_000);
    t.equal((await post('/api/auth/verify-otp', { email: root.email, otp: late })).status, 401);
    await post('/api/auth/login', root);
    const guessed = await latestCode(accountId);
    for (let tries = 0; tries < 5; tries += 1) await post('/api/auth/verify-otp', { email: root.email, otp: otherThan(guessed) });
    t.equal((await post('/api/auth/verify-otp', { email: root.email, otp: guessed })).status, 401);
  });

  t.test('no other code, and no code without a login, opens a session', async (t) => {
    const other = await register('admin');
    const otherId = await idOf(other.email);
    const issued = (await app.events(`otp-email_verification.${otherId}`)).findLast(({ type }) => type === 'OtpIssued');
    if (issued?.type !== 'OtpIssued') throw new Error('no verification was mailed');
    const otp = oneTimeCode(app.services.commands.keys, issued.data.otpId);
    t.equal((await post('/api/auth/verify-otp', { email: other.email, otp })).status, 401);
  });

  t.test('is asked for the code whichever surface the admin registered on', async (t) => {
    const elsewhere = await app.signUp('admin');
    const answer = await post('/api/auth/login', { email: elsewhere.email, password: elsewhere.password });
    t.match(answer, { status: 200, body: { data: { otpRequired: true } } });
    t.notOk(answer.body.data?.token ?? answer.body.data?.refreshToken);
  });
});

t.test('refresh', async (t) => {
  t.test('rotates: a new access token and the next refresh token', async (t) => {
    const ada = await logIn('student');
    const answer = await post('/api/auth/refresh', { refreshToken: ada.refreshToken });
    t.equal(answer.status, 200);
    const { token, refreshToken } = answer.body.data ?? {};
    t.strictSame(answer.body, { success: true, statusCode: 200, message: 'Access token refreshed', data: { token, refreshToken } });
    t.not(refreshToken, ada.refreshToken);
    t.equal((await profile(token)).status, 200);
    t.equal((await post('/api/auth/refresh', { refreshToken })).status, 200);
  });

  t.test('401: Invalid or expired refresh token', async (t) => {
    const expected = refusal(401, 'Invalid or expired refresh token');
    t.strictSame((await post('/api/auth/refresh', { refreshToken: 'refresh_token_here' })).body, expected);
    const ada = await logIn('student');
    const next = await post('/api/auth/refresh', { refreshToken: ada.refreshToken });
    app.clock.advance(11_000);
    t.strictSame((await post('/api/auth/refresh', { refreshToken: ada.refreshToken })).body, expected, 'used before');
    t.strictSame((await post('/api/auth/refresh', { refreshToken: next.body.data?.refreshToken })).body, expected, 'its family has ended');
    t.equal((await profile(next.body.data?.token)).status, 401);
    const idle = await logIn('student');
    app.clock.advance(400 * 86_400_000);
    t.strictSame((await post('/api/auth/refresh', { refreshToken: idle.refreshToken })).body, expected, 'expired');
  });

  t.test('400 without one', async (t) => {
    t.strictSame((await post('/api/auth/refresh', {})).body, refusal(400, 'Refresh token required'));
  });
});

t.test('logout', async (t) => {
  t.test('ends the refresh token and its access tokens', async (t) => {
    const ada = await logIn('student');
    const answer = await post('/api/auth/logout', { refreshToken: ada.refreshToken });
    t.equal(answer.status, 200);
    t.strictSame(answer.body, { success: true, statusCode: 200, message: 'Logged out successfully' });
    t.equal((await post('/api/auth/refresh', { refreshToken: ada.refreshToken })).status, 401);
    t.equal((await profile(ada.token)).status, 401);
    t.equal((await post('/api/auth/logout', { refreshToken: ada.refreshToken })).status, 200, 'logged out is logged out');
  });

  t.test('leaves the other sessions of the account alone', async (t) => {
    const ada = await logIn('student');
    const other = await post('/api/auth/login', { email: ada.email, password: ada.password });
    await post('/api/auth/logout', { refreshToken: ada.refreshToken });
    t.equal((await profile(other.body.data?.token)).status, 200);
  });

  t.test('400: Refresh token required', async (t) => {
    const { token } = await logIn('student');
    for (const body of [undefined, {}, { refreshToken: '' }, { refreshToken: null }, { refreshToken: 7 }]) {
      const answer = await post('/api/auth/logout', body, { authorization: `Bearer ${token}` });
      t.equal(answer.status, 400);
      t.strictSame(answer.body, refusal(400, 'Refresh token required'));
    }
    t.equal((await profile(token)).status, 200);
  });
});

t.test('profile', async (t) => {
  t.test('200, without a message', async (t) => {
    const ada = await logIn('student');
    const answer = await profile(ada.token);
    t.equal(answer.status, 200);
    t.strictSame(answer.body, { success: true, statusCode: 200, data: { Id: await idOf(ada.email), email: ada.email, role: 'student' } });
  });

  t.test('401: Missing or invalid token', async (t) => {
    for (const token of [undefined, 'access_token_here', app.app.jwt.sign({ sub: 'x', sid: 'y', role: 'admin' })]) {
      const answer = await profile(token);
      t.equal(answer.status, 401);
      t.strictSame(answer.body, refusal(401, 'Missing or invalid token'));
      t.match(answer.headers, { 'www-authenticate': 'Bearer' });
    }
  });
});

t.test('one account on both surfaces', async (t) => {
  t.test('registered here, logged in on the marketplace: a teacher is an instructor there', async (t) => {
    const ada = await register('teacher');
    const there = await app.inject({ method: 'POST', url: '/auth/login', payload: ada });
    t.equal(there.statusCode, 200);
    const { accessToken, user } = there.json<{ accessToken: string; user: { id: string } }>();
    t.match(user, { id: await idOf(ada.email), role: 'instructor' });
    t.match((await profile(accessToken)).body, { data: { Id: user.id, role: 'teacher' } });
  });

  t.test('registered on the marketplace, logged in here', async (t) => {
    for (const [role, shown] of [['instructor', 'teacher'], ['student', 'student'], ['seller', 'seller']] as const) {
      const { id, email, password } = await app.signUp(role);
      const { body } = await post('/api/auth/login', { email, password });
      t.match(body, { statusCode: 200, data: { user: { Id: id, email, role: shown } } });
      const headers = { authorization: `Bearer ${body.data?.token ?? ''}` };
      t.match((await app.inject({ url: '/auth/me', headers })).json(), { user: { id, role } });
    }
  });

  t.test('an admin registered here is asked for the code on the marketplace too', async (t) => {
    const root = await register('admin');
    const there = (more: object = {}) => app.inject({ method: 'POST', url: '/auth/login', payload: { ...root, ...more } });
    const asked = await there();
    t.equal(asked.statusCode, 401);
    t.match(asked.json(), { code: 'second-factor-required' });
    t.notMatch(asked.body, /token/i);
    const otp = await latestCode(await idOf(root.email));
    t.equal((await there({ otp: otherThan(otp) })).statusCode, 400);
    t.equal((await there({ otp })).statusCode, 200);
  });

  t.test('logged out here is logged out there', async (t) => {
    const ada = await logIn('student');
    await post('/api/auth/logout', { refreshToken: ada.refreshToken });
    t.equal((await app.inject({ url: '/auth/me', headers: { authorization: `Bearer ${ada.token}` } })).statusCode, 401);
  });
});

t.test('whatever goes wrong under the base path is answered in its envelope', async (t) => {
  const failures = { bug: new Error('a secret of the inside'), down: new EventStoreUnavailable('x') };
  const failing = await createTestApp({
    surfaces: ['authentication'],
    config: { rateLimit: true, logLevel: 'silent' },
    routes: async (app) => {
      app.get('/api/auth/failing/:how', { config: { access: 'public' } }, async ({ params }) => {
        throw failures[(params as { how: keyof typeof failures }).how];
      });
      app.get('/api/auth/admins', { config: { access: ['admin'] } }, async () => ({}));
    },
  });
  t.teardown(() => failing.close());
  const client = clientOf(failing);
  const json = { 'content-type': 'application/json' };
  const get = (url: string, headers: Record<string, string> = {}) => failing.inject({ url, headers });
  const isEnvelope = (t: Test, answer: { statusCode: number; body: string; headers: object }, statusCode: number): void => {
    t.equal(answer.statusCode, statusCode);
    t.match(answer.headers, { 'content-type': /^application\/json/, 'x-content-type-options': 'nosniff' });
    const body = JSON.parse(answer.body) as Envelope;
    t.match(body, { success: false, statusCode, message: /./ });
    t.strictSame(Object.keys(body).filter((key) => !['success', 'statusCode', 'message', 'data'].includes(key)), []);
  };
  const logInWith = (payload: string, headers: Record<string, string>) =>
    failing.inject({ method: 'POST', url: '/api/auth/login', payload, headers });

  t.test('bodies', async (t) => {
    isEnvelope(t, await logInWith('{"email":', json), 400);
    isEnvelope(t, await logInWith('[]', json), 400);
    isEnvelope(t, await logInWith('<a/>', { 'content-type': 'text/xml' }), 415);
    isEnvelope(t, await logInWith('--x--', { 'content-type': 'multipart/form-data; boundary=x' }), 415);
    isEnvelope(t, await logInWith(JSON.stringify({ email: 'a'.repeat(2_000_000) }), json), 413);
    isEnvelope(t, await failing.inject({ method: 'POST', url: '/api/auth/logout', payload: '{', headers: json }), 400);
  });

  t.test('paths and methods', async (t) => {
    isEnvelope(t, await get('/api/auth/nowhere?x=1'), 404);
    isEnvelope(t, await get('/api/auth'), 404);
    const wrongMethod = await get('/api/auth/login');
    isEnvelope(t, wrongMethod, 405);
    t.match(wrongMethod.headers, { allow: /POST/ });
  });

  t.test('paths that the router refuses', async (t) => {
    for (const [url, status] of [['/api/auth/failing/%ff', 400], [`/api/auth/failing/${'a'.repeat(2_000)}`, 414]] as const) {
      const answer = await get(url);
      t.equal(answer.statusCode, status);
      t.match(answer.json(), { success: false, statusCode: status, message: /./ });
    }
  });

  t.test('who may not, and what fails inside', async (t) => {
    const { token } = await client.logIn('student');
    isEnvelope(t, await get('/api/auth/admins'), 401);
    isEnvelope(t, await get('/api/auth/admins', { authorization: `Bearer ${token}` }), 403);
    const bug = await get('/api/auth/failing/bug');
    isEnvelope(t, bug, 500);
    t.notMatch(bug.body, /secret|stack/);
    const down = await get('/api/auth/failing/down');
    isEnvelope(t, down, 503);
    t.match(down.headers, { 'retry-after': '1' });
  });

  t.test('too many tries at one account: its password, its code', async (t) => {
    const { email } = await client.register('admin');
    for (const [url, more] of [['/api/auth/login', { password: 'another password' }], ['/api/auth/verify-otp', { otp: '123456' }]] as const) {
      const attempt = () => failing.inject({ method: 'POST', url, payload: { email, ...more }, remoteAddress: '10.0.0.7' });
      for (let tries = 0; tries < 10; tries += 1) t.equal((await attempt()).statusCode, 401);
      const refused = await attempt();
      isEnvelope(t, refused, 429);
      t.match(refused.headers, { 'retry-after': /^\d+$/ });
    }
  });

  t.test('siblings keep their own', async (t) => {
    for (const url of ['/api/authentic', '/api', '/nowhere']) {
      t.match((await get(url)).headers, { 'content-type': /^application\/problem\+json/ }, url);
    }
  });
});

t.test('what reads do not show in time is accepted, in the envelope', async (t) => {
  const lagging = await createTestApp({
    surfaces: ['authentication'],
    services: (services) => ({ ...services, progress: { waitFor: async () => false, reached: () => 0n, unavailable: () => [], lag: async () => [] } }),
  });
  t.teardown(() => lagging.close());
  const payload = { email: 'late@surface.example', password: 'securepassword', role: 'student' };
  const answer = await clientOf(lagging).post('/api/auth/register', payload);
  t.match(answer, { status: 202, body: { success: true, statusCode: 202, message: /./, data: { position: /^\d+$/ } } });
});

t.test('the document of the API shows the envelope, of errors too', async (t) => {
  const { paths } = (await app.inject({ url: '/docs/json' })).json<{
    paths: Record<string, Record<string, { responses: Record<string, { content: object }> }>>;
  }>();
  const operations = Object.entries(paths).filter(([path]) => path.startsWith('/api/auth/'));
  t.equal(operations.length, 6);
  for (const { responses } of operations.flatMap(([, methods]) => Object.values(methods))) {
    for (const [status, { content }] of Object.entries(responses).filter(([status]) => Number(status) >= 400)) {
      t.strictSame(content, { 'application/json': { schema: { $ref: '#/components/schemas/AuthenticationError' } } }, status);
    }
  }
});
