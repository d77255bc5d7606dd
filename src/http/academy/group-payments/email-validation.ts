import { Type, type Static } from 'typebox';
import { accountByEmail, type AccountDocument } from '../../../projections/accounts/queries.js';
import { existingPaymentsOfPayers, type PackagePaymentDocument } from '../../../projections/package-payments/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { CONTROL } from '../../../domain/kernel/web-url.js';
import { PayerType } from '../../../domain/package-purchases/events.js';
import { typeOf } from '../roles.js';

/** A group has ten members; lists of more are for whoever collects addresses. */
const MOST_EMAILS = 50;

/** Only an @ is looked for (section 5). */
const EmailLike = Type.String({ maxLength: 254, pattern: `^[^@${CONTROL}]*@[^${CONTROL}]*$` });

export const Emails = Type.Object({ emails: Type.Array(EmailLike, { minItems: 1, maxItems: MOST_EMAILS }) });

const known = { email: Type.String(), userId: Type.String(), name: Type.String() };

const Enrolled = Type.Object({
  ...known,
  courseName: Type.String(),
  enrollmentType: Type.Enum(['INTERMEDIATE', 'BUNDLE', 'INTERMEDIATE_PENDING', 'BUNDLE_PENDING']),
  isPending: Type.Boolean(),
});
type Enrolled = Static<typeof Enrolled>;

export const EmailValidation = Type.Object({
  validEmails: Type.Array(Type.String()),
  invalidEmails: Type.Array(Type.String()),
  existingUsers: Type.Array(Type.Object({ ...known, type: PayerType })),
  nonExistingEmails: Type.Array(Type.String()),
  usersWithIntermediateEnrollment: Type.Array(Enrolled),
  usersWithBundleEnrollment: Type.Array(Enrolled),
  summary: Type.Object({
    total: Type.Integer(),
    valid: Type.Integer(),
    invalid: Type.Integer(),
    alreadyEnrolledIntermediate: Type.Integer(),
    alreadyEnrolledBundle: Type.Integer(),
  }),
});
type EmailValidation = Static<typeof EmailValidation>;

/** What an account has paid for already; of a group payment the payer's own course. */
const enrolledBy = (email: string, { id: userId, name }: AccountDocument, payment: PackagePaymentDocument, type: 'INTERMEDIATE' | 'BUNDLE'): Enrolled => {
  const isPending = payment.status === 'PAID';
  const [course] = payment.courses;
  const courseName = type === 'BUNDLE' ? 'Paket Bundle' : (payment.group?.participants[0]?.courseName ?? course?.title ?? '');
  return { email, userId, name, courseName, enrollmentType: isPending ? `${type}_PENDING` : type, isPending };
};

/** What each address can do in a group: people count by what they paid for themselves, not by groups of others (section 5). */
export const validateEmails = async (readModels: ReadModels, emails: readonly string[]): Promise<EmailValidation> => {
  const accounts = await Promise.all(emails.map((email) => accountByEmail(readModels, email)));
  const payments = await existingPaymentsOfPayers(readModels, accounts.flatMap((account) => account?.id ?? []));
  const enrolledIn = (type: 'INTERMEDIATE' | 'BUNDLE'): Enrolled[] =>
    emails.flatMap((email, index) => {
      const account = accounts[index];
      const payment = payments.find(({ payerId, packageType }) => payerId === account?.id && packageType === type);
      return account === undefined || payment === undefined ? [] : [enrolledBy(email, account, payment, type)];
    });
  const [usersWithIntermediateEnrollment, usersWithBundleEnrollment] = [enrolledIn('INTERMEDIATE'), enrolledIn('BUNDLE')];
  const enrolled = new Set([...usersWithIntermediateEnrollment, ...usersWithBundleEnrollment].map(({ email }) => email));
  const isValid = (email: string, index: number): boolean => accounts[index] !== undefined && !enrolled.has(email);
  const validEmails = emails.filter(isValid);
  const invalidEmails = emails.filter((email, index) => !isValid(email, index));
  return {
    validEmails,
    invalidEmails,
    existingUsers: emails.flatMap((email, index) => {
      const account = accounts[index];
      return account === undefined ? [] : [{ email, userId: account.id, name: account.name, type: typeOf(account.accountType) }];
    }),
    nonExistingEmails: emails.filter((_, index) => accounts[index] === undefined),
    usersWithIntermediateEnrollment,
    usersWithBundleEnrollment,
    summary: {
      total: emails.length,
      valid: validEmails.length,
      invalid: invalidEmails.length,
      alreadyEnrolledIntermediate: usersWithIntermediateEnrollment.length,
      alreadyEnrolledBundle: usersWithBundleEnrollment.length,
    },
  };
};

/** One sentence more for each kind of problem. */
export const validationMessage = ({ nonExistingEmails, usersWithIntermediateEnrollment, usersWithBundleEnrollment }: EmailValidation): string => {
  const problems = [
    [nonExistingEmails.length, 'email tidak terdaftar'],
    [usersWithIntermediateEnrollment.length, 'user sudah terdaftar di kelas INTERMEDIATE'],
    [usersWithBundleEnrollment.length, 'user sudah terdaftar di paket BUNDLE'],
  ] as const;
  return ['Email validation completed', ...problems.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))].join('. ');
};
