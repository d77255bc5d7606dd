import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Membership, Placement } from '../../domain/membership/decider.js';
import { fullOfOwners } from '../../domain/organization/decider.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { managesMembers } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { listAsOwner, strikeBefore } from './ownership.js';
import { misplaced } from './placement.js';
import { notToGive, notToTake } from './ranks.js';
import type { MemberFailure } from './rejections.js';
import { loadMembership, membershipId, permitted, type Standpoint } from './standing.js';

export interface ChangeMemberInput extends Partial<Placement> {
  readonly actor: Actor;
  readonly organizationId: string;
  readonly userId: string;
  readonly roleId: string;
}

const refusal = (found: Standpoint, membership: Membership, { userId, roleId }: ChangeMemberInput): Refusal<MemberFailure> | undefined => {
  if (membership.status !== 'active') return reject('not-a-member');
  const beyond = (membership.roleId === roleId ? undefined : notToGive(found, roleId)) ?? notToTake(found, { roleId: membership.roleId, userId });
  if (beyond !== undefined) return beyond;
  return roleId === OWNER_ROLE && !found.organization.owners.includes(userId) ? fullOfOwners(found.organization) : undefined;
};

/** Gives a member a role, a level and a term; what is absent stays. The last owner stays one. */
export const changeMember =
  (services: CommandServices) =>
  async (input: ChangeMemberInput, context: CommandContext): Promise<Outcome<null, MemberFailure>> => {
    const { actor, organizationId, userId, roleId, ...placement } = input;
    const { handler, clock } = services;
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const refused = refusal(found, await loadMembership(services, organizationId, userId), input) ?? (await misplaced(services, organizationId, placement));
    if (refused !== undefined) return refused;

    const id = membershipId(organizationId, userId);
    const common = { organizationId, userId, at: clock.now().toISOString() };
    const struck = roleId === OWNER_ROLE ? { ok: true as const, ...noEffect } : await strikeBefore(services, common, context);
    if (!struck.ok) return struck;
    const changed = await handler.handle(aggregates.membership, id, { type: 'ChangeMemberRole', data: { ...common, roleId } }, context);
    if (!changed.ok) return changed;
    const placed = await handler.handle(aggregates.membership, id, { type: 'ChangePlacement', data: { ...common, ...placement } }, derivedContext(context, 'change-placement'));
    if (!placed.ok) return placed;
    const listed = roleId === OWNER_ROLE ? await listAsOwner(services, common, context) : { ok: true as const, ...noEffect };
    return listed.ok ? succeeded(null, struck, changed, placed, listed) : listed;
  };
