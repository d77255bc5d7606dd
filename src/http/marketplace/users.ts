import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { isAdmin } from '../../commands/access/rules.js';
import { changePasswordAndReopenSession } from '../../commands/accounts/change-password-and-reopen-session.js';
import { changeProfile } from '../../commands/accounts/change-profile.js';
import { accountById, searchAccountsByEmail } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { notFound, problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { presentFoundUser, presentSession, presentUser } from './auth/presenter.js';
import { FoundUser, PasswordChange, ProfileChange, Session, User } from './auth/schemas.js';
import { setRefreshCookie } from './auth/refresh-cookie.js';
import { Line } from '../shared/text-schemas.js';

const tags = ['Users'];
const MOST_FOUND = 20;

const profile =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { readModels } = services;

    app.get(
      '/users/search',
      {
        schema: {
          tags,
          summary: 'Search users by email',
          description: 'The account with exactly this address; for an admin, the accounts whose address begins so.',
          querystring: Type.Object({ email: Line({ minLength: 3, maxLength: 254 }) }),
          response: { 200: Type.Array(FoundUser, { maxItems: MOST_FOUND }) },
        },
        config: { access: 'account', reads: ['accounts'] },
      },
      async (request) => {
        const { email } = request.query;
        const exact = !isAdmin(accountOf(request));
        const { accounts } = await searchAccountsByEmail(readModels, { email, exact, skip: 0, limit: MOST_FOUND });
        return accounts.map(presentFoundUser);
      },
    );

    app.get(
      '/users/profile',
      { schema: { tags, summary: 'Get current user profile', response: { 200: User, ...problems(404) } }, config: { access: 'account', reads: ['accounts'] } },
      async (request) => {
        const account = await accountById(readModels, accountOf(request).accountId);
        if (account === undefined) throw notFound('account');
        return presentUser(account);
      },
    );

    app.patch(
      '/users/profile',
      {
        schema: { tags, summary: 'Update user profile', body: ProfileChange, response: { 200: User, ...problems(404) } },
        config: { access: 'account', ownAccount: true, reads: [], shows: ['accounts'] },
      },
      async (request, reply) => {
        const { name, email, imageProfileUrl } = request.body;
        const input = {
          accountId: accountOf(request).accountId,
          ...(name === undefined ? {} : { name: name.trim() }),
          ...(email === undefined ? {} : { email }),
          ...(imageProfileUrl === undefined ? {} : { imageUrl: imageProfileUrl }),
        };
        return presentUser(await run(request, reply, changeProfile, input));
      },
    );
  };

const password =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const run = runner(services);
    const { config } = services;

    app.post(
      '/users/change-password',
      {
        schema: {
          tags,
          summary: 'Change password',
          description: 'Ends every session of the account. The answer opens a new one for the client that asked.',
          body: PasswordChange,
          response: { 200: Session, ...problems(404) },
        },
        config: { access: 'account', ownAccount: true, credentials: true, reads: ['sessions'], shows: ['accounts'] },
      },
      async (request, reply) => {
        const { accountId } = accountOf(request);
        const input = { accountId, ...request.body };
        const tokens = await run(request, reply, changePasswordAndReopenSession, input);
        setRefreshCookie(reply, tokens.refreshToken, config.production);
        return presentSession(app, tokens);
      },
    );
  };

export const userRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(profile(services));
    await app.register(password(services));
  };
