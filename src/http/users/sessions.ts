import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { logIn } from '../../commands/accounts/log-in.js';
import { logOut } from '../../commands/accounts/log-out.js';
import type { HttpServices } from '../http-services.js';
import { sessionOf } from '../shared/access.js';
import { problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { presentSession } from './presenter.js';
import { clearTokenCookie, setTokenCookie } from './token-cookie.js';
import { Done, done, LoggedIn, Login } from './schemas.js';

const tags = ['Users: sessions'];

export const sessionRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { config } = services;

    app.post(
      '/login-user',
      {
        schema: {
          tags,
          summary: 'Login user',
          description:
            'The account has to be active. With two-factor on, 401 says that a code was mailed: send it as otp, with the password.',
          body: Login,
          response: { 201: LoggedIn, ...problems(401) },
        },
        config: { access: 'public', credentials: true, reads: ['sessions'], vital: true },
      },
      async (request, reply) => {
        const input = { ...request.body, needsVerifiedEmail: true };
        const tokens = await run(request, reply, logIn, input);
        const answer = presentSession(app, tokens, 'Logged in.');
        setTokenCookie(reply, answer.token, config.production);
        return reply.code(201).send(answer);
      },
    );

    app.get(
      '/logout',
      {
        schema: { tags, summary: 'Log out user', response: { 201: Done } },
        config: { access: 'account', reads: ['sessions'], asOf: false },
      },
      async (request, reply) => {
        await run(request, reply, logOut, { sessionId: sessionOf(request) });
        clearTokenCookie(reply, config.production);
        return reply.code(201).send(done('Logged out.'));
      },
    );
  };
