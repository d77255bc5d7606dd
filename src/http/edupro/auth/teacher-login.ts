import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { logIn } from '../../../commands/accounts/log-in.js';
import { personById } from '../../../projections/people/queries.js';
import type { HttpServices } from '../../http-services.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { CharField, EmailField, PasswordField } from '../fields.js';
import { presentBriefUser } from '../people/presenter.js';
import { BriefUser } from '../people/schemas.js';
import { setTokens } from '../token-cookies.js';

const INVALID = { error: 'Invalid credentials' };

export const teacherLoginRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels, config } = services;

    app.post(
      '/teacher/login/',
      {
        schema: {
          tags: ['EduPro: log-in'],
          summary: 'Teacher/admin login (1.1)',
          description: 'Sets the cookies access_token and refresh_token. With two-factor on, 401 says that a code was mailed: send it as otp, with the password.',
          body: Type.Object({ email: EmailField, password: PasswordField(), otp: Type.Optional(CharField(20)) }),
          response: { 200: BriefUser, ...problems(401) },
        },
        config: {
          access: 'public',
          credentials: true,
          idempotent: false,
          reads: ['sessions', 'people'],
          refusals: {
            'wrong-credentials': [401, INVALID],
            'log-in-not-admitted': [401, INVALID],
            'second-factor-required': [401, { error: 'A code was mailed: send it as otp, together with email and password.' }],
          },
        },
      },
      async (request, reply) => {
        const { otp, ...credentials } = request.body;
        const admits = ({ role }: { readonly role: string | null }): boolean => role === 'instructor' || role === 'admin';
        const tokens = await run(request, reply, logIn, { ...credentials, admits, ...(otp === undefined ? {} : { otp }) });
        const person = await personById(readModels, tokens.accountId);
        if (person === undefined) throw notFound('account');
        setTokens(app, reply, tokens, config);
        return presentBriefUser(person);
      },
    );
  };
