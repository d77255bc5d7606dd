import type { Static } from 'typebox';
import type { Role } from '../../domain/account/events.js';
import { roleNames } from '../shared/role-names.js';

const roles = roleNames({
  user: 'student',
  seller: 'seller',
  instructor: 'instructor',
  serviceProvider: 'service-provider',
  admin: 'admin',
});

export const UserRole = roles.Name;
export const ShownRole = roles.AnyName;
export const canonicalRole = roles.toRole;

/** An account without a role is shown as a user. */
export const documentedRole = (role: Role | null): Static<typeof ShownRole> => (role === null ? 'user' : roles.fromRole(role));
