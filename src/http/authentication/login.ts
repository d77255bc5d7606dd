import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { logIn } from '../../commands/accounts/log-in.js';
import { verifySecondFactor } from '../../commands/accounts/verify-second-factor.js';
import { accountByEmail } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { contextOf } from '../shared/command-context.js';
import { problems } from '../shared/problem.js';
import { answerWhenVisible } from '../shared/answer-when-visible.js';
import { readable } from '../shared/reads.js';
import { servicesFor } from '../shared/caller-services.js';
import { runner } from '../shared/run.js';
import { LoggedIn, OtpMailed, OtpVerified, succeed } from './answers.js';
import { Login, OtpTry } from './bodies.js';
import { presentTokens, presentUser } from './presenter.js';

const tags = ['Authentication'];

/** The password comes first; with a second factor, the tokens come with the code from the mail. */
export const loginRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { commands, readModels } = services;
    const config = { access: 'public', credentials: true, reads: ['sessions'], vital: true } as const;

    app.post(
      '/login',
      {
        schema: {
          tags,
          summary: 'Login user',
          description: 'Admins, and accounts with two-factor on, get no token but a mail with a code for /api/auth/verify-otp.',
          body: Login,
          response: { 200: Type.Union([LoggedIn, OtpMailed]), ...problems(401, 404) },
        },
        config,
      },
      async (request, reply) => {
        const { email, password } = request.body;
        const input = { email, password, secondFactor: 'always-for-admins', distinguishUnknownEmail: true } as const;
        const outcome = await logIn(servicesFor(request, commands))(input, contextOf(request));
        if (!outcome.ok && outcome.rejection === 'second-factor-required') {
          const [isReadable] = await readable(services, ['accounts']);
          const account = isReadable === undefined ? undefined : await accountByEmail(readModels, email);
          const data = { ...(account === undefined ? {} : { user: presentUser(account) }), otpRequired: true as const };
          return succeed("OTP sent to the user's email", data);
        }
        const tokens = await answerWhenVisible(services, reply, outcome);
        const data = { user: presentUser(tokens.account), ...presentTokens(app, tokens) };
        return succeed('Login successful', data);
      },
    );

    app.post(
      '/verify-otp',
      {
        schema: {
          tags,
          summary: 'Verify OTP',
          description: 'The second step of a login.',
          body: OtpTry,
          response: { 200: OtpVerified, ...problems(401) },
        },
        config,
      },
      async (request, reply) => {
        const { email, otp: code } = request.body;
        const tokens = await run(request, reply, verifySecondFactor, { email, code });
        return succeed('OTP verified successfully', presentTokens(app, tokens));
      },
    );
  };
