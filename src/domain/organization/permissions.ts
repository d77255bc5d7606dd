import { Type, type Static } from 'typebox';

/** What a role may allow. The list is closed: docs/organizations.md says what each of them opens. */
export const Permission = Type.Enum([
  'organization.manage',
  'roles.manage',
  'members.read',
  'members.manage',
  'courses.create',
  'courses.manage',
  'levels.manage',
  'attendance.manage',
]);
export type Permission = Static<typeof Permission>;

export const allPermissions: readonly Permission[] = Permission.enum;

export interface OrganizationRole {
  readonly roleId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

export const OWNER_ROLE = 'owner';
export const STUDENT_ROLE = 'student';

/** Roles that each organization has from its first day. They stay as they are. */
export const builtInRoles: readonly OrganizationRole[] = [
  { roleId: OWNER_ROLE, name: 'Owner', permissions: allPermissions },
  { roleId: 'instructor', name: 'Instructor', permissions: ['members.read', 'courses.create', 'attendance.manage'] },
  { roleId: STUDENT_ROLE, name: 'Student', permissions: [] },
];

export const isBuiltIn = (roleId: string): boolean => builtInRoles.some((role) => role.roleId === roleId);

/** What a member may do. Ownership is a fact of the organization's stream, so that the role alone makes no owner. */
export const permissionsOf = (
  roles: readonly OrganizationRole[],
  { roleId, isOwner }: { readonly roleId: string; readonly isOwner: boolean },
): readonly Permission[] => {
  if (isOwner) return allPermissions;
  // A member whose role was deleted is a student.
  return roleId === OWNER_ROLE ? [] : (roles.find((role) => role.roleId === roleId)?.permissions ?? []);
};
