import { builtInRoles, STUDENT_ROLE } from '../../domain/organization/permissions.js';
import { projection, rule, where } from '../kernel/projection.js';
import { memberships, organizations, type MembershipDocument, type OrganizationDocument } from './document.js';

const organizationOf = ({ data }: { readonly data: { readonly organizationId: string } }): string => data.organizationId;

interface OfMember {
  readonly data: { readonly organizationId: string; readonly userId: string };
}

const memberOf = ({ data }: OfMember): string => `${data.organizationId}.${data.userId}`;

const changed =
  <D, E>(change: (document: D, event: E) => Partial<D>) =>
  (document: D | undefined, event: E): D | undefined =>
    document && { ...document, ...change(document, event) };

const changedOrganization = <E>(change: (organization: OrganizationDocument, event: E) => Partial<OrganizationDocument>) => changed<OrganizationDocument, E>(change);
const changedMember = <E>(change: (membership: MembershipDocument, event: E) => Partial<MembershipDocument>) => changed<MembershipDocument, E>(change);

const organizationRules = [
  rule(organizations, 'OrganizationCreated', organizationOf, (_, { data }) => {
    const { organizationId: id, founderId, name, description, createdAt } = data;
    return { id, name, description, settings: {}, owners: [founderId], roles: builtInRoles, createdAt, updatedAt: createdAt };
  }),
  rule(organizations, 'OrganizationChanged', organizationOf, changedOrganization((_, { data }) => {
    const { organizationId: _id, changedAt, ...details } = data;
    return { ...details, updatedAt: changedAt };
  })),
  rule(organizations, 'OrganizationDeleted', organizationOf, () => undefined),
  rule(organizations, 'OrganizationOwnerAdded', organizationOf, changedOrganization(({ owners }, { data }) => ({ owners: [...owners, data.userId] }))),
  rule(organizations, 'OrganizationOwnerRemoved', organizationOf, changedOrganization(({ owners }, { data }) => ({ owners: owners.filter((owner) => owner !== data.userId) }))),
  rule(organizations, 'OrganizationRoleCreated', organizationOf, changedOrganization(({ roles }, { data: { roleId, name, permissions } }) => ({
    roles: [...roles, { roleId, name, permissions }],
  }))),
  rule(organizations, 'OrganizationRoleChanged', organizationOf, changedOrganization(({ roles }, { data: { roleId, name, permissions } }) => ({
    roles: roles.map((role) => (role.roleId === roleId ? { roleId, name: name ?? role.name, permissions: permissions ?? role.permissions } : role)),
  }))),
  rule(organizations, 'OrganizationRoleDeleted', organizationOf, changedOrganization(({ roles }, { data }) => ({
    roles: roles.filter(({ roleId }) => roleId !== data.roleId),
  }))),
];

const membershipRules = [
  rule(memberships, 'MemberInvited', memberOf, (known, { data }, id): MembershipDocument => {
    const { organizationId, userId, roleId, levelId, termId, invitedAt } = data;
    return { id, organizationId, userId, status: 'invited', roleId, levelId, termId, invitedAt, joinedAt: known?.joinedAt ?? null, endedAt: null, since: invitedAt };
  }),
  rule(memberships, 'InvitationWithdrawn', memberOf, () => undefined),
  rule(memberships, 'MemberJoined', memberOf, (known, { data }, id): MembershipDocument => {
    const { organizationId, userId, roleId, levelId, termId, joinedAt } = data;
    return { id, organizationId, userId, status: 'active', roleId, levelId, termId, invitedAt: known?.invitedAt ?? null, joinedAt, endedAt: null, since: joinedAt };
  }),
  rule(memberships, 'MemberRoleChanged', memberOf, changedMember((_, { data }) => ({ roleId: data.roleId }))),
  rule(memberships, 'MemberPlacementChanged', memberOf, changedMember((_, { data: { levelId, termId } }) => ({ levelId, termId }))),
  rule(memberships, 'MemberLeft', memberOf, changedMember((_, { data: { leftAt } }) => ({ status: 'left', endedAt: leftAt, since: leftAt }))),
  rule(memberships, 'MemberRemoved', memberOf, changedMember((_, { data: { removedAt } }) => ({ status: 'removed', endedAt: removedAt, since: removedAt }))),
];

export const organizationsProjection = projection({
  name: 'organizations',
  version: 2,
  collections: [organizations, memberships],
  rules: [...organizationRules, ...membershipRules],
  fanOuts: [
    where(memberships, 'OrganizationDeleted', 'organizationId', ({ data }) => data.organizationId, () => undefined),
    where(memberships, 'AccountDeleted', 'userId', ({ data }) => data.accountId, () => undefined),
    where(memberships, 'OrganizationRoleDeleted', 'roleId', ({ data }) => data.roleId, (membership) => ({ ...membership, roleId: STUDENT_ROLE })),
    where(memberships, 'LevelDeleted', 'levelId', ({ data }) => data.recordId, (membership) => ({ ...membership, levelId: null })),
    where(memberships, 'TermDeleted', 'termId', ({ data }) => data.recordId, (membership) => ({ ...membership, termId: null })),
  ],
});
