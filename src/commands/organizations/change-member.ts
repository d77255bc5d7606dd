import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Placement } from '../../domain/membership/decider.js';
import { OWNER_ROLE, permissionsOf } from '../../domain/organization/permissions.js';
import { hasAll, managesMembers } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { mayGive } from './invite-member.js';
import { listAsOwner, strikeFromOwners } from './ownership.js';
import { misplaced } from './placement.js';
import type { MemberFailure } from './rejections.js';
import { loadMembership, membershipId, permitted } from './standing.js';

export interface ChangeMemberInput extends Partial<Placement> {
  readonly actor: Actor;
  readonly organizationId: string;
  readonly userId: string;
  readonly roleId: string;
}

/** Gives a member a role, a level and a term; what is absent stays. The last owner stays one. */
export const changeMember =
  (services: CommandServices) =>
  async ({ actor, organizationId, userId, roleId, ...placement }: ChangeMemberInput, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { handler, clock } = services;
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const membership = await loadMembership(services, organizationId, userId);
    if (membership.status !== 'active') return reject('not-a-member');
    const { owners, roles } = found.organization;
    const isOwner = owners.includes(userId);
    const given = membership.roleId === roleId ? 'yes' : mayGive(found, roleId);
    if (given !== 'yes') return reject(given, { roleId });
    if ((isOwner && !found.standing.isOwner) || !hasAll(found.standing, permissionsOf(roles, { roleId: membership.roleId, isOwner }))) return reject('role-beyond-own');
    const wrong = await misplaced(services, organizationId, placement);
    if (wrong !== undefined) return wrong;

    const id = membershipId(organizationId, userId);
    const common = { organizationId, userId, at: clock.now().toISOString() };
    const struck = await strikeFromOwners(services, common, isOwner && roleId !== OWNER_ROLE, context);
    if (!struck.ok) return struck;
    const changed = await handler.handle(aggregates.membership, id, { type: 'ChangeMemberRole', data: { ...common, roleId } }, context);
    if (!changed.ok) return changed;
    const placed = await handler.handle(aggregates.membership, id, { type: 'ChangePlacement', data: { ...common, ...placement } }, derivedContext(context, 'change-placement'));
    if (!placed.ok) return placed;
    const listed = roleId === OWNER_ROLE ? await listAsOwner(services, common, context) : { ok: true as const, ...noEffect };
    return listed.ok ? succeeded(null, struck, changed, placed, listed) : listed;
  };
