import { aggregates } from '../../domain/aggregates.js';
import { normaliseEmail } from '../../domain/account/email.js';
import { multiplyMoney } from '../../domain/kernel/money.js';
import { reject } from '../../domain/kernel/decider.js';
import { intermediateHindrance, type PackagePurchasesRejection } from '../../domain/package-purchases/decider.js';
import type { GroupTerms, Participant } from '../../domain/package-purchases/events.js';
import { hasSeat, type SeatBook } from '../../domain/seat-book/decider.js';
import { findAccountByEmail, loadAccount } from '../accounts/identifiers/find-account.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { offeredCourse, offeredPackage, seatBook } from './offered-courses.js';
import { packagePaymentIdOf, refusedSeats } from './submit-package-payment.js';

export interface GroupMember {
  readonly email: string;
  readonly courseId: string;
}

export interface SubmitGroupPaymentInput {
  readonly payerId: string;
  readonly packageId: string;
  readonly creatorCourseId: string;
  readonly proofLink: string;
  /** 1 to 10. */
  readonly members: readonly GroupMember[];
}

export type GroupPaymentRejection =
  | PackagePurchasesRejection
  | 'account-not-found'
  | 'creator-course-absent'
  | 'no-valid-members'
  | 'package-not-for-groups'
  | 'seats-full';

interface Invited extends Participant {
  readonly email: string;
}

interface Offer {
  readonly courseIds: readonly string[];
  readonly payerId: string;
  readonly book: SeatBook;
}

const participantIn = async (services: CommandServices, courseIds: readonly string[], userId: string, courseId: string): Promise<Participant | undefined> => {
  const course = courseIds.includes(courseId) ? await offeredCourse(services, courseId) : undefined;
  return course && { userId, courseId, courseName: course.title };
};

/** Undefined where the address has no account, or the person can take no part: such members are left out (section 5). */
const invited = async (services: CommandServices, { email, courseId }: GroupMember, { courseIds, payerId, book }: Offer): Promise<Invited | undefined> => {
  const found = await findAccountByEmail(services, email);
  if (found === undefined) return undefined;
  const { accountId } = found.account;
  if (accountId === payerId || hasSeat(book, accountId, courseId)) return undefined;
  const { state: purchases } = await services.handler.load(aggregates.packagePurchases, accountId);
  const participant = intermediateHindrance(purchases) === undefined ? await participantIn(services, courseIds, accountId, courseId) : undefined;
  return participant && { ...participant, email: normaliseEmail(email) };
};

const oncePerPerson = (members: readonly Invited[]): readonly Invited[] =>
  members.filter(({ userId }, index) => members.findIndex((other) => other.userId === userId) === index);

/** The payer pays the price for groups for each participant. */
const termsOf = (creator: Participant, members: readonly Invited[], price: number, groupPrice: number): GroupTerms => {
  const participants = [creator, ...members.map(({ userId, courseId, courseName }) => ({ userId, courseId, courseName }))];
  const amountOf = (each: number): string => multiplyMoney(`${each}.00`, participants.length);
  return { participants, originalAmount: amountOf(price), discountedAmount: amountOf(groupPrice) };
};

/** One person pays for several, each with an own course of an INTERMEDIATE package. The members are bound with it (section 5). */
export const submitGroupPayment =
  (services: CommandServices) =>
  async (input: SubmitGroupPaymentInput, context: CommandContext): Promise<Outcome<{ readonly paymentId: string }, GroupPaymentRejection>> => {
    const { handler, clock, settings } = services;
    const { payerId, packageId, creatorCourseId, proofLink } = input;
    const paymentId = packagePaymentIdOf(context.commandId);
    const { state: purchases, position } = await handler.load(aggregates.packagePurchases, payerId);
    if (purchases.payments.has(paymentId)) return succeeded({ paymentId }, { position, changed: true });
    if ((await loadAccount(services, payerId)) === undefined) return reject('account-not-found');
    const offered = await offeredPackage(services, packageId);
    const courseIds = offered?.courseIds ?? [];
    const creator = await participantIn(services, courseIds, payerId, creatorCourseId);
    if (offered === undefined || creator === undefined) return reject('creator-course-absent', { courseId: creatorCourseId });
    const offer: Offer = { courseIds, payerId, book: await seatBook(services) };
    const found = await Promise.all(input.members.map((member) => invited(services, member, offer)));
    const members = oncePerPerson(found.flatMap((member) => member ?? []));
    if (members.length === 0) return reject('no-valid-members');
    const hindrance = intermediateHindrance(purchases);
    if (hindrance !== undefined) return hindrance;
    const { name: packageName, type: packageType, price } = offered;
    if (packageType !== 'INTERMEDIATE') return reject('package-not-for-groups', { packageType });
    const group = termsOf(creator, members, price, settings.academy.groupPrice);
    const courses = group.participants.map(({ courseId, courseName: title }) => ({ courseId, title }));
    const refused = await refusedSeats(services, packageType, courses);
    if (refused !== undefined) return refused;
    const once = courses.filter(({ courseId }, index) => courses.findIndex((other) => other.courseId === courseId) === index);
    const paid = { paymentId, payerId, packageId, packageName, packageType, price, courseId: null, courses: once, payerType: 'UMUM', proofLink, group, inviteEmails: members.map(({ email }) => email) } as const;
    const data = { ...paid, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.packagePurchases, payerId, { type: 'SubmitPackagePayment', data }, context), { paymentId });
  };
