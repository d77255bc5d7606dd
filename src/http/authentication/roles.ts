import { Type, type Static } from 'typebox';
import type { Role } from '../../domain/account/events.js';

export const SignUpRole = Type.Enum(['admin', 'teacher', 'student']);
export type SignUpRole = Static<typeof SignUpRole>;

export const canonicalRole = (role: SignUpRole): Role => (role === 'teacher' ? 'instructor' : role);

/** Roles that this surface has no name for keep their own. */
export const shownRole = (role: Role | null): string | null => (role === 'instructor' ? 'teacher' : role);
