import t from 'tap';
import { aggregates } from '../../../src/domain/aggregates.js';
import { contextFor } from '../../fixtures/command-services.js';
import { createUsersApp, otherThan } from './users-app.js';

const app = await createUsersApp();
t.teardown(() => app.close());

t.test('create-user', async (t) => {
  t.test('answers 201 with where to look for the code, and nothing that is secret', async (t) => {
    const phone = JSON.stringify({ countryCode: '+1', number: '1234567890' });
    const fullname = JSON.stringify({ firstName: ' Ada ', middleName: 'King', lastName: 'Lovelace' });
    const answer = await app.newUser({ email: 'Ada@example.com', username: 'ada', fullname, phone, role: 'instructor' });
    t.equal(answer.statusCode, 201, answer.body);
    t.match(answer.json(), { success: true, message: /Ada@example\.com/ });
    t.notMatch(answer.body, /password|token|quick:/i);
    const id = await app.idOf('Ada@example.com');
    const [registered] = await app.events(`account-${id}`);
    t.match(registered?.data, {
      role: 'instructor',
      username: 'ada',
      fullName: { firstName: 'Ada', middleName: 'King', lastName: 'Lovelace' },
      phone: { countryCode: '+1', number: '1234567890' },
    });
    t.match(await app.code(id, 'email_verification'), /^\d{6}$/);
  });

  const roles = { user: 'student', seller: 'seller', instructor: 'instructor', serviceProvider: 'service-provider', admin: 'admin' };
  for (const [role, canonical] of Object.entries(roles)) {
    t.test(`role ${role} is ${canonical}, and ${role} again`, async (t) => {
      const person = await app.person({ role });
      const [registered] = await app.events(`account-${person.id}`);
      t.match(registered?.data, { role: canonical });
      t.match((await app.send('GET', '/getuser', undefined, person.headers)).json(), { user: { role } });
    });
  }

  t.test('without a role, a middle name, a phone or a picture', async (t) => {
    const answer = await app.newUser({ email: 'plain@example.com', role: '', phone: '', avatar: { content: '', filename: '' } });
    t.equal(answer.statusCode, 201, 'what a form leaves empty is not there');
    const [registered] = await app.events(`account-${await app.idOf('plain@example.com')}`);
    t.match(registered?.data, { role: 'student', imageUrl: null });
    t.notMatch(registered?.data, { phone: {} });
  });

  t.test('fullname as a part of JSON', async (t) => {
    const fullname = { content: '{"firstName":"Jo","lastName":"Part"}', type: 'application/json' };
    t.equal((await app.newUser({ fullname })).statusCode, 201);
  });

  const wrong: readonly [string, Record<string, string | undefined>][] = [
    ['email', { email: undefined }],
    ['email', { email: 'not an address' }],
    ['password', { password: undefined }],
    ['password', { password: 'five5' }],
    ['username', { username: undefined }],
    ['username', { username: 'ab' }],
    ['username', { username: 'a'.repeat(31) }],
    ['username', { username: 'has-a-dash' }],
    ['username', { username: 'line\nbreak' }],
    ['role', { role: 'king' }],
    ['role', { role: 'student' }],
    ['fullname', { fullname: undefined }],
    ['fullname', { fullname: '{"firstName":' }],
    ['fullname', { fullname: 'John Doe' }],
    ['fullname', { fullname: '"John Doe"' }],
    ['fullname', { fullname: 'null' }],
    ['fullname', { fullname: '[]' }],
    ['fullname.lastName', { fullname: '{"firstName":"John"}' }],
    ['fullname.firstName', { fullname: '{"firstName":" ","lastName":"Doe"}' }],
    ['fullname.firstName', { fullname: '{"firstName":{"$ne":1},"lastName":"Doe"}' }],
    ['phone', { phone: '{countryCode}' }],
    ['phone.number', { phone: '{"countryCode":"+1"}' }],
    ['phone.number', { phone: '{"countryCode":"+1","number":"123456"}' }],
    ['phone.number', { phone: '{"countryCode":"+1","number":1234567890}' }],
    ['phone.countryCode', { phone: '{"countryCode":"one","number":"1234567890"}' }],
    ['avatar', { avatar: 'avatars/of-somebody-else.png' }],
    ['isAdmin', { isAdmin: 'true' }],
  ];
  for (const [field, fields] of wrong) {
    t.test(`a wrong ${field} is named: ${JSON.stringify(fields)}`, async (t) => {
      const before = (await app.events()).length;
      const answer = await app.newUser(fields);
      t.equal(answer.statusCode, 400, answer.body);
      t.match(answer.headers, { 'content-type': /^application\/json/ });
      t.match(answer.json(), { success: false, message: /./, errors: [{ field }] });
      t.equal((await app.events()).length, before);
    });
  }

  t.test('what is taken is named, however it is written', async (t) => {
    const phone = JSON.stringify({ countryCode: '+1', number: '5550001111' });
    await app.newUser({ email: 'first@example.com', username: 'first_one', phone });
    const taken = async (fields: Record<string, string>) => {
      const answer = await app.newUser(fields);
      return [answer.statusCode, answer.json<{ errors: { field: string }[] }>().errors[0]?.field];
    };
    t.same(await taken({ email: 'FIRST@example.com' }), [400, 'email']);
    t.same(await taken({ username: 'First_One' }), [400, 'username']);
    t.same(await taken({ phone: JSON.stringify({ countryCode: '1', number: '5550001111' }) }), [400, 'phone']);
  });

  for (const field of ['username', 'email', 'phone']) {
    t.test(`20 at once with the same ${field} make one account`, async (t) => {
      const shared = { username: 'raced_name', email: 'raced@example.com', phone: '{"countryCode":"+44","number":"7700900123"}' }[field];
      const answers = await Promise.all(Array.from({ length: 20 }, () => app.newUser({ [field]: shared })));
      const statuses = answers.map(({ statusCode }) => statusCode).sort();
      t.same(statuses, [201, ...Array.from({ length: 19 }, () => 400)]);
      t.ok(answers.every((answer) => answer.statusCode === 201 || answer.json<{ code: string }>().code === `${field}-taken`));
    });
  }

  t.test('admins make admins where sign-up is not open', async (t) => {
    const closed = await createUsersApp({ openAdminSignUp: false });
    t.teardown(() => closed.close());
    const answer = await closed.newUser({ role: 'admin' });
    t.equal(answer.statusCode, 403);
    t.match(answer.json(), { success: false, code: 'admin-sign-up-closed' });
  });
});

t.test('activation', async (t) => {
  t.test('takes the code of the mail once, and answers 201 with a token', async (t) => {
    const email = 'active@example.com';
    await app.newUser({ email });
    const otp = await app.code(await app.idOf(email), 'email_verification');
    const wrong = await app.send('POST', '/activation', { email, otp: otherThan(otp) });
    const unknown = await app.send('POST', '/activation', { email: 'nobody@example.com', otp });
    t.equal(wrong.statusCode, 400);
    t.match(wrong.json(), { success: false, errors: [{ field: 'otp' }] });
    t.same([unknown.statusCode, unknown.json()], [400, wrong.json()], 'nothing tells who has an account');
    const active = await app.send('POST', '/activation', { email, otp });
    t.equal(active.statusCode, 201);
    t.match(active.cookies, [{ name: 'token', httpOnly: true, sameSite: 'Strict', path: '/api/v2/user' }]);
    const { token } = active.json<{ token: string }>();
    const user = await app.send('GET', '/getuser', undefined, { authorization: `Bearer ${token}` });
    t.match(user.json(), { user: { email, isVerified: true } });
    t.equal((await app.send('POST', '/activation', { email, otp })).statusCode, 400);
  });

  t.test('gives no token to an account with two-factor on', async (t) => {
    const email = 'careful@example.com';
    await app.newUser({ email });
    const id = await app.idOf(email);
    const { handler, clock } = app.services.commands;
    const command = { type: 'EnableTwoFactor', data: { accountId: id, at: clock.now().toISOString() } } as const;
    await handler.handle(aggregates.account, id, command, contextFor());
    const answer = await app.send('POST', '/activation', { email, otp: await app.code(id, 'email_verification') });
    t.equal(answer.statusCode, 401);
    t.match(answer.json(), { success: false, code: 'log-in-required' });
  });
});

t.test('resend-otp mails another code, which alone is good; five an hour', async (t) => {
  const email = 'again@example.com';
  await app.newUser({ email });
  const id = await app.idOf(email);
  const first = await app.code(id, 'email_verification');
  const known = await app.send('POST', '/resend-otp', { email });
  const unknown = await app.send('POST', '/resend-otp', { email: 'nobody@example.com' });
  t.same([known.statusCode, known.json()], [200, unknown.json()], 'nothing tells who has an account');
  t.match(known.json(), { success: true, message: /./ });
  const second = await app.code(id, 'email_verification');
  if (first !== second) t.equal((await app.send('POST', '/activation', { email, otp: first })).statusCode, 400);
  for (let sent = 0; sent < 6; sent += 1) t.equal((await app.send('POST', '/resend-otp', { email })).statusCode, 200);
  const issued = (await app.events(`otp-email_verification.${id}`)).filter(({ type }) => type === 'OtpIssued');
  t.equal(issued.length, 5);
  t.match((await app.send('POST', '/resend-otp', {})).json(), { success: false, errors: [{ field: 'email' }] });
});
