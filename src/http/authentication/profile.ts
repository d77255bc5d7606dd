import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { accountById } from '../../projections/accounts/queries.js';
import type { HttpServices } from '../http-services.js';
import { accountOf } from '../shared/access.js';
import { Problem } from '../shared/problem.js';
import { Profile } from './answers.js';
import { presentUser } from './presenter.js';

export const profileRoutes =
  ({ readModels }: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/profile',
      {
        schema: { tags: ['Authentication'], summary: 'Get user profile', response: { 200: Profile } },
        config: { access: 'account', reads: ['accounts'] },
      },
      async (request) => {
        const account = await accountById(readModels, accountOf(request).accountId);
        if (account === undefined) throw new Problem(401, 'unauthenticated', 'The account of this token is gone.');
        return { success: true as const, statusCode: 200 as const, data: presentUser(account) };
      },
    );
  };
