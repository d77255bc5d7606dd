import t from 'tap';
import { oneTimeCode } from '../../src/commands/one-time-code.js';
import type { OtpPurpose } from '../../src/domain/otp/events.js';
import { createTestApp, type TestApp } from './test-app.js';


const post = (app: TestApp, url: string, payload?: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });

/** What the person reads in the mail. */
const latestCode = async (app: TestApp, accountId: string, purpose: OtpPurpose): Promise<string> => {
  const events = await app.events(`otp-${purpose}.${accountId}`);
  const issued = events.findLast(({ type }) => type === 'OtpIssued');
  if (issued?.type !== 'OtpIssued') throw new Error('no code was issued');
  return oneTimeCode(app.services.commands.keys, issued.data.otpId);
};

const ada = { name: 'Ada', email: 'ada@example.org', password: 'secret1' };

t.test('register answers the user, without any secret', async (t) => {
  const app = await createTestApp();
  t.teardown(() => app.close());
  const answer = await post(app, '/auth/register', { ...ada, role: 'instructor', isAdmin: true });
  t.equal(answer.statusCode, 201);
  t.match(answer.json(), { name: 'Ada', email: ada.email, role: 'instructor', emailVerified: false, isOAuthUser: false });
  t.notMatch(answer.body, /password|quick:|secret1/i);
  t.match(answer.headers, { 'x-position': /^\d+$/ });
});
