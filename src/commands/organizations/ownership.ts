import { aggregates } from '../../domain/aggregates.js';
import { reject } from '../../domain/kernel/decider.js';
import type { OrganizationRejection } from '../../domain/organization/decider.js';
import { OWNER_ROLE } from '../../domain/organization/permissions.js';
import { derivedContext, type CommandContext } from '../context.js';
import { noEffect, type Handled } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { loadMembership, membershipId } from './standing.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

interface Pair {
  readonly organizationId: string;
  readonly userId: string;
}

// Owners are a fact of the organization's stream, so that the last one stays also when two leave at once. Whoever becomes an owner is a
// member with that role first, and whoever stops being one leaves the list first. Both look again after their last step, so that one who
// leaves while being made an owner does not stay on the list.

/** Owners whose accounts were deleted: none of them can come back. */
const goneAmong = async ({ handler }: Services, owners: readonly string[]): Promise<readonly string[]> => {
  const accounts = await Promise.all(owners.map((owner) => handler.load(aggregates.account, owner)));
  return owners.filter((_, index) => accounts[index]?.state.status !== 'registered');
};

/** Refused for the last owner; does nothing for an account that is not listed. `step` names the call within its command. */
const strikeFromOwners = async (services: Services, { organizationId, userId }: Pair, context: CommandContext, step: string): Promise<Handled<OrganizationRejection>> => {
  const { handler, clock } = services;
  const { state: organization } = await handler.load(aggregates.organization, organizationId);
  if (organization.status === 'none' || !organization.owners.includes(userId)) return { ok: true, ...noEffect };
  const gone = await goneAmong(services, organization.owners.filter((owner) => owner !== userId));
  const remove = { type: 'RemoveOwner', data: { userId, gone, at: clock.now().toISOString() } } as const;
  return handler.handle(aggregates.organization, organizationId, remove, derivedContext(context, step));
};

/**
 * Before a member leaves, is removed or gets another role. Not for a repeat, whose first attempt has done it: who became an owner
 * since then stays one.
 */
export const strikeBefore = async (services: Services, pair: Pair, context: CommandContext): Promise<Handled<OrganizationRejection>> => {
  const { commands } = await services.handler.load(aggregates.membership, membershipId(pair.organizationId, pair.userId));
  return commands.has(context.commandId) ? { ok: true, ...noEffect } : strikeFromOwners(services, pair, context, 'remove-owner');
};

const hasOwnersRole = async (services: Services, { organizationId, userId }: Pair): Promise<boolean> => {
  const membership = await loadMembership(services, organizationId, userId);
  return membership.status === 'active' && membership.roleId === OWNER_ROLE;
};

/** After a membership has ended. Does nothing for a member with the owner's role, which the membership's end no longer concerns. */
export const strikeFormerOwner = async (services: Services, pair: Pair, context: CommandContext): Promise<Handled<OrganizationRejection>> =>
  (await hasOwnersRole(services, pair)) ? { ok: true, ...noEffect } : strikeFromOwners(services, pair, context, 'remove-late-owner');

/** For a member who has the owner's role. */
export const listAsOwner = async (services: Services, pair: Pair, context: CommandContext): Promise<Handled<OrganizationRejection | 'not-a-member'>> => {
  const { handler, clock } = services;
  const { organizationId, userId } = pair;
  const add = { type: 'AddOwner', data: { userId, at: clock.now().toISOString() } } as const;
  const listed = await handler.handle(aggregates.organization, organizationId, add, derivedContext(context, 'add-owner'));
  if (!listed.ok) return listed;
  if (await hasOwnersRole(services, pair)) return listed;
  await strikeFromOwners(services, pair, context, 'strike-late-owner');
  return reject('not-a-member');
};
