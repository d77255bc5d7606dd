import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { logOut } from '../../../commands/accounts/log-out.js';
import { refreshSession } from '../../../commands/accounts/refresh-session.js';
import { readRefreshToken } from '../../../commands/accounts/refresh-token.js';
import { liveSession } from '../../../projections/sessions/queries.js';
import type { HttpServices } from '../../http-services.js';
import { cookieOf } from '../../plugins/cookies.js';
import { LiteralProblem, type Wordings } from '../../refusals/wording.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { REFRESH_COOKIE } from '../surface.js';
import { clearTokens, setTokens } from '../token-cookies.js';

const tags = ['EduPro: log-in'];
const Told = Type.Object({ message: Type.String() });

const INVALID = [401, { error: 'Invalid or expired refresh token' }] as const;

export const badRefreshTokens: Wordings = {
  'refresh-token-invalid': INVALID,
  'refresh-token-reused': INVALID,
  'session-ended': INVALID,
  'session-expired': INVALID,
};

/** Throws 401 where the request has no such cookie. */
export const refreshTokenOf = (request: FastifyRequest): string => {
  const token = cookieOf(request, REFRESH_COOKIE);
  if (token === null || token === '') throw new LiteralProblem(401, 'refresh-token-missing', 'no refresh token', { error: 'Refresh token not found' });
  return token;
};

export const tokenRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, readModels, config } = services;

    const isOwn = async (request: FastifyRequest, token: string): Promise<boolean> => {
      const sessionId = readRefreshToken(commands.keys, token)?.sessionId;
      return sessionId !== undefined && (await liveSession(readModels, sessionId, accountOf(request).accountId)) !== null;
    };

    app.post(
      '/logout/',
      {
        schema: { tags, summary: 'Logout (1.3)', response: { 205: Told, ...problems(400) } },
        config: { access: 'account', ownAccount: true, reads: ['sessions'], idempotent: false },
      },
      async (request, reply) => {
        const refreshToken = cookieOf(request, REFRESH_COOKIE);
        if (refreshToken === null || refreshToken === '') throw new LiteralProblem(400, 'refresh-token-missing', 'no refresh token', { message: 'No refresh token found' });
        if (!(await isOwn(request, refreshToken))) throw new LiteralProblem(400, 'refresh-token-invalid', 'not a refresh token', { error: 'Invalid token' });
        await run(request, reply, logOut, { refreshToken });
        clearTokens(reply, config);
        return reply.code(205).send({ message: 'Logged out successfully' });
      },
    );

    app.post(
      '/token/refresh/',
      {
        schema: { tags, summary: 'Refresh token (teacher/admin) (1.4)', response: { 200: Told, ...problems(401) } },
        config: { access: 'public', credentials: true, idempotent: false, reads: ['sessions'], refusals: badRefreshTokens },
      },
      async (request, reply) => {
        const tokens = await run(request, reply, refreshSession, { refreshToken: refreshTokenOf(request) });
        setTokens(app, reply, tokens, config);
        return { message: 'Token refreshed successfully' };
      },
    );
  };
