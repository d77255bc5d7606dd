import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { completeRegistration } from '../../../commands/accounts/complete-registration.js';
import { registerAccount } from '../../../commands/accounts/register-account.js';
import { accountByEmail, accountById } from '../../../projections/accounts/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf, sessionOf } from '../../shared/access.js';
import { Email } from '../../shared/credential-schemas.js';
import { notFound, problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { googleRoutes } from './google.js';
import { presentCompleted, presentUser } from './presenter.js';
import { AddressCheck, CompletedRegistration, Registration, RoleSelection, User } from './schemas.js';
import { passwordRoutes } from './passwords.js';
import { undoRoutes } from './undo.js';
import { sessionRoutes } from './sessions.js';
import { twoFactorRoutes } from './two-factor.js';

const tags = ['Auth'];
/** A person who signs up checks a few; whoever looks for accounts checks many. */
const ADDRESS_CHECKS = { max: 30, windowMs: 10 * 60_000 };

const registration =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);

    app.post(
      '/auth/register',
      {
        schema: { tags, summary: 'Register a new user', body: Registration, response: { 201: User, ...problems(403, 409) } },
        config: { access: 'public', credentials: true, reads: [], shows: ['accounts'] },
      },
      async (request, reply) => {
        const { name, email, password, role, isOAuthUser = false, provider, imageProfileUrl } = request.body;
        const signsInElsewhere = isOAuthUser || provider === 'google';
        const input = {
          name: name.trim(),
          email,
          password: password ?? null,
          role: role ?? (signsInElsewhere ? null : ('student' as const)),
          provider: signsInElsewhere ? ('google' as const) : ('local' as const),
          imageUrl: imageProfileUrl ?? null,
          actorRole: optionalAccountOf(request)?.role ?? null,
        };
        const account = await run(request, reply, registerAccount, input);
        return reply.code(201).send(presentUser(account));
      },
    );

    app.post(
      '/auth/complete-registration',
      {
        schema: {
          tags,
          summary: 'Complete registration (role selection)',
          description: 'Once, for an account that came without a role. The role counts at once; the new access token says it too.',
          body: RoleSelection,
          response: { 200: CompletedRegistration, ...problems(403, 409) },
        },
        config: { access: 'account', idempotent: false, reads: [], shows: ['accounts', 'sessions'] },
      },
      async (request, reply) => {
        const input = { accountId: accountOf(request).accountId, role: request.body.role };
        const account = await run(request, reply, completeRegistration, input);
        const { organizationId } = accountOf(request);
        return presentCompleted(app, { sessionId: sessionOf(request), organizationId }, account);
      },
    );
  };

const accounts =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/auth/me',
      {
        schema: {
          tags,
          summary: 'Get current user profile',
          response: { 200: Type.Object({ success: Type.Literal(true), user: User }), ...problems(404) },
        },
        config: { access: 'account', reads: ['accounts'] },
      },
      async (request) => {
        const account = await accountById(services.readModels, accountOf(request).accountId);
        if (account === undefined) throw notFound('account');
        return { success: true as const, user: presentUser(account) };
      },
    );

    app.get(
      '/auth/user/:email',
      {
        schema: {
          tags,
          summary: 'Check if user exists by email',
          params: Type.Object({ email: Email }),
          response: { 200: AddressCheck },
        },
        config: { access: 'public', credentials: true, limits: { requestsPerNetwork: ADDRESS_CHECKS }, reads: ['accounts'] },
      },
      async ({ params: { email } }) => {
        const account = await accountByEmail(services.readModels, email);
        return { exists: account !== undefined, isOAuthUser: account !== undefined && account.provider !== 'local' };
      },
    );
  };

export const authRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [registration, accounts, sessionRoutes, passwordRoutes, undoRoutes, twoFactorRoutes, googleRoutes]) await app.register(routes(services));
  };
