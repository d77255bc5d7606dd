import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { OfferedPackage } from '../../domain/package-catalog/decider.js';
import { intermediateHindrance, purchaseHindrance, type PackagePurchasesRejection } from '../../domain/package-purchases/decider.js';
import type { PayerType } from '../../domain/package-purchases/events.js';
import { fullCourse } from '../../domain/seat-book/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { loadAccount } from '../accounts/identifiers/find-account.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { offeredCourses, offeredPackage, seatBook, type OfferedCourse } from './offered-courses.js';

export interface SubmitPackagePaymentInput {
  readonly payerId: string;
  readonly type: PayerType;
  readonly packageId: string;
  /** Null: none is chosen, as of a bundle. */
  readonly courseId: string | null;
  readonly proofLink: string;
}

export type PackagePaymentRejection =
  | PackagePurchasesRejection
  | 'account-not-found'
  | 'payer-type-differs'
  | 'package-not-found'
  | 'package-course-required'
  | 'package-course-absent'
  | 'package-course-forbidden'
  | 'course-not-found'
  | 'seats-full';

type Chosen = Readonly<{ ok: true; courses: readonly OfferedCourse[] }> | Refusal<PackagePaymentRejection>;

export const packagePaymentIdOf = (commandId: string): string => uuidV5('package-payment', commandId);

/** A course without a free seat is refused at once; what counts is the approval, which takes the seats. */
export const refusedSeats = async (
  services: CommandServices,
  type: OfferedPackage['type'],
  courses: readonly OfferedCourse[],
): Promise<Refusal<'seats-full'> | undefined> => {
  const quota = services.settings.academy.seats[type];
  const full = fullCourse(await seatBook(services), type, courses.map(({ courseId }) => courseId), quota);
  const title = courses.find(({ courseId }) => courseId === full?.courseId)?.title ?? '';
  return full && reject('seats-full', { ...full, title, quota, pool: type });
};

/** Checks 6 to 8 of the supplement, or 9. */
const chosenCourses = async (services: CommandServices, { type, courseIds }: OfferedPackage, courseId: string | null): Promise<Chosen> => {
  if (type === 'BUNDLE') return courseId === null ? offeredCourses(services, courseIds) : reject('package-course-forbidden');
  if (courseId === null) return reject('package-course-required');
  return courseIds.includes(courseId) ? offeredCourses(services, [courseId]) : reject('package-course-absent', { courseId });
};

/**
 * A person sends the proof of a payment for a package. Refusals come in the order of the document (section 4); what the person may buy
 * is decided by the payer's stream.
 */
export const submitPackagePayment =
  (services: CommandServices) =>
  async (
    { payerId, type: payerType, packageId, courseId, proofLink }: SubmitPackagePaymentInput,
    context: CommandContext,
  ): Promise<Outcome<{ readonly paymentId: string }, PackagePaymentRejection>> => {
    const { handler, clock } = services;
    const paymentId = packagePaymentIdOf(context.commandId);
    const { state: purchases, position } = await handler.load(aggregates.packagePurchases, payerId);
    if (purchases.payments.has(paymentId)) return succeeded({ paymentId }, { position, changed: true });
    const payer = await loadAccount(services, payerId);
    if (payer === undefined) return reject('account-not-found');
    const { accountType = 'UMUM' } = payer.account;
    if (accountType !== payerType) return reject('payer-type-differs', { type: accountType });
    const offered = await offeredPackage(services, packageId);
    if (offered === undefined) return reject('package-not-found', { packageId });
    const intermediate = offered.type === 'INTERMEDIATE' ? intermediateHindrance(purchases) : undefined;
    if (intermediate !== undefined) return intermediate;
    const chosen = await chosenCourses(services, offered, courseId);
    if (!chosen.ok) return chosen;
    const bundle = offered.type === 'BUNDLE' ? purchaseHindrance(purchases, 'BUNDLE') : undefined;
    const refused = bundle ?? (await refusedSeats(services, offered.type, chosen.courses));
    if (refused !== undefined) return refused;
    const { name: packageName, type: packageType, price } = offered;
    const courses = chosen.courses.map((course) => ({ ...course }));
    const data = { paymentId, payerId, packageId, packageName, packageType, price, courseId, courses, payerType, proofLink, group: null, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.packagePurchases, payerId, { type: 'SubmitPackagePayment', data }, context), { paymentId });
  };
