import t from 'tap';
import { createUsersApp } from './users-app.js';

const app = await createUsersApp();
t.teardown(() => app.close());

const getUser = async (headers: Record<string, string>) =>
  (await app.send('GET', '/getuser', undefined, headers)).json<{ user: Record<string, unknown> }>().user;

t.test('getuser shows everything of oneself but secrets', async (t) => {
  const person = await app.person({ phone: '{"countryCode":"+1","number":"5550100200"}', fullname: '{"firstName":"Jo","middleName":"","lastName":"Doe"}' });
  const answer = await app.send('GET', '/getuser', undefined, { ...person.headers, 'content-type': 'application/json' });
  t.equal(answer.statusCode, 200);
  const { user } = answer.json<{ user: Record<string, unknown> }>();
  t.strictSame(user, {
    _id: person.id,
    username: person.username,
    fullname: { firstName: 'Jo', lastName: 'Doe' },
    role: 'user',
    avatar: null,
    createdAt: user['createdAt'],
    email: person.email,
    phone: { countryCode: '+1', number: '5550100200' },
    isVerified: true,
    updatedAt: user['updatedAt'],
    addresses: [],
  });
  for (const headers of [{}, { authorization: 'Bearer a.b.c' }, { authorization: 'Basic YTpi' }]) {
    const refused = await app.send('GET', '/getuser', undefined, headers);
    t.match([refused.statusCode, refused.json()], [401, { success: false, code: 'unauthenticated' }]);
  }
});

t.test('user-info is for anybody and shows nothing private', async (t) => {
  const person = await app.person({ phone: '{"countryCode":"+1","number":"5550100300"}' });
  await app.send('PUT', '/update-user-addresses', { addressType: 'home', city: 'Paris' }, person.headers);
  for (const headers of [{}, person.headers, (await app.person({ role: 'admin' })).headers]) {
    const answer = await app.send('GET', `/user-info/${person.id}`, undefined, headers);
    t.equal(answer.statusCode, 200);
    t.strictSame(Object.keys(answer.json<{ user: object }>().user).sort(), ['_id', 'avatar', 'createdAt', 'fullname', 'role', 'username']);
    t.notMatch(answer.body, /@|5550100300|Paris/);
  }
  for (const id of ['nobody', '684175dc852cc7f775c1b65f', '00000000-0000-4000-8000-000000000000', '%00', '__proto__']) {
    const answer = await app.send('GET', `/user-info/${id}`);
    t.match([answer.statusCode, answer.json()], [404, { success: false, code: 'not-found' }], id);
  }
  t.equal((await app.send('GET', `/user-info/${'x'.repeat(101)}`)).statusCode, 400);
});

t.test('update-user-info', async (t) => {
  const change = (payload: object, headers: Record<string, string>) => app.send('PUT', '/update-user-info', payload, headers);

  t.test('needs the password; another address has to be activated', async (t) => {
    const person = await app.person();
    const email = 'moved@example.com';
    const wanted = { email, username: 'moved_name', phoneNumber: { countryCode: '+1', number: '9876543210' } };
    for (const [payload, headers, status, error] of [
      [wanted, person.headers, 400, { errors: [{ field: 'password', message: 'is required' }] }],
      [{ ...wanted, password: 'wrong one' }, person.headers, 400, { errors: [{ field: 'password' }] }],
      [{ ...wanted, password: person.password }, {}, 401, { code: 'unauthenticated' }],
    ] as const) {
      const answer = await change(payload, headers);
      t.match([answer.statusCode, answer.json()], [status, { success: false, ...error }]);
    }
    t.match(await getUser(person.headers), { email: person.email, username: person.username, phone: null });

    const answer = await change({ ...wanted, password: person.password }, person.headers);
    t.equal(answer.statusCode, 201, answer.body);
    const { email: _email, phoneNumber: phone, ...rest } = wanted;
    t.match(answer.json(), { success: true, user: { ...rest, email, phone, isVerified: false } });
    const logIn = (address: string) => app.send('POST', '/login-user', { email: address, password: person.password });
    t.equal((await logIn(email)).statusCode, 201, 'issue 9.21: an account that was activated stays so');
    t.match((await logIn(person.email)).json(), { code: 'wrong-credentials' });
    const otp = await app.code(person.id, 'email_verification');
    t.equal((await app.send('POST', '/activation', { email, otp })).statusCode, 201);
    t.equal((await logIn(email)).statusCode, 201);
    t.equal((await app.newUser({ email: 'another@example.com', username: person.username })).statusCode, 201, 'what was left is free');
    const early = await app.newUser({ email: person.email, username: 'early_bird' });
    t.match(early.json(), { code: 'email-taken' }, 'but for the address, with which the change can be undone');
  });

  t.test('all or nothing: what is taken is named', async (t) => {
    const [one, other] = [await app.person(), await app.person()];
    const answer = await change({ password: one.password, email: 'free@example.com', username: other.username }, one.headers);
    t.match([answer.statusCode, answer.json()], [400, { success: false, code: 'username-taken', errors: [{ field: 'username' }] }]);
    t.match(await getUser(one.headers), { email: one.email, username: one.username });
    t.equal((await app.newUser({ email: 'free@example.com' })).statusCode, 201);
  });

  t.test('20 at once for one username: one has it', async (t) => {
    const people = await Promise.all(Array.from({ length: 20 }, () => app.person()));
    const answers = await Promise.all(people.map(({ password, headers }) => change({ password, username: 'wanted_by_all' }, headers)));
    t.equal(answers.filter(({ statusCode }) => statusCode === 201).length, 1);
    t.equal(answers.filter(({ statusCode }) => statusCode === 400).length, 19);
  });

  t.test('wrong fields are named', async (t) => {
    const { password, headers } = await app.person();
    const wrong: readonly [string, object][] = [
      ['email', { email: 'nowhere' }],
      ['username', { username: 'no spaces' }],
      ['phoneNumber', { phoneNumber: '+1 555' }],
      ['phoneNumber.number', { phoneNumber: { countryCode: '+1' } }],
      ['phoneNumber.number', { phoneNumber: { countryCode: '+1', number: '12' } }],
    ];
    for (const [field, fields] of wrong) {
      const answer = await change({ password, ...fields }, headers);
      t.match([answer.statusCode, answer.json()], [400, { errors: [{ field }] }], field);
    }
  });

  t.test('as a form, with JSON in fullname and phone', async (t) => {
    const { password, headers } = await app.person();
    const fullname = { firstName: 'Mary Ann', lastName: 'Van Dyke' };
    const phone = { countryCode: '+31', number: '201234567' };
    const fields = { password, fullname: JSON.stringify(fullname), phone: JSON.stringify(phone), email: '' };
    const answer = await app.form('PUT', '/update-user-info', fields, headers);
    t.match([answer.statusCode, answer.json()], [201, { user: { fullname, phone } }]);
    t.strictSame((await getUser(headers))['fullname'], fullname);
    const malformed = await app.form('PUT', '/update-user-info', { password, phone: '{' }, headers);
    t.match([malformed.statusCode, malformed.json()], [400, { errors: [{ field: 'phone' }] }]);
    const two = await app.form('PUT', '/update-user-info', { password, phone: '{}', phoneNumber: '[]' }, headers);
    t.match([two.statusCode, two.json()], [400, { errors: [{ field: 'phone' }] }]);
    const refused = await app.form('PUT', '/update-user-info', { password: 'wrong one', fullname: '{"firstName":"X","lastName":"Y"}' }, headers);
    t.equal(refused.statusCode, 400);
    t.strictSame((await getUser(headers))['fullname'], fullname);
  });
});
