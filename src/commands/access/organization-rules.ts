import { OWNER_ROLE, permissionsOf, type OrganizationRole, type Permission } from '../../domain/organization/permissions.js';
import { defineRule } from './rule.js';
import { isAdmin } from './rules.js';

/** What an account is in an organization. */
export interface Standing {
  readonly isMember: boolean;
  readonly isOwner: boolean;
  readonly permissions: readonly Permission[];
}

export const noStanding: Standing = { isMember: false, isOwner: false, permissions: [] };

/** The standing of an active member; `owners` and `roles` are the organization's. An owner is listed as one and has the role. */
export const standingOf = (
  { owners, roles }: { readonly owners: readonly string[]; readonly roles: readonly OrganizationRole[] },
  { userId, roleId }: { readonly userId: string; readonly roleId: string },
): Standing => {
  const isOwner = roleId === OWNER_ROLE && owners.includes(userId);
  return { isMember: true, isOwner, permissions: permissionsOf(roles, { roleId, isOwner }) };
};

const allows = <const Name extends string>(ruleName: Name, sentence: string, permission: Permission) =>
  defineRule(ruleName, sentence, (actor, standing: Standing) => isAdmin(actor) || standing.permissions.includes(permission));

const byPermission = (permission: Permission): string => `Members of the organization whose role has ${permission}, its owners, and admins.`;

export const belongsToOrganization = defineRule('organization-member', 'Members of the organization, and admins.', (actor, { isMember }: Standing) =>
  isAdmin(actor) || isMember);
export const ownsOrganization = defineRule('organization-owner', 'The owners of the organization, and admins.', (actor, { isOwner }: Standing) =>
  isAdmin(actor) || isOwner);
export const managesOrganization = allows('organization-manager', byPermission('organization.manage'), 'organization.manage');
export const managesRoles = allows('organization-roles-manager', byPermission('roles.manage'), 'roles.manage');
export const readsMembers = allows('organization-members-reader', byPermission('members.read'), 'members.read');
export const managesMembers = allows('organization-members-manager', byPermission('members.manage'), 'members.manage');
export const createsCourses = allows('organization-course-creator', byPermission('courses.create'), 'courses.create');
export const managesCourses = allows('organization-courses-manager', byPermission('courses.manage'), 'courses.manage');
export const managesLevels = allows('organization-levels-manager', byPermission('levels.manage'), 'levels.manage');
export const managesAttendance = allows('organization-attendance-manager', byPermission('attendance.manage'), 'attendance.manage');
export const readsAttendance = defineRule(
  'attendance-reader',
  'The person whose attendance it is, members of the organization whose role has attendance.manage, its owners, and admins.',
  (actor, { ownerId }: { readonly ownerId: string }, standing: Standing | undefined) => actor.accountId === ownerId || (standing === undefined ? isAdmin(actor) : managesAttendance(actor, standing)),
);

/** Only permissions that one has oneself can be given or taken. */
export const hasAll = ({ permissions }: Standing, wanted: readonly Permission[]): boolean => wanted.every((permission) => permissions.includes(permission));
