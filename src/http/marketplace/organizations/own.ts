import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { accountByEmail } from '../../../projections/accounts/queries.js';
import { membershipsOf } from '../../../projections/organizations/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf } from '../../shared/access.js';
import { missed } from '../../shared/guesses.js';
import { answerPage, Page } from '../../shared/pagination.js';
import { presentFoundUser } from '../auth/presenter.js';
import { FoundUser } from '../auth/schemas.js';
import { presentOwn } from './presenter.js';
import { OwnMembership, OwnQuery, UserSearchBody } from './schemas.js';
import { tags } from './shown-organization.js';

export const ownOrganizations = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/users/organizations',
    {
      schema: {
        tags: ['Users'],
        summary: 'The caller’s memberships, or the invitations that wait for an answer',
        querystring: OwnQuery,
        response: { 200: Page(OwnMembership) },
      },
      config: { access: 'account', reads: ['organizations', 'level', 'term'] },
    },
    async (request) => {
      const { accountId: userId } = accountOf(request);
      const { status = 'active' } = request.query;
      return answerPage(request.query, (page) => membershipsOf(readModels, { ...page, userId, status }), ({ own }) => presentOwn(readModels, own));
    },
  );

  app.post(
    '/organizations/search-user',
    {
      schema: {
        tags,
        summary: 'Search user by email',
        description: 'The account with exactly this address, or an empty list. Addresses that nobody has are counted: ten a minute.',
        body: UserSearchBody,
        response: { 200: Type.Array(FoundUser, { maxItems: 1 }) },
      },
      config: { access: 'account', reads: ['accounts'], limits: { guesses: () => true } },
    },
    async (request) => {
      const found = await accountByEmail(readModels, request.body.email);
      if (found !== undefined) return [presentFoundUser(found)];
      missed(request);
      return [];
    },
  );
};
