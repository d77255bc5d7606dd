import type { Filter, ReadModels } from '../../ports/read-models.js';
import { memberships, organizations, type MembershipDocument, type OrganizationDocument } from './document.js';

export type { MembershipDocument, OrganizationDocument } from './document.js';

interface Slice {
  readonly skip: number;
  readonly limit: number;
}

export const organizationById = (readModels: ReadModels, organizationId: string): Promise<OrganizationDocument | undefined> =>
  readModels.get(organizations, organizationId);

export const membershipOf = (readModels: ReadModels, organizationId: string, userId: string): Promise<MembershipDocument | undefined> =>
  readModels.get(memberships, `${organizationId}.${userId}`);

/** Newest first. */
export const listOrganizations = async (
  readModels: ReadModels,
  { search, skip, limit }: Slice & { readonly search?: string },
): Promise<{ readonly organizations: readonly OrganizationDocument[]; readonly total: number }> => {
  const filter: Filter = search === undefined || search.trim() === '' ? {} : { $text: { $search: search } };
  const [found, total] = await Promise.all([
    readModels.find(organizations, { filter, sort: { createdAt: -1 }, skip, limit }),
    readModels.count(organizations, filter),
  ]);
  return { organizations: found, total };
};

export interface MemberSearch extends Slice {
  readonly organizationId: string;
  readonly status?: MembershipDocument['status'];
  readonly roleId?: string;
}

/** Who joined or was invited last comes first. */
export const listMembers = async (
  readModels: ReadModels,
  { organizationId, status, roleId, skip, limit }: MemberSearch,
): Promise<{ readonly members: readonly MembershipDocument[]; readonly total: number }> => {
  const filter: Filter = {
    organizationId,
    ...(status === undefined ? {} : { status }),
    ...(roleId === undefined ? {} : { roleId }),
  };
  const [members, total] = await Promise.all([readModels.find(memberships, { filter, sort: { since: -1 }, skip, limit }), readModels.count(memberships, filter)]);
  return { members, total };
};

export interface OwnMembership {
  readonly membership: MembershipDocument;
  readonly organization: OrganizationDocument;
}

/** The organizations of an account. */
export const membershipsOf = async (
  readModels: ReadModels,
  { userId, status, skip, limit }: Slice & { readonly userId: string; readonly status: MembershipDocument['status'] },
): Promise<{ readonly own: readonly OwnMembership[]; readonly total: number }> => {
  const filter = { userId, status };
  const [found, total] = await Promise.all([readModels.find(memberships, { filter, sort: { since: -1 }, skip, limit }), readModels.count(memberships, filter)]);
  const theirs = await readModels.getMany(organizations, found.map(({ organizationId }) => organizationId));
  const own = found.flatMap((membership, index) => {
    const organization = theirs[index];
    return organization === undefined ? [] : [{ membership, organization }];
  });
  return { own, total };
};
