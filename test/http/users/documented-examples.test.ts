import t from 'tap';
import { requestOf } from './curl.js';
import { examples } from './documented-examples.js';
import { avatar, pictures } from './pictures.js';
import { createUsersApp } from './users-app.js';

const app = await createUsersApp();
t.teardown(() => app.close());

const files = {
  '/path/to/avatar.jpg': avatar(pictures.jpg, 'avatar.jpg', 'image/jpeg'),
  '/path/to/new_avatar.jpg': avatar(pictures.png, 'new_avatar.jpg', 'image/jpeg'),
};
const ran = new Set<string>();

/** Runs an example with the placeholders, and the code of the mail, filled in. */
const run = async (name: keyof typeof examples, placeholders: Readonly<Record<string, string>> = {}) => {
  ran.add(name);
  const command = Object.entries(placeholders).reduce<string>((text, [from, to]) => text.replaceAll(from, to), examples[name]);
  return app.inject(requestOf(command, files));
};
const tokenOf = (answer: { json: () => unknown }): string => (answer.json() as { token: string }).token;

t.test("the document's own examples, one after another", async (t) => {
  const created = await run('create-user');
  t.match([created.statusCode, created.json()], [201, { success: true, message: /test@example\.com/ }]);
  const id = await app.idOf('test@example.com');
  t.match((await app.events(`account-${id}`))[0]?.data, {
    name: 'John Doe', username: 'johndoe', role: 'student', phone: { countryCode: '+1', number: '1234567890' }, avatarFile: /\.jpg$/,
  });

  t.equal((await run('resend-otp')).statusCode, 200);
  const activated = await run('activation', { 123456: await app.code(id, 'email_verification') });
  t.match([activated.statusCode, activated.json()], [201, { success: true, token: /./ }]);

  const loggedIn = await run('login-user');
  t.match([loggedIn.statusCode, loggedIn.json()], [201, { success: true, token: /./ }]);
  const token = { '<your_jwt_token>': tokenOf(loggedIn) };

  const me = await run('getuser', token);
  t.match([me.statusCode, me.json()], [200, { success: true, user: { _id: id, email: 'test@example.com', avatar: /\.jpg$/ } }]);

  const updated = await run('update-user-info', token);
  t.match([updated.statusCode, updated.json()], [
    201,
    { success: true, user: { email: 'newemail@example.com', username: 'newusername', phone: { countryCode: '+1', number: '9876543210' } } },
  ]);
  const pictured = await run('update-avatar', token);
  t.match([pictured.statusCode, pictured.json()], [200, { success: true, user: { avatar: /\.png$/ } }]);

  const addressed = await run('update-user-addresses', token);
  t.match([addressed.statusCode, addressed.json()], [200, { user: { addresses: [{ city: 'New York', zipCode: 10_001, addressType: 'home' }] } }]);
  const { user } = addressed.json<{ user: { addresses: { _id: string }[] } }>();
  const removed = await run('delete-user-address', { ...token, '<address_id>': user.addresses[0]?._id ?? '' });
  t.match([removed.statusCode, removed.json<{ user: { addresses: [] } }>().user.addresses.length], [200, 0]);

  const changed = await run('update-user-password', token);
  t.match([changed.statusCode, changed.json()], [200, { success: true }]);
  t.equal((await run('getuser', token)).statusCode, 401);

  const shown = await run('user-info', { '<user_id>': id });
  t.match([shown.statusCode, shown.json()], [200, { success: true, user: { _id: id, username: 'newusername' } }]);

  const loggedOut = await run('logout', { '<your_jwt_token>': tokenOf(changed) });
  t.match([loggedOut.statusCode, loggedOut.json()], [201, { success: true }]);
});

t.test('a forgotten password', async (t) => {
  await run('create-user');
  t.equal((await run('forgot-password')).statusCode, 200);
  const id = await app.idOf('test@example.com');
  const reset = await run('reset-password', { 123456: await app.code(id, 'password_reset') });
  t.match([reset.statusCode, reset.json()], [200, { success: true }]);
  const payload = { email: 'test@example.com', password: 'newpass123' };
  t.equal((await app.send('POST', '/login-user', payload)).statusCode, 201);
});

t.test('for admins', async (t) => {
  const admin = await app.person({ role: 'admin' });
  const person = await app.person();
  const token = { '<your_jwt_token>': admin.token };
  const listed = await run('admin-all-users', token);
  t.equal(listed.statusCode, 201);
  t.ok(listed.json<{ users: { _id: string }[] }>().users.some(({ _id }) => _id === person.id));
  const deleted = await run('delete-user', { ...token, '<user_id>': person.id });
  t.match([deleted.statusCode, deleted.json()], [201, { success: true }]);
  t.equal((await run('user-info', { '<user_id>': person.id })).statusCode, 404);
});

t.test('none was left out', async (t) => {
  t.same(ran, new Set(Object.keys(examples)));
  t.equal(ran.size, 16);
});
