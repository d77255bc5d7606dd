import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { PackagePayment, PackagePurchasesRejection, RefusedApproval } from '../../domain/package-purchases/decider.js';
import type { PackageEnrollment } from '../../domain/package-purchases/events.js';
import { SEAT_BOOK, type SeatBookRejection } from '../../domain/seat-book/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { CommandContext } from '../context.js';
import { combined, effectOf, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { invoicePackage } from './invoice-package.js';

export interface Approval {
  readonly payerId: string;
  readonly paymentId: string;
  readonly approvalId: string;
}

export type ApprovalRejection = PackagePurchasesRejection | SeatBookRejection;

export interface Approved {
  readonly enrollments: readonly PackageEnrollment[];
}

type Services = Pick<CommandServices, 'handler' | 'clock' | 'settings'>;
type Outcomes = Outcome<Approved, ApprovalRejection>;

/** The steps follow from the approval alone: whoever settles it repeats them, and they are carried out once. */
const stepOf = ({ approvalId }: Approval, step: string, context: CommandContext): CommandContext => ({
  ...context,
  commandId: uuidV5(step, approvalId),
  causationId: context.commandId,
});

const payment = async ({ handler }: Services, { payerId, paymentId }: Approval): Promise<PackagePayment | undefined> =>
  (await handler.load(aggregates.packagePurchases, payerId)).state.payments.get(paymentId);

/** Who is enrolled in what: each participant in an own course, of a bundle the payer in each. */
const enrollmentsOf = ({ paymentId, payerId, courses, group }: PackagePayment): readonly PackageEnrollment[] => {
  const pairs = group === null ? courses.map(({ courseId }) => ({ userId: payerId, courseId })) : group.participants;
  return pairs.map(({ userId, courseId }) => ({ enrollmentId: uuidV5(`academy-enrollment.${userId}.${courseId}`, paymentId), userId, courseId }));
};

const refusalOf = ({ reason, courseId, userId, used, quota }: RefusedApproval, { courses, packageType: pool }: PackagePayment): Refusal<SeatBookRejection> => {
  const title = courses.find((course) => course.courseId === courseId)?.title ?? '';
  return reason === 'full' ? reject('seats-full', { courseId, title, used, quota, pool }) : reject('seat-taken-by-user', { userId, courseId, title });
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

const refuse = async (services: Services, approval: Approval, { rejection, details = {} }: Refusal<SeatBookRejection>, context: CommandContext): Promise<void> => {
  const { payerId, paymentId, approvalId } = approval;
  const isFull = rejection === 'seats-full';
  const data = {
    paymentId,
    approvalId,
    reason: isFull ? 'full' : 'taken',
    courseId: text(details['courseId']),
    userId: isFull ? null : text(details['userId']),
    used: count(details['used']),
    quota: count(details['quota']),
    at: services.clock.now().toISOString(),
  } as const;
  await services.handler.handle(aggregates.packagePurchases, payerId, { type: 'RefusePackagePaymentApproval', data }, stepOf(approval, 'refuse-approval', context));
};

/** Takes the seats and approves, or refuses the approval. */
const decideApproval = async (services: Services, approval: Approval, waiting: PackagePayment, context: CommandContext): Promise<void> => {
  const { handler, clock, settings } = services;
  const { payerId, paymentId, approvalId } = approval;
  const at = clock.now().toISOString();
  const enrollments = enrollmentsOf(waiting);
  const pool = waiting.packageType;
  const seats = { paymentId, approvalId, pool, seats: enrollments, quota: settings.academy.seats[pool], at };
  const taken = await handler.handle(aggregates.seatBook, SEAT_BOOK, { type: 'TakeSeats', data: seats }, stepOf(approval, 'take-seats', context));
  if (!taken.ok) return refuse(services, approval, taken, context);
  const data = { paymentId, approvalId, enrollments, at };
  await handler.handle(aggregates.packagePurchases, payerId, { type: 'ApprovePackagePayment', data }, stepOf(approval, 'approve', context));
};

/** A grant that was revoked meanwhile stays revoked. */
const grant = async ({ handler, clock }: Services, approval: Approval, enrollments: readonly PackageEnrollment[], context: CommandContext): Promise<Effect> => {
  const granted = await Promise.all(
    enrollments.map(({ userId: studentId, courseId }) => {
      const data = { studentId, courseId, grantId: approval.paymentId, source: 'package', at: clock.now().toISOString() } as const;
      const step = stepOf(approval, `grant ${studentId} ${courseId}`, context);
      return handler.handle(aggregates.enrollment, `${studentId}.${courseId}`, { type: 'GrantAccess', data }, step);
    }),
  );
  return combined(...granted.map(effectOf));
};

/**
 * Carries an approval that was begun to its end: the seats are taken, all of them, and who takes part is enrolled and the payment
 * invoiced, or it waits again. The same however often, by whom and how late it is asked.
 */
export const settleApproval = async (services: Services, approval: Approval, context: CommandContext): Promise<Outcomes> => {
  const before = await payment(services, approval);
  if (before === undefined) return reject('package-payment-not-found', { paymentId: approval.paymentId });
  if (before.status === 'approving' && before.approvalId === approval.approvalId) await decideApproval(services, approval, before, context);
  const { state, position } = await services.handler.load(aggregates.packagePurchases, approval.payerId);
  const after = state.payments.get(approval.paymentId) ?? before;
  if (after.refused?.approvalId === approval.approvalId) return refusalOf(after.refused, after);
  if (after.status !== 'approved' || after.approvalId !== approval.approvalId) return reject('package-payment-not-found', { paymentId: approval.paymentId });
  const enrollments = enrollmentsOf(after);
  const granted = await grant(services, approval, enrollments, context);
  const invoiced = await invoicePackage(services, after, stepOf(approval, 'request-invoice', context));
  return succeeded({ enrollments }, { position, changed: true }, granted, effectOf(invoiced));
};
