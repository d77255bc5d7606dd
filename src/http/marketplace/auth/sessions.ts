import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import { logOut } from '../../../commands/accounts/log-out.js';
import { refreshSession } from '../../../commands/accounts/refresh-session.js';
import type { HttpServices } from '../../http-services.js';
import { credentialLimits } from '../../plugins/rate-limits.js';
import { optionalAccountOf } from '../../shared/access.js';
import { contextOf } from '../../shared/command-context.js';
import { Problem, problems } from '../../shared/problem.js';
import { settle } from '../../shared/settle.js';
import { presentSession } from './presenter.js';
import { Login, Refreshing, Session, Success } from './schemas.js';
import { clearRefreshCookie, refreshTokenOf, setRefreshCookie } from './refresh-cookie.js';

const tags = ['Auth'];

export const sessionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { commands, config } = services;
    const { rateLimit, perAddress } = credentialLimits(app);
    const credentials = { access: 'public', idempotent: false, rateLimit } as const;

    app.post(
      '/auth/login',
      {
        schema: {
          tags,
          summary: 'Login user',
          description: 'With two-factor on, 401 second-factor-required says that a code was mailed: send it as otp, with the password.',
          body: Login,
          response: { 200: Session, ...problems(401, 429) },
        },
        config: credentials,
        preValidation: perAddress,
      },
      async (request, reply) => {
        const tokens = await settle(services, reply, await logIn(commands)(request.body, contextOf(request)));
        setRefreshCookie(reply, tokens.refreshToken, config.production);
        return presentSession(app, tokens);
      },
    );

    app.post(
      '/auth/refresh',
      {
        schema: { tags, summary: 'Refresh access token', body: Refreshing, response: { 200: Session, ...problems(401) } },
        config: credentials,
        preValidation: async (request) => {
          request.body ??= {};
        },
      },
      async (request, reply) => {
        const refreshToken = refreshTokenOf(request, request.body.refreshToken);
        if (refreshToken === null) throw new Problem(401, 'refresh-token-missing', 'Send the refresh token in the body or as the cookie.');
        const tokens = await settle(services, reply, await refreshSession(commands)({ refreshToken }, contextOf(request)));
        setRefreshCookie(reply, tokens.refreshToken, config.production);
        return presentSession(app, tokens);
      },
    );

    app.post(
      '/auth/logout',
      {
        schema: { tags, summary: 'Logout user', body: Refreshing, response: { 200: Success } },
        config: credentials,
        preValidation: async (request) => {
          request.body ??= {};
        },
      },
      async (request, reply) => {
        const sessionId = optionalAccountOf(request)?.sessionId;
        const refreshToken = refreshTokenOf(request, request.body.refreshToken);
        const named = sessionId !== undefined ? { sessionId } : refreshToken !== null ? { refreshToken } : null;
        if (named !== null) await settle(services, reply, await logOut(commands)(named, contextOf(request)));
        clearRefreshCookie(reply, config.production);
        return { success: true as const, message: 'Logged out.' };
      },
    );
  };
