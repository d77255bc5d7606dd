import type { Static } from 'typebox';
import { standingOf } from '../../../commands/access/organization-rules.js';
import { isBuiltIn, type OrganizationRole } from '../../../domain/organization/permissions.js';
import { standingRole } from '../../../domain/organization/state.js';
import { level } from '../../../domain/resources/level.js';
import { term } from '../../../domain/resources/term.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { accountsByIds } from '../../../projections/accounts/queries.js';
import { recordQueries } from '../../../projections/kernel/record-queries.js';
import type { MembershipDocument, OrganizationDocument, OwnMembership as Own } from '../../../projections/organizations/queries.js';
import { shownLink } from '../../shared/text-schemas.js';
import type { Member, MemberDetails, Organization, OwnMembership, Role } from './schemas.js';

export const presentOrganization = ({ id, name, description, createdAt, updatedAt }: OrganizationDocument): Static<typeof Organization> => ({
  id,
  name,
  description,
  createdAt,
  updatedAt,
});

/** For members and admins. */
export const presentWithSettings = (organization: OrganizationDocument): Static<typeof Organization> => ({
  ...presentOrganization(organization),
  settings: organization.settings,
});

export const presentRole = ({ roleId, name, permissions }: OrganizationRole): Static<typeof Role> => ({
  id: roleId,
  name,
  permissions: [...permissions],
  isBuiltIn: isBuiltIn(roleId),
});

const levels = recordQueries(level);
const terms = recordQueries(term);

interface NamedRecord {
  readonly id: string;
  readonly fields: { readonly name: string };
}

type Named = Readonly<{ id: string; name: string }>;

const idsOf = (ids: readonly (string | null)[]): string[] => [...new Set(ids.flatMap((id) => (id === null ? [] : [id])))];

const namesOf = (records: readonly (NamedRecord | undefined)[]): ReadonlyMap<string, Named> =>
  new Map(records.flatMap((record) => (record === undefined ? [] : [[record.id, { id: record.id, name: record.fields.name }]])));

/** Presents what a membership says beside its account and its organization. Reads levels and terms. */
const membershipPresenter = async (readModels: ReadModels, memberships: readonly MembershipDocument[]) => {
  const [levelNames, termNames] = await Promise.all([
    levels.byIds(readModels, idsOf(memberships.map(({ levelId }) => levelId))).then(namesOf),
    terms.byIds(readModels, idsOf(memberships.map(({ termId }) => termId))).then(namesOf),
  ]);
  return ({ status, roleId, levelId, termId, invitedAt, joinedAt, endedAt }: MembershipDocument, roles: OrganizationDocument['roles']) => {
    const id = standingRole(roles, roleId);
    return {
      status,
      role: { id, name: roles.find((role) => role.roleId === id)?.name ?? id },
      level: levelNames.get(levelId ?? '') ?? null,
      term: termNames.get(termId ?? '') ?? null,
      invitedAt,
      joinedAt,
      endedAt,
    };
  };
};

export interface MembersShown {
  readonly organization: OrganizationDocument;
  readonly members: readonly MembershipDocument[];
  /** Of active members: who was only invited never agreed to be shown. */
  readonly withEmails: boolean;
}

/** Reads accounts, levels and terms. */
export const presentMembers = async (readModels: ReadModels, { organization, members, withEmails }: MembersShown): Promise<Static<typeof Member>[]> => {
  const [accounts, present] = await Promise.all([
    accountsByIds(readModels, members.map(({ userId }) => userId)),
    membershipPresenter(readModels, members),
  ]);
  return members.map((member, index) => {
    const account = accounts[index];
    const user = { id: member.userId, name: account?.name ?? null, imageProfileUrl: shownLink(account?.imageUrl ?? null) };
    const email = withEmails && member.status === 'active' && account !== undefined ? { email: account.email } : {};
    return { organizationId: organization.id, user: { ...user, ...email }, ...present(member, organization.roles) };
  });
};

const permissionsIn = (organization: OrganizationDocument, membership: MembershipDocument) =>
  membership.status === 'active' ? [...standingOf(organization, membership).permissions] : [];

export const presentMember = async (
  readModels: ReadModels,
  { organization, member, withEmails }: Omit<MembersShown, 'members'> & { readonly member: MembershipDocument },
): Promise<Static<typeof MemberDetails>> => {
  const [shown] = await presentMembers(readModels, { organization, members: [member], withEmails });
  if (shown === undefined) throw new Error('one member gives one answer');
  return { ...shown, permissions: permissionsIn(organization, member) };
};

/** Reads levels and terms. */
export const presentOwn = async (readModels: ReadModels, own: readonly Own[]): Promise<Static<typeof OwnMembership>[]> => {
  const present = await membershipPresenter(readModels, own.map(({ membership }) => membership));
  return own.map(({ membership, organization }) => ({
    organization: { id: organization.id, name: organization.name, description: organization.description },
    ...present(membership, organization.roles),
    permissions: permissionsIn(organization, membership),
  }));
};
