import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Membership } from '../../domain/membership/decider.js';
import type { ExistingOrganization } from '../../domain/organization/decider.js';
import { allPermissions } from '../../domain/organization/permissions.js';
import { noStanding, standingOf, type Standing } from '../access/organization-rules.js';
import { isAdmin } from '../access/rules.js';
import type { Actor } from '../actor.js';
import type { CommandServices } from '../services.js';

type Handler = Pick<CommandServices, 'handler'>;

export const membershipId = (organizationId: string, userId: string): string => `${organizationId}.${userId}`;

export const loadMembership = async ({ handler }: Handler, organizationId: string, userId: string): Promise<Membership> =>
  (await handler.load(aggregates.membership, membershipId(organizationId, userId))).state;

export interface Standpoint {
  readonly ok: true;
  readonly organization: ExistingOrganization;
  readonly standing: Standing;
}

/** What an account is in an organization, as the streams say it. Refused where the organization is gone, or was never there. */
export const standingIn = async (services: Handler, organizationId: string, { accountId: userId }: Pick<Actor, 'accountId'>): Promise<Standpoint | Refusal<'organization-not-found'>> => {
  const [{ state: organization }, membership] = await Promise.all([
    services.handler.load(aggregates.organization, organizationId),
    loadMembership(services, organizationId, userId),
  ]);
  if (organization.status !== 'active') return reject('organization-not-found');
  if (membership.status !== 'active') return { ok: true, organization, standing: noStanding };
  return { ok: true, organization, standing: standingOf(organization, { userId, roleId: membership.roleId }) };
};

interface OrganizationRule {
  (actor: Actor | null, standing: Standing): boolean;
}

/** The standing of an account that may do this. Who is no member is told that there is no permission: organizations are public. */
export const permitted = async (
  services: Handler,
  organizationId: string,
  actor: Actor,
  rule: OrganizationRule,
): Promise<Standpoint | Refusal<'organization-not-found' | 'organization-not-permitted'>> => {
  const found = await standingIn(services, organizationId, actor);
  if (!found.ok) return found;
  if (!rule(actor, found.standing)) return reject('organization-not-permitted');
  // Admins of the marketplace may all that owners may.
  return isAdmin(actor) ? { ...found, standing: { ...found.standing, isOwner: true, permissions: allPermissions } } : found;
};
