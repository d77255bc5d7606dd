import t from 'tap';
import { createUsersApp, otherThan } from './users-app.js';

const app = await createUsersApp({ surfaces: ['marketplace', 'users'] });
t.teardown(() => app.close());

const statusOfLogin = async (email: string, password: string): Promise<number> =>
  (await app.send('POST', '/login-user', { email, password })).statusCode;

t.test('forgot-password and reset-password', async (t) => {
  const person = await app.person();
  const { email } = person;
  const known = await app.send('POST', '/forgot-password', { email });
  const unknown = await app.send('POST', '/forgot-password', { email: 'nobody@example.com' });
  t.same([known.statusCode, known.json()], [200, unknown.json()], 'nothing tells who has an account');
  const otp = await app.code(person.id, 'password_reset');
  const reset = (fields: object) =>
    app.send('POST', '/reset-password', { email, otp, newPassword: 'newpass123', confirmPassword: 'newpass123', ...fields });
  const refused = async (fields: object, field: string) => {
    const answer = await reset(fields);
    t.match([answer.statusCode, answer.json()], [400, { success: false, errors: [{ field }] }]);
  };
  await refused({ confirmPassword: 'newpass124' }, 'confirmPassword');
  await refused({ confirmPassword: undefined }, 'confirmPassword');
  await refused({ newPassword: 'five5', confirmPassword: 'five5' }, 'newPassword');
  await refused({ otp: otherThan(otp) }, 'otp');
  await refused({ email: 'nobody@example.com' }, 'otp');
  const done = await reset({});
  t.match([done.statusCode, done.json()], [200, { success: true, message: /./ }]);
  t.equal((await app.send('GET', '/getuser', undefined, person.headers)).statusCode, 401, 'all sessions have ended');
  t.same([await statusOfLogin(email, person.password), await statusOfLogin(email, 'newpass123')], [400, 201]);
  await refused({}, 'otp');
});

t.test('a code of one purpose is good for no other', async (t) => {
  const person = await app.person();
  await app.send('POST', '/resend-otp', { email: person.email });
  const otp = await app.code(person.id, 'email_verification');
  const payload = { email: person.email, otp, newPassword: 'newpass123', confirmPassword: 'newpass123' };
  t.equal((await app.send('POST', '/reset-password', payload)).statusCode, 400);
});

t.test('update-user-password', async (t) => {
  const person = await app.person();
  const { email, headers } = person;
  const elsewhere = (await app.send('POST', '/login-user', { email, password: person.password })).json<{ token: string; refreshToken: string }>();
  const change = (fields: object, as: Record<string, string> = headers) =>
    app.send('PUT', '/update-user-password', { oldPassword: person.password, newPassword: 'newpass123', confirmPassword: 'newpass123', ...fields }, as);
  const refused = async (fields: object, field: string) => {
    const answer = await change(fields);
    t.match([answer.statusCode, answer.json()], [400, { success: false, errors: [{ field }] }]);
  };
  await refused({ oldPassword: 'another one' }, 'oldPassword');
  await refused({ oldPassword: undefined }, 'oldPassword');
  await refused({ newPassword: 'five5', confirmPassword: 'five5' }, 'newPassword');
  await refused({ confirmPassword: 'newpass124' }, 'confirmPassword');
  t.equal((await change({}, {})).statusCode, 401);
  const done = await change({});
  t.match([done.statusCode, done.json()], [200, { success: true, message: /./, token: /./ }]);
  const { token } = done.json<{ token: string }>();
  const statusOf = async (authorization: string) => (await app.send('GET', '/getuser', undefined, { authorization })).statusCode;
  t.equal(await statusOf(`Bearer ${token}`), 200, 'who asks stays');
  t.equal(await statusOf(headers.authorization), 401);
  t.equal(await statusOf(`Bearer ${elsewhere.token}`), 401);
  const refreshed = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken: elsewhere.refreshToken } });
  t.equal(refreshed.statusCode, 401, 'refresh tokens have ended');
  t.same([await statusOfLogin(email, person.password), await statusOfLogin(email, 'newpass123')], [400, 201]);
});
