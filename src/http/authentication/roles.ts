import { Type, type Static } from 'typebox';
import type { Role } from '../../domain/account/events.js';

/** The roles that somebody signs up with here. */
export const SignUpRole = Type.Enum(['admin', 'teacher', 'student']);
export type SignUpRole = Static<typeof SignUpRole>;

export const canonicalRole = (role: SignUpRole): Role => (role === 'teacher' ? 'instructor' : role);

/** Roles of other surfaces that have no name here keep their own. */
export const shownRole = (role: Role | null): string | null => (role === 'instructor' ? 'teacher' : role);
