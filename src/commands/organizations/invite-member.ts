import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Placement } from '../../domain/membership/decider.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { roleOf } from '../../domain/organization/state.js';
import { hasAll, managesMembers } from '../access/organization-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { misplaced } from './placement.js';
import type { MemberFailure } from './rejections.js';
import { membershipId, permitted, type Standpoint } from './standing.js';

export interface InviteMemberInput extends Placement {
  readonly actor: Actor;
  readonly organizationId: string;
  readonly userId: string;
  readonly roleId: string;
}

/** Only owners make owners, and nobody gives a role that can more than they can. */
export const mayGive = ({ organization, standing }: Standpoint, roleId: string): 'yes' | 'role-not-found' | 'role-beyond-own' => {
  const role = roleOf(organization, roleId);
  if (role === undefined) return 'role-not-found';
  const isBeyond = roleId === OWNER_ROLE ? !standing.isOwner : !hasAll(standing, role.permissions);
  return isBeyond ? 'role-beyond-own' : 'yes';
};

/** Asks an account to join. It is no member before it accepts; asking again changes the invitation. */
export const inviteMember =
  (services: CommandServices) =>
  async (
    { actor, organizationId, userId, roleId, levelId, termId }: InviteMemberInput,
    context: CommandContext,
  ): Promise<Outcome<null, MemberFailure | 'account-not-found'>> => {
    const found = await permitted(services, organizationId, actor, managesMembers);
    if (!found.ok) return found;
    const given = mayGive(found, roleId);
    if (given !== 'yes') return reject(given, { roleId });
    const { state: account } = await services.handler.load(aggregates.account, userId);
    if (account.status !== 'registered') return reject('account-not-found', { accountId: userId });
    const wrong = await misplaced(services, organizationId, { levelId, termId });
    if (wrong !== undefined) return wrong;
    const data = { organizationId, userId, roleId, levelId, termId, invitedBy: actor.accountId, at: services.clock.now().toISOString() };
    return done(await services.handler.handle(aggregates.membership, membershipId(organizationId, userId), { type: 'InviteMember', data }, context), null);
  };
