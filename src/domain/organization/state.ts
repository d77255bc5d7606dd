import { unknownEvent } from '../kernel/decider.js';
import type { OrganizationEvent } from './events.js';
import { builtInRoles, STUDENT_ROLE, type OrganizationRole } from './permissions.js';

export type ExistingOrganization = Readonly<{
  status: 'active' | 'deleted';
  organizationId: string;
  name: string;
  description: string | null;
  settings: Readonly<Record<string, unknown>>;
  owners: readonly string[];
  roles: readonly OrganizationRole[];
}>;

export type Organization = Readonly<{ status: 'none' }> | ExistingOrganization;

export const roleOf = ({ roles }: ExistingOrganization, roleId: string): OrganizationRole | undefined => roles.find((role) => role.roleId === roleId);

const evolveRoles = (roles: readonly OrganizationRole[], { type, data }: Extract<OrganizationEvent, { data: { roleId: string } }>): readonly OrganizationRole[] => {
  const { roleId } = data;
  switch (type) {
    case 'OrganizationRoleCreated':
      return [...roles, { roleId, name: data.name, permissions: data.permissions }];
    case 'OrganizationRoleChanged': {
      const { name, permissions } = data;
      return roles.map((role) => (role.roleId === roleId ? { roleId, name: name ?? role.name, permissions: permissions ?? role.permissions } : role));
    }
    case 'OrganizationRoleDeleted':
      return roles.filter((role) => role.roleId !== roleId);
  }
};

export const evolve = (organization: Organization, event: OrganizationEvent): Organization => {
  if (event.type === 'OrganizationCreated') {
    if (organization.status !== 'none') return organization;
    const { organizationId, name, description, founderId } = event.data;
    return { status: 'active', organizationId, name, description, settings: {}, owners: [founderId], roles: builtInRoles };
  }
  if (organization.status === 'none') return organization;
  switch (event.type) {
    case 'OrganizationChanged': {
      const { name, description, settings } = event.data;
      return {
        ...organization,
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(settings === undefined ? {} : { settings }),
      };
    }
    case 'OrganizationDeleted':
      return { ...organization, status: 'deleted' };
    case 'OrganizationOwnerAdded':
      return { ...organization, owners: [...organization.owners, event.data.userId] };
    case 'OrganizationOwnerRemoved':
      return { ...organization, owners: organization.owners.filter((owner) => owner !== event.data.userId) };
    case 'OrganizationRoleCreated':
    case 'OrganizationRoleChanged':
    case 'OrganizationRoleDeleted':
      return { ...organization, roles: evolveRoles(organization.roles, event) };
    default:
      return unknownEvent(event, organization);
  }
};

/** The role that a member really has: one that was deleted leaves a student. */
export const standingRole = (roles: readonly OrganizationRole[], roleId: string): string => (roles.some((role) => role.roleId === roleId) ? roleId : STUDENT_ROLE);
