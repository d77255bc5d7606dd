import { noStanding, standingOf, type Standing } from '../../commands/access/organization-rules.js';
import type { ReadModels } from '../../ports/read-models.js';
import { membershipOf, organizationById } from '../../projections/organizations/queries.js';

/** Of an account in an organization, as the read model `organizations` says it; undefined: there is no such organization. */
export const standingShown = async (readModels: ReadModels, organizationId: string, userId: string): Promise<Standing | undefined> => {
  const [organization, membership] = await Promise.all([organizationById(readModels, organizationId), membershipOf(readModels, organizationId, userId)]);
  if (organization === undefined) return undefined;
  return membership?.status === 'active' ? standingOf(organization, membership) : noStanding;
};
