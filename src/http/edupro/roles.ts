import type { Role } from '../../domain/account/events.js';
import { roleNames } from '../shared/role-names.js';

const roles = roleNames({ teacher: 'instructor', student: 'student', admin: 'admin' });

export const UserType = roles.AnyName;
/** An account without a role is shown as a student. */
export const userTypeOf = (role: Role | null) => roles.fromRole(role ?? 'student');
