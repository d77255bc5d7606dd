import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { changePasswordAndReopenSession } from '../../commands/accounts/change-password-and-reopen-session.js';
import { requestOtpLater } from '../../commands/accounts/issue-otp.js';
import { resetPassword } from '../../commands/accounts/reset-password.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { contextOf } from '../shared/command-context.js';
import { invalidField } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { wrongPasswordIn } from './surface.js';
import { presentSession } from './presenter.js';
import { setTokenCookie } from './token-cookie.js';
import { Done, done, EmailAddress, LoggedIn, PasswordChange, PasswordReset } from './schemas.js';

const tags = ['Users: passwords'];

const assertConfirmed = ({ newPassword, confirmPassword }: { newPassword: string; confirmPassword: string }): void => {
  if (newPassword !== confirmPassword) throw invalidField('confirmPassword', 'is not the same as newPassword');
};

export const passwordRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, config } = services;
    const credentials = { access: 'public', credentials: true, reads: [] } as const;

    app.post(
      '/forgot-password',
      {
        schema: { tags, summary: 'Forgot password: request OTP', body: EmailAddress, response: { 200: Done } },
        config: credentials,
      },
      async (request) => {
        await requestOtpLater(commands)({ email: request.body.email, purpose: 'password_reset' }, contextOf(request));
        return done('If the address has an account, a code is on its way to it.');
      },
    );

    app.post(
      '/reset-password',
      {
        schema: { tags, summary: 'Reset password', body: PasswordReset, response: { 200: Done } },
        config: { ...credentials, shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        assertConfirmed(request.body);
        const { email, otp: code, newPassword } = request.body;
        await run(request, reply, resetPassword, { email, code, newPassword });
        return done('The password was changed. Log in with the new one.');
      },
    );

    app.put(
      '/update-user-password',
      {
        schema: {
          tags,
          summary: 'Update user password',
          description: 'Ends every session of the account. The answer opens a new one for the client that asked.',
          body: PasswordChange,
          response: { 200: LoggedIn },
        },
        config: { access: 'account', ownAccount: true, credentials: true, reads: ['sessions'], shows: ['accounts'], refusals: wrongPasswordIn('oldPassword') },
      },
      async (request, reply) => {
        assertConfirmed(request.body);
        const { oldPassword: currentPassword, newPassword } = request.body;
        const input = { accountId: accountOf(request).accountId, currentPassword, newPassword };
        const tokens = await run(request, reply, changePasswordAndReopenSession, input);
        const answer = presentSession(app, tokens, 'The password was changed.');
        setTokenCookie(reply, answer.token, config.production);
        return answer;
      },
    );
  };
