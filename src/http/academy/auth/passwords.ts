import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { changePassword } from '../../../commands/accounts/change-password.js';
import { requestOtpLater } from '../../../commands/accounts/issue-otp.js';
import { resetPasswordByLink } from '../../../commands/accounts/reset-password-by-link.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, sessionOf } from '../../shared/access.js';
import { contextOf } from '../../shared/command-context.js';
import { Email, GivenPassword, NewPassword } from '../../shared/credential-schemas.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Told, told } from '../answers.js';
import { anyAccount } from '../callers.js';
import { limits } from '../limits.js';
import { REVOKED_TOKEN } from '../surface.js';

const tags = ['Academy: passwords'];
const WRONG = [401, 'Current password is incorrect'] as const;

const resetRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands } = services;
    const asked = { access: 'public', credentials: true, limits: { areas: [limits.resets] }, reads: [] } as const;

    app.post(
      '/auth/forgot-password',
      {
        schema: { tags, summary: 'Have a link mailed that sets a new password (1.2.1)', body: Type.Object({ email: Email }), response: { 200: Told } },
        config: asked,
      },
      async (request) => {
        await requestOtpLater(commands)({ email: request.body.email, purpose: 'password_reset_link', surface: 'academy' }, contextOf(request));
        return told('If your email is registered, you will receive reset instructions shortly');
      },
    );

    app.post(
      '/auth/reset-password',
      {
        schema: {
          tags,
          summary: 'Set a new password with the token of the mail (1.2.1)',
          description: 'Uses the token up, and ends every session of the account.',
          body: Type.Object({ token: Line({ minLength: 1, maxLength: 1_000 }), password: NewPassword }),
          response: { 200: Told },
        },
        config: { ...asked, shows: ['accounts', 'sessions'], refusals: { 'otp-invalid': [400, 'Invalid or expired password reset token'] } },
      },
      async (request, reply) => {
        const { token, password: newPassword } = request.body;
        await run(request, reply, resetPasswordByLink, { token, newPassword });
        return told('Password has been reset successfully');
      },
    );
  };

const changeRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.patch(
      '/auth/change-password',
      {
        schema: {
          tags,
          summary: 'Change the password (1.2.1)',
          description: 'Every other session of the account ends; the one that asks goes on.',
          body: Type.Object({ currentPassword: GivenPassword, newPassword: NewPassword }),
          response: { 200: Told, ...problems(401) },
        },
        config: {
          ...anyAccount, ownAccount: true,
          credentials: true,
          limits: { areas: [limits.auth] },
          reads: ['sessions'],
          shows: ['accounts'],
          refusals: { 'wrong-password': WRONG, 'password-not-set': WRONG, 'session-superseded': REVOKED_TOKEN },
        },
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        await run(request, reply, changePassword, { ...request.body, accountId, keptSessionId: sessionOf(request) });
        return told('Password updated successfully');
      },
    );
  };

export const passwordRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(resetRoutes(services));
    await app.register(changeRoute(services));
  };
