import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import { logOutClient } from '../../../commands/accounts/log-out-client.js';
import { refreshSession } from '../../../commands/accounts/refresh-session.js';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import type { HttpServices } from '../../http-services.js';
import type { Wordings } from '../../refusals/wording.js';
import { accountOf, sessionOf } from '../../shared/access.js';
import { Email, GivenPassword, Otp, RefreshToken } from '../../shared/credential-schemas.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Line } from '../../shared/text-schemas.js';
import { Answer, answer, Told, told } from '../answers.js';
import { anyAccount } from '../callers.js';
import { limits } from '../limits.js';
import { clearTokenCookie, setTokenCookie } from '../token-cookie.js';
import { presentSession } from './presenter.js';
import { LoggedIn } from './schemas.js';

const tags = ['Academy: accounts'];
const config = { access: 'public', credentials: true, limits: { areas: [limits.auth] }, reads: ['sessions'] } as const;

const INVALID = [401, 'Invalid or expired refresh token'] as const;
const badRefreshTokens: Wordings = {
  'refresh-token-invalid': INVALID,
  'refresh-token-reused': INVALID,
  'session-ended': INVALID,
  'session-expired': INVALID,
};

const logInRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/login',
      {
        schema: {
          tags,
          summary: 'Log in (1.2.1)',
          description: 'Sets the cookie access_token. With two-factor on, 401 says that a code was mailed: send it as otp, with the password.',
          body: Type.Object({ email: Email, password: GivenPassword, otp: Type.Optional(Otp) }),
          response: { 200: Answer(LoggedIn), ...problems(401) },
        },
        config: { ...config, refusals: { 'wrong-credentials': [400, 'Invalid credentials'] } },
      },
      async (request, reply) => {
        const tokens = await run(request, reply, logIn, request.body);
        const session = presentSession(app, tokens);
        setTokenCookie(reply, session.accessToken, services.config);
        return answer(session, 'Logged in successfully');
      },
    );

    app.post(
      '/auth/refresh-token',
      {
        schema: {
          tags,
          summary: 'Refresh the access token (1.2.1)',
          description: 'The refresh token is exchanged for the next one; one that comes again later ends the session.',
          body: Type.Object({ refreshToken: RefreshToken }),
          response: { 200: Answer(Type.Object({ accessToken: Type.String(), refreshToken: Type.String() })), ...problems(401) },
        },
        config: { ...config, refusals: badRefreshTokens },
      },
      async (request, reply) => {
        const tokens = await run(request, reply, refreshSession, request.body);
        const { accessToken, refreshToken } = presentSession(app, tokens);
        setTokenCookie(reply, accessToken, services.config);
        return answer({ accessToken, refreshToken }, 'Token refreshed successfully');
      },
    );
  };

const logOutRoute =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/logout',
      {
        schema: {
          tags,
          summary: 'Log out (1.2.1)',
          description: 'Ends the session of the access token, and that of the refresh token where it is another one of the account.',
          body: Type.Object({ refreshToken: Type.Optional(Nullable(Line({ maxLength: 1_000, description: 'One that is unknown ends nothing' }))) }),
          response: { 200: Told },
        },
        config: { ...anyAccount, ownAccount: true, bodyOptional: true, reads: ['sessions'], limits: { areas: [limits.auth] } },
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        const refreshToken = request.body.refreshToken ?? '';
        await run(request, reply, logOutClient, { accountId, sessionId: sessionOf(request), refreshToken });
        clearTokenCookie(reply, services.config);
        return told('Logged out successfully');
      },
    );
  };

export const sessionRoutes =
  (services: HttpServices): FastifyPluginAsync =>
  async (app) => {
    await app.register(logInRoutes(services));
    await app.register(logOutRoute(services));
  };
