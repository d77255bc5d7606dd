import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { logOut } from '../../commands/accounts/log-out.js';
import { refreshSession } from '../../commands/accounts/refresh-session.js';
import type { HttpServices } from '../http-services.js';
import { Problem, problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { Done, done, Refreshed, succeed } from './answers.js';
import { Refreshing } from './bodies.js';
import { presentTokens } from './presenter.js';

const tags = ['Authentication'];
const LOGGED_OUT = 'Logged out successfully';

const needsRefreshToken = async ({ body }: FastifyRequest): Promise<void> => {
  const sent = typeof body === 'object' && body !== null && 'refreshToken' in body ? body.refreshToken : undefined;
  if (typeof sent !== 'string' || sent === '') throw new Problem(400, 'refresh-token-missing', 'Refresh token required');
};

export const tokenRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const config = { access: 'public', credentials: true, reads: ['sessions'] } as const;

    app.post(
      '/refresh',
      {
        schema: {
          tags,
          summary: 'Refresh token',
          description: 'The refresh token that was sent is used up; the answer has the next one.',
          body: Refreshing,
          response: { 200: Refreshed, ...problems(401) },
        },
        config,
        preValidation: needsRefreshToken,
      },
      async (request, reply) => {
        const tokens = await run(request, reply, refreshSession, request.body);
        return succeed('Access token refreshed', presentTokens(app, tokens));
      },
    );

    app.post(
      '/logout',
      {
        schema: {
          tags,
          summary: 'Logout user',
          description: 'Ends the session of the refresh token, and with it its access tokens. A session that has ended is logged out.',
          body: Refreshing,
          response: { 200: Done(200, LOGGED_OUT) },
        },
        config,
        preValidation: needsRefreshToken,
      },
      async (request, reply) => {
        await run(request, reply, logOut, request.body);
        return done(200, LOGGED_OUT);
      },
    );
  };
