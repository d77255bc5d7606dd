import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { requestOtpLater } from '../../../commands/accounts/issue-otp.js';
import { resetPassword } from '../../../commands/accounts/reset-password.js';
import { verifyEmail } from '../../../commands/accounts/verify-email.js';
import type { HttpServices } from '../../http-services.js';
import { contextOf } from '../../shared/command-context.js';
import { runner } from '../../shared/run.js';
import { done, EmailVerification, ForgottenPassword, PasswordReset, Success } from './schemas.js';

const tags = ['Auth'];

export const passwordRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands } = services;
    const credentials = { access: 'public', credentials: true, reads: [] } as const;

    app.post(
      '/auth/verify-email',
      {
        schema: { tags, summary: 'Verify email with OTP', body: EmailVerification, response: { 200: Success } },
        config: { ...credentials, shows: ['accounts'] },
      },
      async (request, reply) => {
        const { email, otp: code } = request.body;
        await run(request, reply, verifyEmail, { email, code });
        return done('The address is verified.');
      },
    );

    app.post(
      '/auth/forgot-password',
      {
        schema: { tags, summary: 'Request password reset OTP', body: ForgottenPassword, response: { 200: Success } },
        config: credentials,
      },
      async (request) => {
        await requestOtpLater(commands)({ email: request.body.email, purpose: 'password_reset' }, contextOf(request));
        return done('If the address has an account, a code is on its way to it.');
      },
    );

    app.post(
      '/auth/reset-password',
      {
        schema: { tags, summary: 'Reset password with OTP', body: PasswordReset, response: { 200: Success } },
        config: { ...credentials, shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        const { email, otp: code, newPassword } = request.body;
        await run(request, reply, resetPassword, { email, code, newPassword });
        return done('The password was changed. Log in with the new one.');
      },
    );
  };
