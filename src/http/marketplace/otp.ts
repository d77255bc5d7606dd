import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { requestOtpLater } from '../../commands/accounts/issue-otp.js';
import { verifyLoginCode } from '../../commands/accounts/verify-login-code.js';
import { verifyOtp } from '../../commands/accounts/verify-otp.js';
import type { HttpServices } from '../http-services.js';
import { contextOf } from '../shared/command-context.js';
import { runner } from '../shared/run.js';
import { presentSession } from './auth/presenter.js';
import { setRefreshCookie } from './auth/refresh-cookie.js';
import { done, OtpRequest, OtpTry, succeed, Success, VerifiedOtp } from './auth/schemas.js';

const tags = ['OTP'];

/** Neither route tells whether an address has an account. */
export const otpRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const config = { access: 'public', credentials: true, reads: [] } as const;

    app.post(
      '/otp/generate',
      {
        schema: { tags, summary: 'Generate OTP', body: OtpRequest, response: { 201: Success } },
        config,
      },
      async (request, reply) => {
        await requestOtpLater(services.commands)(request.body, contextOf(request));
        const message = 'If the address has an account, a code is on its way to it.';
        return reply.code(201).send(done(message));
      },
    );

    app.post(
      '/otp/verify',
      {
        schema: {
          tags,
          summary: 'Verify OTP',
          description:
            'email_verification verifies the address and uses the code up; password_reset leaves it good for POST /auth/reset-password. ' +
            'login_verification gives the tokens of a login that waits for this code, as POST /auth/login does.',
          body: OtpTry,
          response: { 201: VerifiedOtp },
        },
        config: { ...config, shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        const { email, code, purpose } = request.body;
        const verified = succeed('The code is right.', { verified: true as const });
        reply.code(201);
        if (purpose !== 'login_verification') {
          await run(request, reply, verifyOtp, { email, code, purpose });
          return verified;
        }
        const tokens = await run(request, reply, verifyLoginCode, { email, code });
        if (tokens === null) return verified;
        setRefreshCookie(reply, tokens.refreshToken, services.config.production);
        return { ...verified, ...presentSession(app, tokens) };
      },
    );
  };
