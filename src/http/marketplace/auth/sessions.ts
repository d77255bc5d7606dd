import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import { logOut } from '../../../commands/accounts/log-out.js';
import { refreshSession } from '../../../commands/accounts/refresh-session.js';
import type { HttpServices } from '../../http-services.js';
import { optionalAccountOf } from '../../shared/access.js';
import { Problem, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { presentSession } from './presenter.js';
import { done, Login, Refreshing, Session, Success } from './schemas.js';
import { clearRefreshCookie, refreshTokenOf, setRefreshCookie } from './refresh-cookie.js';

const tags = ['Auth'];

export const sessionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { config } = services;
    const credentials = { access: 'public', credentials: true, reads: ['sessions'] } as const;

    app.post(
      '/auth/login',
      {
        schema: {
          tags,
          summary: 'Login user',
          description:
            'With two-factor on there is no token yet: 401 second-factor-required says that a code was mailed. Send it as otp, with the ' +
            'password, or to POST /otp/verify with purpose login_verification.',
          body: Login,
          response: { 200: Session, ...problems(401, 429) },
        },
        config: { ...credentials, vital: true },
      },
      async (request, reply) => {
        const tokens = await run(request, reply, logIn, request.body);
        setRefreshCookie(reply, tokens.refreshToken, config.production);
        return presentSession(app, tokens);
      },
    );

    app.post(
      '/auth/refresh',
      {
        schema: { tags, summary: 'Refresh access token', body: Refreshing, response: { 200: Session, ...problems(401) } },
        config: { ...credentials, bodyOptional: true },
      },
      async (request, reply) => {
        const refreshToken = refreshTokenOf(request, request.body.refreshToken);
        if (refreshToken === null) throw new Problem(401, 'refresh-token-missing', 'Send the refresh token in the body or as the cookie.');
        const tokens = await run(request, reply, refreshSession, { refreshToken });
        setRefreshCookie(reply, tokens.refreshToken, config.production);
        return presentSession(app, tokens);
      },
    );

    app.post(
      '/auth/logout',
      {
        schema: { tags, summary: 'Logout user', body: Refreshing, response: { 200: Success } },
        config: { ...credentials, bodyOptional: true },
      },
      async (request, reply) => {
        const sessionId = optionalAccountOf(request)?.sessionId ?? null;
        const refreshToken = refreshTokenOf(request, request.body.refreshToken);
        const named = sessionId !== null ? { sessionId } : refreshToken !== null ? { refreshToken } : null;
        if (named !== null) await run(request, reply, logOut, named);
        clearRefreshCookie(reply, config.production);
        return done('Logged out.');
      },
    );
  };
