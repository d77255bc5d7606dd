import { aggregates } from '../../domain/aggregates.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import type { MemberFailure } from './rejections.js';
import { membershipId } from './standing.js';

export interface CreateOrganizationInput {
  readonly actor: Actor;
  readonly name: string;
  readonly description: string | null;
}

/** The account becomes its first owner and member. A repeat after a crash between the two finishes what is missing. */
export const createOrganization =
  ({ handler, clock }: CommandServices) =>
  async ({ actor, name, description }: CreateOrganizationInput, context: CommandContext): Promise<Outcome<{ organizationId: string }, MemberFailure>> => {
    const organizationId = uuidV5('organization', context.commandId);
    const at = clock.now().toISOString();
    const { accountId: userId } = actor;
    const create = { type: 'CreateOrganization', data: { organizationId, founderId: userId, name, description, at } } as const;
    const created = await handler.handle(aggregates.organization, organizationId, create, context);
    if (!created.ok) return created;
    const join = { type: 'FoundMembership', data: { organizationId, userId, roleId: OWNER_ROLE, at } } as const;
    const joined = await handler.handle(aggregates.membership, membershipId(organizationId, userId), join, derivedContext(context, 'found-membership'));
    return joined.ok ? succeeded({ organizationId }, created, joined) : joined;
  };
