import { Type, type Static } from 'typebox';
import { DecimalString, defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { PackageType, Rupiah } from '../package-catalog/events.js';

const paymentId = Id;

export const PayerType = Type.Enum(['DIKE', 'UMUM']);
export type PayerType = Static<typeof PayerType>;

/** A course as it was called when the payment was made. */
export const PaidCourse = Type.Object({ courseId: Id, title: Type.String() });

/** Of a group payment, the payer included. */
export const Participant = Type.Object({ userId: Id, courseId: Id, courseName: Type.String() });
export type Participant = Readonly<Static<typeof Participant>>;

export const GroupTerms = Type.Object({
  /** The payer first. */
  participants: Type.Array(Participant, { minItems: 2, maxItems: 11 }),
  /** For all participants, at the price of the package, and at the price for groups. */
  originalAmount: DecimalString,
  discountedAmount: DecimalString,
});
export type GroupTerms = Readonly<Static<typeof GroupTerms>>;

export const PackageEnrollment = Type.Object({ enrollmentId: Id, userId: Id, courseId: Id });
export type PackageEnrollment = Readonly<Static<typeof PackageEnrollment>>;

/** One stream for each payer, so that what a person may buy beside what is a fact of it. Chained by hashes. */
export const packagePurchasesEvents = [
  defineEvent('PackagePaymentSubmitted', 'A person paid for a package and sent the proof; an admin will look at it.', {
    paymentId,
    payerId: Id,
    packageId: Id,
    packageName: Type.String(),
    packageType: PackageType,
    price: Rupiah,
    /** Null of a bundle, which opens all of `courses`, and of a group, where each participant has an own one. */
    courseId: Nullable(Id),
    courses: Type.Array(PaidCourse),
    payerType: PayerType,
    proofLink: Personal(Type.String()),
    group: Nullable(GroupTerms),
    /** Of the members of a group, in their order. */
    inviteEmails: Type.Optional(Personal(Type.Array(Type.String()))),
    submittedAt: Timestamp,
  }),
  defineEvent('PackagePaymentProofReplaced', 'The payer sent another proof.', { paymentId, proofLink: Personal(Type.String()), replacedAt: Timestamp }),
  defineEvent('PackagePaymentApprovalBegun', 'An admin approves: seats are taken next. Until that is decided the payment can not be deleted.', {
    paymentId,
    /** Named after the attempt: an approval that was refused can be asked for again. */
    approvalId: Id,
    begunAt: Timestamp,
  }),
  defineEvent('PackagePaymentApprovalRefused', 'There was no seat: the payment waits again.', {
    paymentId,
    approvalId: Id,
    /** full: no seat of the pool is left in the course. taken: the person has a seat in the course already. */
    reason: Type.Enum(['full', 'taken']),
    courseId: Id,
    /** Who has a seat already; null where there is none. */
    userId: Nullable(Id),
    /** Seats of the pool that were taken, and that there are. */
    used: Type.Integer({ minimum: 0 }),
    quota: Type.Integer({ minimum: 0 }),
    refusedAt: Timestamp,
  }),
  defineEvent('PackagePaymentApproved', 'The seats are taken: who takes part is enrolled, all of them.', {
    paymentId,
    approvalId: Id,
    payerId: Id,
    packageId: Id,
    packageType: PackageType,
    enrollments: Type.Array(PackageEnrollment, { minItems: 1 }),
    approvedAt: Timestamp,
  }),
  defineEvent('PackagePaymentDeleted', 'An admin deleted a payment that was not approved: it was not good.', { paymentId, deletedAt: Timestamp }),
] as const;

export type PackagePurchasesEvent = EventOf<(typeof packagePurchasesEvents)[number]>;
