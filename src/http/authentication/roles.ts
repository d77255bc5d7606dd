import type { Static } from 'typebox';
import { roleNames } from '../shared/role-names.js';

const roles = roleNames({ admin: 'admin', teacher: 'instructor', student: 'student' });

export const SignUpRole = roles.Name;
export type SignUpRole = Static<typeof SignUpRole>;
export const ShownRole = roles.AnyName;
export const canonicalRole = roles.toRole;
export const shownRole = roles.fromRole;
