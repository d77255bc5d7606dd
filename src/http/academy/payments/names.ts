import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { PayerType } from '../../../domain/package-purchases/events.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { academyCoursesByIds, type AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import { accountsByIds, type AccountDocument } from '../../../projections/accounts/queries.js';
import type { PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import { presentPhone } from '../auth/phone.js';
import { typeOf } from '../roles.js';
import type { Person } from './schemas.js';

export const UNKNOWN_COURSE = 'Unknown Course';
const DELETED_USER = 'Deleted user';

/** Accounts and courses as they are called now. */
export interface Names {
  readonly accounts: ReadonlyMap<string, AccountDocument>;
  readonly courses: ReadonlyMap<string, AcademyCourseDocument>;
}

const byId = <D extends { readonly id: string }>(found: readonly (D | undefined)[]): ReadonlyMap<string, D> =>
  new Map(found.flatMap((each): [string, D][] => (each === undefined ? [] : [[each.id, each]])));

/** Whoever takes part in these payments, and their courses. Its route reads accounts and academy-courses. */
export const namesIn = async (readModels: ReadModels, payments: readonly PackagePaymentDocument[]): Promise<Names> => {
  const accountIds = [...new Set(payments.flatMap(({ participantIds }) => participantIds))];
  const courseIds = [...new Set(payments.flatMap((payment) => payment.courseIds))];
  const [accounts, courses] = await Promise.all([accountsByIds(readModels, accountIds), academyCoursesByIds(readModels, courseIds)]);
  return { accounts: byId(accounts), courses: byId(courses) };
};

/**
 * For one caller: numbers are told to their owners, admins and services. Whoever knows an address can name it in a group, and is to
 * learn no number by that.
 */
export const seenBy = ({ isService, account }: Pick<FastifyRequest, 'isService' | 'account'>, names: Names): Names => {
  if (isService || account?.role === 'admin') return names;
  const accounts = [...names.accounts].map(([id, known]) => [id, id === account?.accountId ? known : { ...known, phone: null }] as const);
  return { ...names, accounts: new Map(accounts) };
};

/** `otherwise`: the type of an account that is gone. */
export const presentPerson = ({ accounts }: Names, id: string, otherwise: PayerType): Static<typeof Person> => {
  const account = accounts.get(id);
  if (account === undefined) return { id, name: DELETED_USER, email: '', phone: null, type: otherwise };
  const { name, email, phone, accountType } = account;
  return { id, name, email, phone: presentPhone(phone), type: typeOf(accountType) };
};

export const titleOf = ({ courses }: Names, courseId: string): string => courses.get(courseId)?.title ?? UNKNOWN_COURSE;
