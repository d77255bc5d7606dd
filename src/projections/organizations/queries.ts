import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type FoundSlice, type Slice } from '../kernel/slice.js';
import { memberships, organizations, type MembershipDocument, type OrganizationDocument } from './document.js';

export type { MembershipDocument, OrganizationDocument } from './document.js';

export const organizationById = (readModels: ReadModels, organizationId: string): Promise<OrganizationDocument | undefined> =>
  readModels.get(organizations, organizationId);

/** In the order of the ids; undefined where there is none. */
export const organizationsByIds = (readModels: ReadModels, organizationIds: readonly string[]): Promise<readonly (OrganizationDocument | undefined)[]> =>
  readModels.getMany(organizations, organizationIds);

export const membershipOf = (readModels: ReadModels, organizationId: string, userId: string): Promise<MembershipDocument | undefined> =>
  readModels.get(memberships, `${organizationId}.${userId}`);

type ListOf<Items> = Items & Pick<FoundSlice<OrganizationDocument>, 'total' | 'next'>;

/** Newest first. */
export const listOrganizations = async (
  readModels: ReadModels,
  { search, ...slice }: Slice & { readonly search?: string },
): Promise<ListOf<{ readonly organizations: readonly OrganizationDocument[] }>> => {
  const filter: Filter = search === undefined || search.trim() === '' ? {} : { $text: { $search: search } };
  const { found, ...rest } = await findSlice(readModels, organizations, { filter, sort: { createdAt: -1 } }, slice);
  return { organizations: found, ...rest };
};

export interface MemberSearch extends Slice {
  readonly organizationId: string;
  readonly status?: MembershipDocument['status'];
  readonly roleId?: string;
}

/** Who joined or was invited last comes first. */
export const listMembers = async (
  readModels: ReadModels,
  { organizationId, status, roleId, ...slice }: MemberSearch,
): Promise<ListOf<{ readonly members: readonly MembershipDocument[] }>> => {
  const filter: Filter = {
    organizationId,
    ...(status === undefined ? {} : { status }),
    ...(roleId === undefined ? {} : { roleId }),
  };
  const { found, ...rest } = await findSlice(readModels, memberships, { filter, sort: { since: -1 } }, slice);
  return { members: found, ...rest };
};

export interface OwnMembership {
  readonly membership: MembershipDocument;
  readonly organization: OrganizationDocument;
}

/** The ids of the organizations that the account joined last. */
export const joinedOrganizations = async (readModels: ReadModels, userId: string, limit: number): Promise<readonly string[]> =>
  (await readModels.find(memberships, { filter: { userId, status: 'active' }, sort: { since: -1 }, limit })).map(({ organizationId }) => organizationId);

/** The organizations of an account. */
export const membershipsOf = async (
  readModels: ReadModels,
  { userId, status, ...slice }: Slice & { readonly userId: string; readonly status: MembershipDocument['status'] },
): Promise<ListOf<{ readonly own: readonly OwnMembership[] }>> => {
  const { found, ...rest } = await findSlice(readModels, memberships, { filter: { userId, status }, sort: { since: -1 } }, slice);
  const theirs = await readModels.getMany(organizations, found.map(({ organizationId }) => organizationId));
  const own = found.flatMap((membership, index) => {
    const organization = theirs[index];
    return organization === undefined ? [] : [{ membership, organization }];
  });
  return { own, ...rest };
};
