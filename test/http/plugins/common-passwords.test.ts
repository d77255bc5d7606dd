import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { commonPasswords } from '../../../src/configuration/common-passwords.js';
import { createTestApp } from '../../fixtures/test-app.js';
import { projectRoot } from '../../project-root.js';

const app = await createTestApp({ config: { refusedPasswords: commonPasswords() } });
t.teardown(() => app.close());

const register = (url: string, password: string, more: object = {}) =>
  app.inject({ method: 'POST', url, payload: { email: `${password.toLowerCase()}@example.org`, password, role: 'student', ...more } });
const why = /is one of the most common passwords/;

t.test('issue 9.28: the commonest passwords are refused, with the field and the reason, in the words of each surface', async (t) => {
  for (const password of ['123456', 'Password', 'qwerty', 'DRAGON']) {
    t.match((await register('/auth/register', password, { name: 'Sam' })).json(), { status: 400, errors: [{ field: 'password', message: why }] });
    const { statusCode, body } = await register('/api/auth/register', password);
    t.equal(statusCode, 400);
    t.match(body, why);
  }
  t.equal((await register('/auth/register', 'correct-horse', { name: 'Sam' })).statusCode, 201);
});

t.test('issue 9.28: a new password may be none of them either; one that is only compared may', async (t) => {
  const { headers, password, email } = await app.signUp();
  const change = (newPassword: string) =>
    app.inject({ method: 'POST', url: '/users/change-password', headers, payload: { currentPassword: password, newPassword } });
  t.match((await change('letmein')).json(), { status: 400, errors: [{ field: 'newPassword', message: why }] });
  const reset = { email, otp: '123456', newPassword: 'letmein' };
  t.match((await app.inject({ method: 'POST', url: '/auth/reset-password', payload: reset })).json(), { errors: [{ field: 'newPassword', message: why }] });
  t.equal((await app.inject({ method: 'POST', url: '/auth/login', payload: { email, password: 'letmein' } })).statusCode, 401);
});

t.test('issue 9.28: the examples of the documents are none of them', async (t) => {
  const texts = ['securepassword', 'secure123', 'newpass123', 'Password123!', 'NewPassword123!', 'your-password'];
  for (const text of texts) t.notOk(commonPasswords().has(text.toLowerCase()), text);
  t.equal(commonPasswords().size, 10_000);
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  t.ok(dependencies['@zxcvbn-ts/language-common'], 'the list comes from the registry');
});
