import t from 'tap';
import { emailIdOf } from '../../../src/commands/accounts/identifiers/find-account.js';
import { oneTimeCode } from '../../../src/commands/accounts/one-time-code.js';
import { printUndoToken } from '../../../src/commands/accounts/undo-token.js';
import { shownUrl } from '../../../src/http/plugins/shown-url.js';
import { createTestApp } from '../../fixtures/test-app.js';

const app = await createTestApp({ surfaces: ['marketplace'] });
t.teardown(() => app.close());

const { keys } = app.services.commands;
const send = (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });

const latestOf = async (accountId: string, purpose: string) => {
  const issued = (await app.events(`otp-${purpose}.${accountId}`)).findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return { otp: oneTimeCode(keys, issued.data.otpId), emailId: issued.data.emailId };
};

const verify = async (id: string, email: string) => {
  const { otp } = await latestOf(id, 'email_verification');
  return send('POST', '/auth/verify-email', { email, otp });
};

const firstToken = async (accountId: string): Promise<string> => {
  for (const { data } of await app.events(`account-${accountId}`)) {
    if ('changeId' in data && typeof data.changeId === 'string') return printUndoToken(keys, { accountId, changeId: data.changeId });
  }
  throw new Error('no change can be undone');
};

t.test('issue 9.21: a stolen access token gives no account away, and the owner takes it back', async (t) => {
  const ada = await app.signUp();
  await verify(ada.id, ada.email);
  const thief = 'thief@example.org';
  t.match((await send('PATCH', '/users/profile', { email: thief }, ada.headers)).json(), { email: thief, emailVerified: false });
  await send('POST', '/auth/forgot-password', { email: thief });
  t.equal((await latestOf(ada.id, 'password_reset')).emailId, emailIdOf(ada.email));
  const logIn = (email: string, password = ada.password) => send('POST', '/auth/login', { email, password });
  t.same([(await logIn(thief)).statusCode, (await logIn(ada.email)).statusCode], [401, 200]);

  t.equal((await verify(ada.id, thief)).statusCode, 200);
  t.same([(await logIn(thief)).statusCode, (await logIn(ada.email)).statusCode], [200, 401]);
  const url = `/auth/undo-change?token=${await firstToken(ada.id)}`;
  const page = await send('GET', url);
  t.match([page.statusCode, page.headers['content-type'], page.body], [200, 'text/html; charset=utf-8', /<form method="post"/]);
  t.equal((await logIn(thief)).statusCode, 200, 'a look at the page changes nothing');
  const undone = await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: '' });
  t.match([undone.statusCode, undone.json()], [200, { success: true }]);
  t.equal((await send('GET', '/users/profile', undefined, ada.headers)).statusCode, 401, 'every session has ended');
  t.same([(await logIn(thief)).statusCode, (await logIn(ada.email)).statusCode], [401, 401]);
  const { otp } = await latestOf(ada.id, 'password_reset');
  t.equal((await send('POST', '/auth/reset-password', { email: ada.email, otp, newPassword: 'mine again' })).statusCode, 200);
  t.equal((await logIn(ada.email, 'mine again')).statusCode, 200);
  t.match((await send('POST', url)).json(), { status: 400, code: 'undo-not-possible', errors: [{ field: 'token' }] });
});

t.test('issue 9.21: the link takes no other token, no HTML, and stands in no log', async (t) => {
  const query = (token: string) => `/auth/undo-change?token=${encodeURIComponent(token)}`;
  for (const method of ['GET', 'POST'] as const) {
    for (const token of ['', '"><script>', 'x'.repeat(301)]) {
      t.match((await send(method, query(token))).json(), { status: 400, errors: [{ field: 'token' }] }, `${method} ${token}`);
    }
  }
  t.match((await send('POST', query('nonsense'))).json(), { status: 400, code: 'undo-not-possible' });
  t.equal(shownUrl('/auth/undo-change?token=abc&x=1'), '/auth/undo-change?token=[token]&x=1');
});
