import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { belongsToOrganization, managesOrganization, ownsOrganization } from '../../../commands/access/organization-rules.js';
import { changeOrganization, deleteOrganization } from '../../../commands/organizations/change-organization.js';
import { createOrganization } from '../../../commands/organizations/create-organization.js';
import { listOrganizations } from '../../../projections/organizations/queries.js';
import type { HttpServices } from '../../http-services.js';
import { accountOf, optionalAccountOf, type RequestAccount } from '../../shared/access.js';
import { answerPage, Page } from '../../shared/pagination.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { organizationChangesOf } from './input.js';
import { presentOrganization, presentWithSettings } from './presenter.js';
import { ChangeOrganizationBody, CreateOrganizationBody, DeletedOrganization, Organization, OrganizationParams, OrganizationQuery } from './schemas.js';
import { inOrganizations, organizationOf, tags } from './shown-organization.js';

/** Of one account: an organization is listed to everybody. */
const FOUNDED = { max: 30, windowMs: 3_600_000 };

const reads = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const { readModels } = services;
  const anybody = { access: 'public', reads: ['organizations'] } as const;

  app.get(
    '/organizations',
    {
      schema: { tags, summary: 'Organizations, the newest first', querystring: OrganizationQuery, response: { 200: Page(Organization) } },
      config: anybody,
    },
    async ({ query }) => {
      const searched = query.search === undefined ? {} : { search: query.search };
      return answerPage(query, (page) => listOrganizations(readModels, { ...page, ...searched }), ({ organizations }) => organizations.map(presentOrganization));
    },
  );

  app.get(
    '/organizations/:id',
    {
      schema: { tags, summary: 'One organization, with its settings for members', params: OrganizationParams, response: { 200: Organization, ...problems(404) } },
      config: anybody,
    },
    async (request) => {
      const account = optionalAccountOf(request);
      const { organization, standing } = await organizationOf(services, request.params.id, account);
      return belongsToOrganization(account, standing) ? presentWithSettings(organization) : presentOrganization(organization);
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);
  const shown = async (account: RequestAccount, id: string) => presentWithSettings((await organizationOf(services, id, account)).organization);

  app.post(
    '/organizations',
    {
      schema: { tags, summary: 'Found an organization, and be its first owner', body: CreateOrganizationBody, response: { 201: Organization } },
      config: { ...inOrganizations, limits: { requestsPerAccount: FOUNDED } },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { name, description = null } = request.body;
      const { organizationId } = await run(request, reply, createOrganization, { actor, name: name.trim(), description });
      reply.code(201);
      return shown(actor, organizationId);
    },
  );

  app.patch(
    '/organizations/:id',
    {
      schema: {
        tags,
        summary: 'Change what is sent',
        params: OrganizationParams,
        body: ChangeOrganizationBody,
        response: { 200: Organization, ...problems(403, 404) },
      },
      config: { ...inOrganizations, rule: managesOrganization.ruleName },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id: organizationId } = request.params;
      await run(request, reply, changeOrganization, { actor, organizationId, changes: organizationChangesOf(request.body) });
      return shown(actor, organizationId);
    },
  );

  app.delete(
    '/organizations/:id',
    {
      schema: {
        tags,
        summary: 'Delete an organization: memberships, levels and terms end with it, courses stay with their instructors',
        params: OrganizationParams,
        response: { 200: DeletedOrganization, ...problems(403, 404) },
      },
      config: { ...inOrganizations, rule: ownsOrganization.ruleName },
    },
    async (request, reply) => {
      const { id } = request.params;
      await run(request, reply, deleteOrganization, { actor: accountOf(request), organizationId: id });
      return { id, deleted: true as const };
    },
  );
};

export const organizationResources = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(reads(services));
  await app.register(changes(services));
};
