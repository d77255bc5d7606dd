import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { belongsToOrganization, managesRoles } from '../../../commands/access/organization-rules.js';
import { changeRole, createRole, deleteRole } from '../../../commands/organizations/organization-roles.js';
import type { HttpServices } from '../../http-services.js';
import { refusalProblem } from '../../refusals/index.js';
import { accountOf } from '../../shared/access.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { presentRole } from './presenter.js';
import { ChangeRoleBody, CreateRoleBody, DeletedRole, OrganizationParams, Role, RoleParams } from './schemas.js';
import { inOrganizations, organizationOf, permittedIn, tags } from './shown-organization.js';

const managers = { ...inOrganizations, rule: managesRoles.ruleName };

const shown = async (services: HttpServices, organizationId: string, roleId: string) => {
  const { organization } = await organizationOf(services, organizationId, null);
  const role = organization.roles.find((candidate) => candidate.roleId === roleId);
  if (role === undefined) throw refusalProblem('role-not-found');
  return presentRole(role);
};

const list = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  app.get(
    '/organizations/:id/roles',
    {
      schema: { tags, summary: 'The roles of an organization, for its members', params: OrganizationParams, response: { 200: Type.Array(Role), ...problems(403, 404) } },
      config: { ...inOrganizations, rule: belongsToOrganization.ruleName },
    },
    async (request) => {
      const { organization } = await permittedIn(services, request.params.id, accountOf(request), belongsToOrganization);
      return organization.roles.map(presentRole);
    },
  );
};

const creation = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/organizations/:id/roles',
    {
      schema: {
        tags,
        summary: 'Make a role, of permissions that the caller has',
        params: OrganizationParams,
        body: CreateRoleBody,
        response: { 201: Role, ...problems(403, 404, 409) },
      },
      config: managers,
    },
    async (request, reply) => {
      const { id: organizationId } = request.params;
      const { name, permissions = [] } = request.body;
      const { roleId } = await run(request, reply, createRole, { actor: accountOf(request), organizationId, name: name.trim(), permissions });
      reply.code(201);
      return shown(services, organizationId, roleId);
    },
  );
};

const changes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.patch(
    '/organizations/:id/roles/:roleId',
    {
      schema: { tags, summary: 'Change a role, for all who have it', params: RoleParams, body: ChangeRoleBody, response: { 200: Role, ...problems(403, 404, 409) } },
      config: managers,
    },
    async (request, reply) => {
      const { id: organizationId, roleId } = request.params;
      const { name, ...rest } = request.body;
      const wanted = { ...(name === undefined ? {} : { name: name.trim() }), ...rest };
      await run(request, reply, changeRole, { actor: accountOf(request), organizationId, roleId, changes: wanted });
      return shown(services, organizationId, roleId);
    },
  );

  app.delete(
    '/organizations/:id/roles/:roleId',
    {
      schema: { tags, summary: 'Delete a role: who has it is a student', params: RoleParams, response: { 200: DeletedRole, ...problems(403, 404, 409) } },
      config: managers,
    },
    async (request, reply) => {
      const { id: organizationId, roleId } = request.params;
      await run(request, reply, deleteRole, { actor: accountOf(request), organizationId, roleId });
      return { id: roleId, deleted: true as const };
    },
  );
};

export const roleRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  for (const routes of [list, creation, changes]) await app.register(routes(services));
};
