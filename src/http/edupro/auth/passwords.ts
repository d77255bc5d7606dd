import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { changePasswordAndReopenSession } from '../../../commands/accounts/change-password-and-reopen-session.js';
import { confirmResetCode, requestPasswordReset, resetPasswordExplained } from '../../../commands/accounts/explain-code.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { runner } from '../../shared/run.js';
import { EmailField, NewPasswordField, OtpField, PasswordField } from '../fields.js';
import { setTokens } from '../token-cookies.js';

const tags = ['EduPro: passwords'];
const Told = Type.Object({ message: Type.String() });
/** The document tells which addresses have an account: nobody asks for many. */
const ASKED_PER_NETWORK = { max: 30, windowMs: 10 * 60_000 };

const badCodes: Wordings = {
  'unknown-account': { status: 400, field: 'email', message: 'Invalid email' },
  'otp-invalid': { status: 400, field: 'otp', message: 'Invalid OTP' },
  'otp-expired': { status: 400, field: 'otp', message: 'OTP expired' },
};
const wrongOldPassword = [400, { error: 'Old password is incorrect' }] as const;

const resetRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const asked = { access: 'public', credentials: true, limits: { requestsPerNetwork: ASKED_PER_NETWORK }, reads: [] } as const;

    app.post(
      '/password-reset/request/',
      {
        schema: { tags, summary: 'Request password reset (1.6)', body: Type.Object({ email: EmailField }), response: { 200: Told } },
        config: { ...asked, refusals: { 'unknown-account': { status: 400, field: 'email', message: 'User with this email does not exist.' } } },
      },
      async (request, reply) => {
        await run(request, reply, requestPasswordReset, { ...request.body, surface: 'edupro' });
        return { message: 'OTP sent to your email.' };
      },
    );

    app.post(
      '/password-reset/verify/',
      {
        schema: { tags, summary: 'Verify OTP (1.7)', body: Type.Object({ email: EmailField, otp: OtpField }), response: { 200: Told } },
        config: { ...asked, refusals: badCodes },
      },
      async (request, reply) => {
        const { email, otp: code } = request.body;
        await run(request, reply, confirmResetCode, { email, code });
        return { message: 'OTP verified successfully' };
      },
    );

    app.post(
      '/password-reset/confirm/',
      {
        schema: {
          tags,
          summary: 'Reset password (1.8)',
          description: 'Uses the code up and ends every session of the account.',
          body: Type.Object({ email: EmailField, otp: OtpField, new_password: NewPasswordField }),
          response: { 200: Told },
        },
        config: { ...asked, shows: ['sessions'], refusals: badCodes },
      },
      async (request, reply) => {
        const { email, otp: code, new_password: newPassword } = request.body;
        await run(request, reply, resetPasswordExplained, { email, code, newPassword });
        return { message: 'Password reset successfully' };
      },
    );
  };

const changeRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.put(
      '/change-password/',
      {
        schema: {
          tags,
          summary: 'Change password (1.23)',
          description: 'Ends every session of the account; the caller gets the cookies of a new one.',
          body: Type.Object({ old_password: PasswordField(), new_password: NewPasswordField }),
          response: { 200: Told },
        },
        config: {
          access: 'account', ownAccount: true,
          credentials: true,
          idempotent: false,
          reads: ['sessions'],
          refusals: { 'wrong-password': wrongOldPassword, 'password-not-set': wrongOldPassword },
        },
      },
      async (request, reply) => {
        const { old_password: currentPassword, new_password: newPassword } = request.body;
        const input = { accountId: accountOf(request).accountId, currentPassword, newPassword };
        setTokens(app, reply, await run(request, reply, changePasswordAndReopenSession, input), services.config);
        return { message: 'Password changed successfully' };
      },
    );
  };

export const passwordRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(resetRoutes(services));
    await app.register(changeRoute(services));
  };
