import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import { OWNER_ROLE, permissionsOf } from '../../domain/organization/permissions.js';
import { hasAll, managesMembers } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { listAsOwner, strikeFromOwners } from './ownership.js';
import type { MemberFailure } from './rejections.js';
import { loadMembership, membershipId, permitted, standingIn } from './standing.js';

interface Addressed {
  readonly actor: Actor;
  readonly organizationId: string;
}

/** Once, and for the invited account alone: the membership is its own stream. */
export const acceptInvitation =
  (services: CommandServices) =>
  async ({ actor, organizationId }: Addressed, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const { accountId: userId } = actor;
    const found = await standingIn(services, organizationId, actor);
    if (!found.ok) return found;
    const accept = { type: 'AcceptInvitation', data: { organizationId, userId, at: clock.now().toISOString() } } as const;
    const joined = await handler.handle(aggregates.membership, membershipId(organizationId, userId), accept, context);
    if (!joined.ok) return joined;
    if (joined.state.status !== 'active' || joined.state.roleId !== OWNER_ROLE) return succeeded(null, joined);
    const listed = await listAsOwner(services, { organizationId, userId }, context);
    return listed.ok ? succeeded(null, joined, listed) : listed;
  };

/** What the membership had opened closes; what was bought stays. */
export const leaveOrganization =
  (services: CommandServices) =>
  async ({ actor, organizationId }: Addressed, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const { accountId: userId } = actor;
    const found = await standingIn(services, organizationId, actor);
    if (!found.ok) return found;
    const struck = await strikeFromOwners(services, { organizationId, userId }, found.standing.isOwner, context);
    if (!struck.ok) return struck;
    const leave = { type: 'LeaveOrganization', data: { organizationId, userId, at: clock.now().toISOString() } } as const;
    const left = await handler.handle(aggregates.membership, membershipId(organizationId, userId), leave, context);
    return left.ok ? succeeded(null, struck, left) : left;
  };

/** Ends a membership, or withdraws an invitation. Nobody removes a member who may do more than they may. */
export const removeMember =
  (services: CommandServices) =>
  async ({ actor, organizationId, userId }: Addressed & { readonly userId: string }, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const membership = await loadMembership(services, organizationId, userId);
    if (membership.status !== 'active' && membership.status !== 'invited') return reject('not-a-member');
    const isOwner = membership.status === 'active' && found.organization.owners.includes(userId);
    if (!hasAll(found.standing, permissionsOf(found.organization.roles, { roleId: membership.roleId, isOwner }))) return reject('role-beyond-own');
    if (isOwner && !found.standing.isOwner) return reject('role-beyond-own');
    const struck = await strikeFromOwners(services, { organizationId, userId }, isOwner, context);
    if (!struck.ok) return struck;
    const remove = { type: 'RemoveMember', data: { organizationId, userId, removedBy: actor.accountId, at: clock.now().toISOString() } } as const;
    const removed = await handler.handle(aggregates.membership, membershipId(organizationId, userId), remove, context);
    return removed.ok ? succeeded(null, struck, removed) : removed;
  };
