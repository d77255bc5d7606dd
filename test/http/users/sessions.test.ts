import { randomUUID } from 'node:crypto';
import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { createUsersApp, otherThan, type Person } from './users-app.js';

const app = await createUsersApp({ surfaces: ['marketplace', 'users'] });
t.teardown(() => app.close());

const logIn = (payload: object) => app.send('POST', '/login-user', payload);
const getUser = (headers: Record<string, string>) => app.send('GET', '/getuser', undefined, headers);

const withTwoFactor = async (): Promise<Person> => {
  const person = await app.person({ role: 'admin' });
  const { handler, clock } = app.services.commands;
  const command = { type: 'EnableTwoFactor', data: { accountId: person.id, at: clock.now().toISOString() } } as const;
  const commandId = randomUUID();
  await handler.handle(aggregates.account, person.id, command, { commandId, actorId: null, correlationId: commandId, causationId: commandId });
  return person;
};

t.test('login-user answers 201 with a token, in the body and as a cookie', async (t) => {
  const person = await app.person();
  const answer = await logIn({ email: person.email.toUpperCase(), password: person.password });
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { success: true, message: /./, token: /./, expiresIn: 900 });
  t.match(answer.cookies, [{ name: 'token', httpOnly: true, sameSite: 'Strict', path: '/api/v2/user', maxAge: 900 }]);
  const { token } = answer.json<{ token: string }>();
  t.match((await getUser({ authorization: `Bearer ${token}` })).json(), { success: true, user: { _id: person.id } });

  t.test('the cookie is as good as the header, on this surface only', async (t) => {
    const cookie = `token=${token}`;
    t.match((await getUser({ cookie })).json(), { success: true, user: { _id: person.id } });
    t.equal((await getUser({ cookie: 'token=rubbish' })).statusCode, 401);
    t.equal((await getUser({ cookie, authorization: 'Bearer rubbish' })).statusCode, 401, 'the header goes first');
    t.equal((await app.inject({ method: 'GET', url: '/auth/me', headers: { cookie } })).statusCode, 401);
  });

  t.test('the refresh token is good at the marketplace', async (t) => {
    const { refreshToken } = answer.json<{ refreshToken: string }>();
    const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } });
    t.equal(refreshed.statusCode, 200);
  });
});

t.test('login-user asks for activation first, and only who knows the password learns of it', async (t) => {
  const email = 'inactive@example.com';
  await app.newUser({ email });
  const inactive = await logIn({ email, password: 'secure123' });
  t.equal(inactive.statusCode, 400);
  t.match(inactive.json(), { success: false, code: 'email-not-verified', message: /resend-otp/ });
  t.notMatch(inactive.body, /token"/);
  const wrong = await logIn({ email, password: 'wrong one' });
  const unknown = await logIn({ email: 'nobody@example.com', password: 'wrong one' });
  t.same([wrong.statusCode, wrong.json()], [400, unknown.json()]);
  t.match(wrong.json(), { success: false, code: 'wrong-credentials' });
});

t.test('what is missing at login is named', async (t) => {
  t.match((await logIn({ email: 'a@example.com' })).json(), { success: false, errors: [{ field: 'password', message: 'is required' }] });
  t.match((await logIn({ password: 'x' })).json(), { success: false, errors: [{ field: 'email' }] });
  t.equal((await logIn({ email: { $ne: null }, password: { $ne: null } })).statusCode, 400);
});

t.test('with two-factor on, login-user answers 401 and mails a code, and takes it as otp', async (t) => {
  const { id, email, password } = await withTwoFactor();
  const asked = await logIn({ email, password });
  t.equal(asked.statusCode, 401);
  t.match(asked.json(), { success: false, code: 'second-factor-required', message: /mailed/ });
  t.notMatch(asked.body, /"token"/);
  const otp = await app.code(id, 'second_factor');
  t.equal((await logIn({ email, password: 'another', otp })).statusCode, 400);
  t.match((await logIn({ email, password, otp: otherThan(otp) })).json(), { code: 'otp-invalid', errors: [{ field: 'otp' }] });
  t.equal((await logIn({ email, password, otp })).statusCode, 201);
  t.equal((await logIn({ email, password, otp })).statusCode, 400, 'once');
});

t.test('one account on every surface', async (t) => {
  const ada = await app.signUp('instructor');
  t.match((await logIn({ email: ada.email, password: ada.password })).json(), { code: 'email-not-verified' });
  await app.send('POST', '/activation', { email: ada.email, otp: await app.code(ada.id, 'email_verification') });
  t.equal((await logIn({ email: ada.email, password: ada.password })).statusCode, 201);
  t.match((await getUser(ada.headers)).json(), {
    user: { _id: ada.id, fullname: { firstName: 'Ada', lastName: 'Lovelace' }, username: null, phone: null, role: 'instructor' },
  });
  const person = await app.person();
  const elsewhere = await app.inject({ method: 'POST', url: '/auth/login', payload: { email: person.email, password: person.password } });
  t.match([elsewhere.statusCode, elsewhere.json()], [200, { user: { id: person.id, name: 'John Doe', role: 'student' } }]);
});

t.test('logout answers 201, ends the session and clears the cookie', async (t) => {
  const person = await app.person();
  const answer = await app.send('GET', '/logout', undefined, person.headers);
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { success: true, message: /./ });
  t.match(answer.cookies, [{ name: 'token', value: '', path: '/api/v2/user' }]);
  t.equal((await getUser(person.headers)).statusCode, 401);
  const again = await app.send('GET', '/logout', undefined, person.headers);
  t.match([again.statusCode, again.json()], [401, { success: false, code: 'unauthenticated' }]);
});

t.test('an Idempotency-Key records no answer with a token', async (t) => {
  const { email, password } = await app.person();
  const headers = { 'idempotency-key': 'the-same' };
  const [one, other] = [await app.send('POST', '/login-user', { email, password }, headers), await app.send('POST', '/login-user', { email, password }, headers)];
  t.same([one.statusCode, other.statusCode], [201, 201]);
  t.notOk(other.headers['idempotency-replayed']);
});
