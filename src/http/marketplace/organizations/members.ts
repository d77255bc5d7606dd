import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { belongsToOrganization, readsMembers } from '../../../commands/access/organization-rules.js';
import { listMembers, membershipOf, type MemberSearch } from '../../../projections/organizations/queries.js';
import type { HttpServices } from '../../http-services.js';
import { refusalProblem } from '../../refusals/index.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page, type PageQuery, type PageRequest } from '../../shared/pagination.js';
import { problems } from '../../shared/problem.js';
import { presentMember, presentMembers } from './presenter.js';
import { Member, MemberDetails, MemberParams, MemberQuery, OrganizationParams, RoleQuery } from './schemas.js';
import { organizationOf, permittedIn, showingMembers, tags } from './shown-organization.js';

type Wanted = Pick<MemberSearch, 'organizationId' | 'roleId'> & { readonly status: MemberSearch['status'] & string };

const lists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  const page = async (account: RequestAccount, query: Static<typeof PageQuery>, wanted: Wanted) => {
    const rule = wanted.status === 'active' ? belongsToOrganization : readsMembers;
    const { organization, standing } = await permittedIn(services, wanted.organizationId, account, rule);
    const find = (request: PageRequest) => listMembers(readModels, { ...request, ...wanted });
    return answerPage(query, find, ({ members }) => presentMembers(readModels, { organization, members, withEmails: readsMembers(account, standing) }));
  };

  app.get(
    '/organizations/:id/members',
    {
      schema: {
        tags,
        summary: 'The members, who joined last first; the invited and those who left for roles with members.read',
        params: OrganizationParams,
        querystring: MemberQuery,
        response: { 200: Page(Member), ...problems(403, 404) },
      },
      config: { ...showingMembers, rule: belongsToOrganization.ruleName },
    },
    async (request) => {
      const { status = 'active' } = request.query;
      return page(accountOf(request), request.query, { organizationId: request.params.id, status });
    },
  );

  app.get(
    '/organizations/:id/users',
    {
      schema: {
        tags,
        summary: 'The members, or those of one role',
        params: OrganizationParams,
        querystring: RoleQuery,
        response: { 200: Page(Member), ...problems(403, 404) },
      },
      config: { ...showingMembers, rule: belongsToOrganization.ruleName },
    },
    async (request) => {
      const { roleId } = request.query;
      const wanted = { organizationId: request.params.id, status: 'active' as const, ...(roleId === undefined ? {} : { roleId }) };
      return page(accountOf(request), request.query, wanted);
    },
  );
};

const details = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;

  app.get(
    '/organizations/:id/users/:userId',
    {
      schema: { tags, summary: 'One member, for the member and for roles with members.read', params: MemberParams, response: { 200: MemberDetails, ...problems(403, 404) } },
      config: { ...showingMembers, rule: readsMembers.ruleName },
    },
    async (request) => {
      const account = accountOf(request);
      const { id, userId } = request.params;
      const isOwn = account.accountId === userId;
      const { organization, standing } = await (isOwn ? organizationOf(services, id, account) : permittedIn(services, id, account, readsMembers));
      const member = await membershipOf(readModels, id, userId);
      if (member === undefined) throw refusalProblem('not-a-member');
      return presentMember(readModels, { organization, member, withEmails: isOwn || readsMembers(account, standing) });
    },
  );
};

export const memberLists = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(lists(services));
  await app.register(details(services));
};
