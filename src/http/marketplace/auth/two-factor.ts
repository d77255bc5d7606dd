import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { confirmTwoFactor, disableTwoFactor, requestTwoFactor } from '../../../commands/accounts/two-factor.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, sessionOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { done, Success, TwoFactorConfirmation, TwoFactorProof } from './schemas.js';

const tags = ['Auth'];

const config = { access: 'account', ownAccount: true, credentials: true, reads: [] } as const;

const enabling =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/enable-2fa',
      {
        schema: {
          tags,
          summary: 'Enable 2FA',
          description: 'Mails a code to the verified address. POST /auth/confirm-2fa with it turns two-factor on.',
          response: { 201: Success, ...problems(403, 409) },
        },
        config,
      },
      async (request, reply) => {
        await run(request, reply, requestTwoFactor, { accountId: accountOf(request).accountId });
        return reply.code(201).send(done('A code is on its way to your email address: confirm with it.'));
      },
    );

    app.post(
      '/auth/confirm-2fa',
      {
        schema: {
          tags,
          summary: 'Confirm 2FA enablement',
          description: 'From then on a login needs a code from a mail. Every other session of the account ends.',
          body: TwoFactorConfirmation,
          response: { 201: Success, ...problems(409) },
        },
        config: { ...config, shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        const input = { accountId: accountOf(request).accountId, sessionId: sessionOf(request), code: request.body.otp };
        await run(request, reply, confirmTwoFactor, input);
        return reply.code(201).send(done('Two-factor is on. Your other sessions have ended.'));
      },
    );
  };

const disabling =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/disable-2fa',
      {
        schema: {
          tags,
          summary: 'Disable 2FA',
          description:
            'Needs no body within ten minutes of the login. Later 403 two-factor-proof-required says that a code was mailed: send it as ' +
            'otp, or send the password. The owner is told by mail. Where admins have to have two-factor, theirs stays on (409).',
          body: TwoFactorProof,
          response: { 201: Success, ...problems(403, 409, 429) },
        },
        config: { ...config, bodyOptional: true, shows: ['accounts'], refusals: { 'wrong-password': { message: 'The password is wrong.', field: 'password' } } },
      },
      async (request, reply) => {
        const input = { accountId: accountOf(request).accountId, sessionId: sessionOf(request), ...request.body };
        await run(request, reply, disableTwoFactor, input);
        return reply.code(201).send(done('Two-factor is off.'));
      },
    );
  };

/** Two-factor of the caller's own account. Logging in with it is POST /auth/login, or POST /otp/verify. */
export const twoFactorRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(enabling(services));
    await app.register(disabling(services));
  };
