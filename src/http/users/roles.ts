import { Type, type Static } from 'typebox';
import type { Role } from '../../domain/account/events.js';

export const UserRole = Type.Enum(['user', 'seller', 'instructor', 'serviceProvider', 'admin']);
export type UserRole = Static<typeof UserRole>;

const canonical: Readonly<Record<UserRole, Role>> = {
  user: 'student',
  seller: 'seller',
  instructor: 'instructor',
  serviceProvider: 'service-provider',
  admin: 'admin',
};

const documented: Readonly<Record<Role, UserRole>> = {
  student: 'user',
  seller: 'seller',
  instructor: 'instructor',
  'service-provider': 'serviceProvider',
  admin: 'admin',
};

export const canonicalRole = (role: UserRole): Role => canonical[role];

/** An account without a role is shown as a user. */
export const documentedRole = (role: Role | null): UserRole => (role === null ? 'user' : documented[role]);
