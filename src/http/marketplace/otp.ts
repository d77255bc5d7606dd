import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { requestOtpLater } from '../../commands/accounts/issue-otp.js';
import { verifyOtp } from '../../commands/accounts/verify-otp.js';
import type { HttpServices } from '../http-services.js';
import { contextOf } from '../shared/command-context.js';
import { runner } from '../shared/run.js';
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
          body: OtpTry,
          response: { 201: VerifiedOtp },
        },
        config,
      },
      async (request, reply) => {
        await run(request, reply, verifyOtp, request.body);
        return reply.code(201).send(succeed('The code is right.', { verified: true as const }));
      },
    );
  };
