import { Type, type Static } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { AcademyRole } from '../roles.js';

export const UserType = Type.Enum(['UMUM', 'DIKE']);

const user = { id: Type.String(), name: Type.String(), email: Type.String(), role: AcademyRole, type: UserType };

/** As it is told to who logs in. */
export const SessionUser = Type.Object(user);

export const User = Type.Object({ ...user, nim: Nullable(Type.String()), createdAt: Type.String() });

export const LoggedIn = Type.Object({ user: SessionUser, accessToken: Type.String(), refreshToken: Type.String() });
export type LoggedIn = Static<typeof LoggedIn>;
