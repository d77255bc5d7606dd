import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { AccountType, Role } from '../../domain/account/events.js';

export const AcademyRole = Type.Enum(['ADMIN', 'DIKE', 'UMUM', 'USER']);
export type AcademyRole = Static<typeof AcademyRole>;

/** As what an account of the other surfaces, which do not ask, counts. */
const OTHERWISE: AccountType = 'UMUM';

interface Registered {
  readonly role: Role | null;
  readonly studentType: AccountType | null;
}

export const typeOf = (accountType: AccountType | null): AccountType => accountType ?? OTHERWISE;

/** Students are DIKE or UMUM, as an admin says or as they signed up. Roles that the surface does not know are users. */
export const academyRoleOf = ({ role, studentType }: Registered): AcademyRole => {
  if (role === 'admin') return 'ADMIN';
  return role === 'student' ? (studentType ?? OTHERWISE) : 'USER';
};

/** The account's role as a change of roles has it. */
export const canonicalOf = (role: AcademyRole): { readonly role: Role; readonly studentType?: AccountType } => {
  switch (role) {
    case 'ADMIN':
      return { role: 'admin' };
    case 'USER':
      return { role: 'guest' };
    default:
      return { role: 'student', studentType: role };
  }
};

export const roleOfRequest = ({ isService, account }: FastifyRequest): string => {
  if (isService) return 'SERVICE';
  return account === null ? 'USER' : academyRoleOf(account);
};
