import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Membership } from '../../domain/membership/decider.js';
import { fullOfOwners } from '../../domain/organization/decider.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { managesMembers } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { effectOf, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { listAsOwner, strikeBefore, strikeFormerOwner } from './ownership.js';
import { notToTake } from './ranks.js';
import type { MemberFailure } from './rejections.js';
import { loadMembership, membershipId, permitted, standingIn, type Standpoint } from './standing.js';

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
    const invitation = await loadMembership(services, organizationId, userId);
    const full = invitation.status === 'invited' && invitation.roleId === OWNER_ROLE ? fullOfOwners(found.organization) : undefined;
    if (full !== undefined) return full;
    const roleIds = found.organization.roles.map(({ roleId }) => roleId);
    const accept = { type: 'AcceptInvitation', data: { organizationId, userId, roleIds, at: clock.now().toISOString() } } as const;
    const joined = await handler.handle(aggregates.membership, membershipId(organizationId, userId), accept, context);
    if (!joined.ok) return joined;
    if (joined.state.status !== 'active' || joined.state.roleId !== OWNER_ROLE) return succeeded(null, joined);
    const listed = await listAsOwner(services, { organizationId, userId }, context);
    return listed.ok ? succeeded(null, joined, listed) : listed;
  };

/** What the membership had opened closes; what was bought stays. An invited account declines. */
export const leaveOrganization =
  (services: CommandServices) =>
  async ({ actor, organizationId }: Addressed, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const pair = { organizationId, userId: actor.accountId };
    const found = await standingIn(services, organizationId, actor);
    if (!found.ok) return found;
    const struck = await strikeBefore(services, pair, context);
    if (!struck.ok) return struck;
    const leave = { type: 'LeaveOrganization', data: { ...pair, at: clock.now().toISOString() } } as const;
    const left = await handler.handle(aggregates.membership, membershipId(organizationId, pair.userId), leave, context);
    if (!left.ok) return left;
    return succeeded(null, struck, left, effectOf(await strikeFormerOwner(services, pair, context)));
  };

const notToRemove = (found: Standpoint, membership: Membership, userId: string): Refusal<'not-a-member' | 'role-beyond-own'> | undefined => {
  if (membership.status !== 'active' && membership.status !== 'invited') return reject('not-a-member');
  return notToTake(found, { roleId: membership.roleId, userId });
};

/** Ends a membership, or withdraws an invitation. Nobody removes a member who may do more than they may. */
export const removeMember =
  (services: CommandServices) =>
  async ({ actor, organizationId, userId }: Addressed & { readonly userId: string }, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const id = membershipId(organizationId, userId);
    const { state: membership, commands } = await handler.load(aggregates.membership, id);
    const refused = commands.has(context.commandId) ? undefined : notToRemove(found, membership, userId);
    if (refused !== undefined) return refused;
    const pair = { organizationId, userId };
    const struck = await strikeBefore(services, pair, context);
    if (!struck.ok) return struck;
    const remove = { type: 'RemoveMember', data: { ...pair, removedBy: actor.accountId, at: clock.now().toISOString() } } as const;
    const removed = await handler.handle(aggregates.membership, id, remove, context);
    if (!removed.ok) return removed;
    return succeeded(null, struck, removed, effectOf(await strikeFormerOwner(services, pair, context)));
  };
