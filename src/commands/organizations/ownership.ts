import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import { derivedContext } from '../context.js';
import { noEffect, type Handled } from '../outcome.js';
import type { OrganizationRejection } from '../../domain/organization/decider.js';
import type { CommandServices } from '../services.js';

type Services = Pick<CommandServices, 'handler' | 'clock'>;

interface Pair {
  readonly organizationId: string;
  readonly userId: string;
}

// Owners are a fact of the organization's stream, so that the last one stays also when two leave at once. Who becomes an owner is a
// member first, who stops being one leaves the list first: between the two steps nobody is an owner who is no member.

export const listAsOwner = ({ handler, clock }: Services, { organizationId, userId }: Pair, context: CommandContext): Promise<Handled<OrganizationRejection>> =>
  handler.handle(aggregates.organization, organizationId, { type: 'AddOwner', data: { userId, at: clock.now().toISOString() } }, derivedContext(context, 'add-owner'));

/** Refused for the last owner; nothing for who is none. */
export const strikeFromOwners = async (
  { handler, clock }: Services,
  { organizationId, userId }: Pair,
  isOwner: boolean,
  context: CommandContext,
): Promise<Handled<OrganizationRejection>> => {
  if (!isOwner) return { ok: true, ...noEffect };
  const remove = { type: 'RemoveOwner', data: { userId, at: clock.now().toISOString() } } as const;
  return handler.handle(aggregates.organization, organizationId, remove, derivedContext(context, 'remove-owner'));
};
