import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import type { HttpServices } from '../../http-services.js';
import { Email, GivenPassword, Otp } from '../../shared/credential-schemas.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { Answer, answer } from '../answers.js';
import { limits } from '../limits.js';
import { setTokenCookie } from '../token-cookie.js';
import { presentSession } from './presenter.js';
import { LoggedIn } from './schemas.js';

const tags = ['Academy: accounts'];

export const sessionRoutes =
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
        config: {
          access: 'public',
          credentials: true,
          limits: { areas: [limits.auth] },
          reads: ['sessions'],
          refusals: { 'wrong-credentials': [400, 'Invalid credentials'] },
        },
      },
      async (request, reply) => {
        const tokens = await run(request, reply, logIn, request.body);
        const session = presentSession(app, tokens);
        setTokenCookie(reply, session.accessToken, services.config);
        return answer(session, 'Logged in successfully');
      },
    );
  };
