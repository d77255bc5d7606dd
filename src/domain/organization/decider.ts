import { Value } from 'typebox/value';
import { accept, reject, type Decider, type Decision, type Message, type Refusal } from '../kernel/decider.js';
import type { OrganizationEvent } from './events.js';
import { isBuiltIn, type Permission } from './permissions.js';
import { evolve, roleOf, type ExistingOrganization, type Organization } from './state.js';

export type { ExistingOrganization, Organization } from './state.js';

interface OrganizationDetails {
  readonly name: string;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface RoleDetails {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

export type OrganizationCommand =
  | Message<'CreateOrganization', Pick<OrganizationDetails, 'name' | 'description'> & { organizationId: string; founderId: string; at: string }>
  | Message<'ChangeOrganization', Partial<OrganizationDetails> & { at: string }>
  | Message<'DeleteOrganization', { at: string }>
  | Message<'AddOwner', { userId: string; at: string }>
  /** `gone`: owners whose accounts were deleted. They do not count. */
  | Message<'RemoveOwner', { userId: string; gone: readonly string[]; at: string }>
  | Message<'CreateRole', RoleDetails & { roleId: string; at: string }>
  | Message<'ChangeRole', Partial<RoleDetails> & { roleId: string; at: string }>
  | Message<'DeleteRole', { roleId: string; at: string }>;

export type OrganizationRejection =
  | 'organization-not-found'
  | 'organization-exists'
  | 'organization-settings-too-large'
  | 'last-owner'
  | 'role-not-found'
  | 'role-built-in'
  | 'role-name-taken'
  | 'too-many-roles'
  | 'too-many-owners';

const MOST_ROLES = 50;
const MOST_OWNERS = 100;
/** Characters of the settings as JSON. */
const LARGEST_SETTINGS = 10_000;

type OrganizationDecision = Decision<OrganizationEvent, OrganizationRejection>;
type Data<Type extends OrganizationCommand['type']> = Extract<OrganizationCommand, { type: Type }>['data'];

const change = ({ at, ...wanted }: Data<'ChangeOrganization'>, organization: ExistingOrganization): OrganizationDecision => {
  const { organizationId, name, description, settings } = organization;
  const changed = {
    ...(wanted.name === undefined || wanted.name === name ? {} : { name: wanted.name }),
    ...(wanted.description === undefined || wanted.description === description ? {} : { description: wanted.description }),
    ...(wanted.settings === undefined || Value.Equal(wanted.settings, settings) ? {} : { settings: { ...wanted.settings } }),
  };
  if (Object.keys(changed).length === 0) return accept();
  if (JSON.stringify(changed.settings ?? {}).length > LARGEST_SETTINGS) return reject('organization-settings-too-large', { most: LARGEST_SETTINGS });
  return accept({ type: 'OrganizationChanged', data: { organizationId, ...changed, changedAt: at } });
};

export const fullOfOwners = ({ owners }: ExistingOrganization): Refusal<'too-many-owners'> | undefined =>
  owners.length < MOST_OWNERS ? undefined : reject('too-many-owners', { most: MOST_OWNERS });

const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const nameTaken = ({ roles }: ExistingOrganization, name: string, roleId: string): Refusal<'role-name-taken'> | undefined =>
  roles.some((role) => role.roleId !== roleId && sameName(role.name, name)) ? reject('role-name-taken', { name }) : undefined;

const createRole = ({ roleId, name, permissions, at }: Data<'CreateRole'>, organization: ExistingOrganization): OrganizationDecision => {
  const { organizationId, roles } = organization;
  if (roleOf(organization, roleId) !== undefined) return accept();
  if (roles.length >= MOST_ROLES) return reject('too-many-roles', { most: MOST_ROLES });
  const created = { organizationId, roleId, name, permissions: [...new Set(permissions)], createdAt: at };
  return nameTaken(organization, name, roleId) ?? accept({ type: 'OrganizationRoleCreated', data: created });
};

const changeRole = ({ roleId, name, permissions, at }: Data<'ChangeRole'>, organization: ExistingOrganization): OrganizationDecision => {
  const role = roleOf(organization, roleId);
  if (role === undefined) return reject('role-not-found', { roleId });
  if (isBuiltIn(roleId)) return reject('role-built-in', { roleId });
  const wanted = permissions === undefined ? undefined : [...new Set(permissions)];
  const changed = {
    ...(name === undefined || name === role.name ? {} : { name }),
    ...(wanted === undefined || Value.Equal(wanted, [...role.permissions]) ? {} : { permissions: wanted }),
  };
  if (Object.keys(changed).length === 0) return accept();
  const data = { organizationId: organization.organizationId, roleId, ...changed, changedAt: at };
  return nameTaken(organization, name ?? role.name, roleId) ?? accept({ type: 'OrganizationRoleChanged', data });
};

const deleteRole = ({ roleId, at }: Data<'DeleteRole'>, organization: ExistingOrganization): OrganizationDecision => {
  if (isBuiltIn(roleId)) return reject('role-built-in', { roleId });
  if (roleOf(organization, roleId) === undefined) return reject('role-not-found', { roleId });
  return accept({ type: 'OrganizationRoleDeleted', data: { organizationId: organization.organizationId, roleId, deletedAt: at } });
};

const decideActive = (command: Exclude<OrganizationCommand, { type: 'CreateOrganization' }>, organization: ExistingOrganization): OrganizationDecision => {
  const { organizationId, owners } = organization;
  switch (command.type) {
    case 'ChangeOrganization':
      return change(command.data, organization);
    case 'DeleteOrganization':
      return accept({ type: 'OrganizationDeleted', data: { organizationId, deletedAt: command.data.at } });
    case 'AddOwner': {
      const { userId, at } = command.data;
      if (owners.includes(userId)) return accept();
      const full = fullOfOwners(organization);
      if (full !== undefined) return full;
      return accept({ type: 'OrganizationOwnerAdded', data: { organizationId, userId, addedAt: at } });
    }
    case 'RemoveOwner': {
      const { userId, gone, at } = command.data;
      if (!owners.includes(userId)) return accept();
      if (owners.every((owner) => owner === userId || gone.includes(owner))) return reject('last-owner');
      return accept({ type: 'OrganizationOwnerRemoved', data: { organizationId, userId, removedAt: at } });
    }
    case 'CreateRole':
      return createRole(command.data, organization);
    case 'ChangeRole':
      return changeRole(command.data, organization);
    case 'DeleteRole':
      return deleteRole(command.data, organization);
  }
};

export const decide = (command: OrganizationCommand, organization: Organization): OrganizationDecision => {
  if (command.type === 'CreateOrganization') {
    const { at, ...founded } = command.data;
    if (organization.status !== 'none') return organization.owners.includes(founded.founderId) ? accept() : reject('organization-exists');
    return accept({ type: 'OrganizationCreated', data: { ...founded, createdAt: at } });
  }
  if (organization.status !== 'active') return reject('organization-not-found');
  return decideActive(command, organization);
};

export const organizationDecider: Decider<Organization, OrganizationCommand, OrganizationEvent, OrganizationRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};
