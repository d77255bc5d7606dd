import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { managesMembers, readsMembers } from '../../../commands/access/organization-rules.js';
import { changeMember } from '../../../commands/organizations/change-member.js';
import { inviteMember } from '../../../commands/organizations/invite-member.js';
import { acceptInvitation, leaveOrganization, removeMember } from '../../../commands/organizations/join-and-leave.js';
import { membershipOf } from '../../../projections/organizations/queries.js';
import type { HttpServices } from '../../http-services.js';
import { refusalProblem } from '../../refusals/index.js';
import { accountOf, type RequestAccount } from '../../shared/access.js';
import { countingMisses } from '../../shared/guesses.js';
import { problems } from '../../shared/problem.js';
import { runner } from '../../shared/run.js';
import { invitedAccountOf, placementOf } from './input.js';
import { presentMember } from './presenter.js';
import { InvitationBody, LeftOrganization, MemberDetails, MemberParams, MemberRoleBody, OrganizationParams, RemovedMember } from './schemas.js';
import { inOrganizations, organizationOf, showingMembers, tags } from './shown-organization.js';

const rule = managesMembers.ruleName;

/** Of one account: each of them is a mail to somebody else. */
const INVITATIONS = { max: 120, windowMs: 60_000 };

const namesAnAddress = ({ body }: FastifyRequest): boolean => typeof body === 'object' && body !== null && 'email' in body;

const memberShown = async (services: HttpServices, account: RequestAccount, organizationId: string, userId: string) => {
  const { organization, standing } = await organizationOf(services, organizationId, account);
  const member = await membershipOf(services.readModels, organizationId, userId);
  // It ended between the change and this look.
  if (member === undefined) throw refusalProblem('not-a-member');
  return presentMember(services.readModels, { organization, member, withEmails: account.accountId === userId || readsMembers(account, standing) });
};

const invitations = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/organizations/:id/members',
    {
      schema: {
        tags,
        summary: 'Invite an account, which is a member once it accepts. Again: changes the invitation',
        params: OrganizationParams,
        body: InvitationBody,
        response: { 201: MemberDetails, ...problems(403, 404, 409, 422) },
      },
      config: { ...showingMembers, rule, limits: { requestsPerAccount: INVITATIONS, guesses: namesAnAddress } },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id: organizationId } = request.params;
      const { roleId, levelId = null, termId = null } = request.body;
      const input = { actor, organizationId, account: invitedAccountOf(request.body), roleId, levelId, termId };
      const { userId } = await run(request, reply, inviteMember, input, countingMisses(request, ['account-not-found', 'account-ambiguous']));
      reply.code(201);
      return memberShown(services, actor, organizationId, userId);
    },
  );
};

const management = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.delete(
    '/organizations/:id/members/:userId',
    {
      schema: { tags, summary: 'Remove a member, or take an invitation back', params: MemberParams, response: { 200: RemovedMember, ...problems(403, 404, 409) } },
      config: { ...inOrganizations, rule },
    },
    async (request, reply) => {
      const { id: organizationId, userId } = request.params;
      await run(request, reply, removeMember, { actor: accountOf(request), organizationId, userId });
      return { organizationId, userId, removed: true as const };
    },
  );

  app.patch(
    '/organizations/:id/users/:userId/role',
    {
      schema: {
        tags,
        summary: 'Give a member another role, level or term; null: no level or term',
        params: MemberParams,
        body: MemberRoleBody,
        response: { 200: MemberDetails, ...problems(403, 404, 409, 422) },
      },
      config: { ...showingMembers, rule },
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id: organizationId, userId } = request.params;
      const { roleId } = request.body;
      await run(request, reply, changeMember, { actor, organizationId, userId, roleId, ...placementOf(request.body) });
      return memberShown(services, actor, organizationId, userId);
    },
  );
};

const own = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  const run = runner(services);

  app.post(
    '/organizations/:id/invitations/accept',
    {
      schema: { tags, summary: 'Accept an invitation, once', params: OrganizationParams, response: { 200: MemberDetails, ...problems(404, 409) } },
      config: showingMembers,
    },
    async (request, reply) => {
      const actor = accountOf(request);
      const { id: organizationId } = request.params;
      await run(request, reply, acceptInvitation, { actor, organizationId });
      return memberShown(services, actor, organizationId, actor.accountId);
    },
  );

  app.post(
    '/organizations/:id/members/leave',
    {
      schema: { tags, summary: 'Leave an organization, or decline its invitation', params: OrganizationParams, response: { 200: LeftOrganization, ...problems(404, 409) } },
      config: inOrganizations,
    },
    async (request, reply) => {
      const { id: organizationId } = request.params;
      await run(request, reply, leaveOrganization, { actor: accountOf(request), organizationId });
      return { organizationId, left: true as const };
    },
  );
};

export const membershipRoutes = (services: HttpServices): FastifyPluginAsyncTypebox => async (app) => {
  await app.register(invitations(services));
  await app.register(management(services));
  await app.register(own(services));
};
