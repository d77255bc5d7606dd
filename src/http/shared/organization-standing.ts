import { noStanding, standingOf, type Standing } from '../../commands/access/organization-rules.js';
import type { ReadModels } from '../../ports/read-models.js';
import { membershipOf, organizationById, type MembershipDocument, type OrganizationDocument } from '../../projections/organizations/queries.js';
import type { RequestAccount } from './access.js';

export interface StandpointShown {
  readonly organization: OrganizationDocument;
  /** Also one that has ended, or an invitation. */
  readonly membership: MembershipDocument | undefined;
  readonly standing: Standing;
}

/** Of an account (null: nobody) in an organization, as the read model `organizations` says it; undefined: there is no such organization. */
export const standpointShown = async (readModels: ReadModels, organizationId: string, userId: string | null): Promise<StandpointShown | undefined> => {
  const [organization, membership] = await Promise.all([
    organizationById(readModels, organizationId),
    userId === null ? undefined : membershipOf(readModels, organizationId, userId),
  ]);
  if (organization === undefined) return undefined;
  return { organization, membership, standing: membership?.status === 'active' ? standingOf(organization, membership) : noStanding };
};

export const standingShown = async (readModels: ReadModels, organizationId: string, userId: string): Promise<Standing | undefined> =>
  (await standpointShown(readModels, organizationId, userId))?.standing;

/**
 * The organization that the caller's session was switched to, while the caller is a member of it; else null. Reads the read model
 * `organizations`.
 */
export const activeOrganization = async (readModels: ReadModels, account: RequestAccount | null): Promise<string | null> => {
  if (account === null || account.organizationId === null) return null;
  const membership = await membershipOf(readModels, account.organizationId, account.accountId);
  return membership?.status === 'active' ? account.organizationId : null;
};
