import type { DomainEvent, EventOfType } from '../../src/domain/events.js';
import type { Published } from './projected.js';

type Submitted = EventOfType<'PackagePaymentSubmitted'>['data'];

/** Minutes of one morning. */
export const minute = (number: number): string => new Date(Date.UTC(2026, 2, 1, 8, number)).toISOString();

const of = (payerId: string, event: DomainEvent): Published => [`packagePurchases-${payerId}`, event];

/** A payment for an ENTRY course, unless the changes say otherwise. */
export const submitted = (paymentId: string, payerId: string, changes: Partial<Submitted> = {}): Published => {
  const { courses = [{ courseId: 'html', title: 'HTML' }], ...others } = changes;
  const data: Submitted = {
    paymentId,
    payerId,
    packageId: 'entry',
    packageName: 'Entry',
    packageType: 'ENTRY',
    price: 49_000,
    courseId: courses[0]?.courseId ?? null,
    courses,
    payerType: 'UMUM',
    proofLink: `https://proofs.example/${paymentId}`,
    group: null,
    submittedAt: minute(0),
    ...others,
  };
  return of(payerId, { type: 'PackagePaymentSubmitted', data });
};

export const bundled = (paymentId: string, payerId: string, changes: Partial<Submitted> = {}): Published =>
  submitted(paymentId, payerId, {
    packageId: 'both',
    packageName: 'Both',
    packageType: 'BUNDLE',
    price: 130_000,
    courses: [{ courseId: 'html', title: 'HTML' }, { courseId: 'react', title: 'React' }],
    ...changes,
    courseId: null,
  });

/** Each person with a course. */
export const grouped = (paymentId: string, payerId: string, choices: readonly (readonly [userId: string, courseId: string])[], changes: Partial<Submitted> = {}): Published =>
  submitted(paymentId, payerId, {
    packageId: 'intermediate',
    packageName: 'Intermediate',
    packageType: 'INTERMEDIATE',
    price: 90_000,
    courses: [...new Set(choices.map(([, courseId]) => courseId))].map((courseId) => ({ courseId, title: courseId })),
    group: {
      participants: choices.map(([userId, courseId]) => ({ userId, courseId, courseName: courseId })),
      originalAmount: `${choices.length * 90_000}.00`,
      discountedAmount: `${choices.length * 81_000}.00`,
    },
    inviteEmails: choices.slice(1).map(([userId]) => `${userId}@example.org`),
    ...changes,
    courseId: null,
  });

export const proofReplaced = (paymentId: string, payerId: string, proofLink: string, replacedAt = minute(90)): Published =>
  of(payerId, { type: 'PackagePaymentProofReplaced', data: { paymentId, proofLink, replacedAt } });

const enrolled = (paymentId: string, pairs: readonly (readonly [userId: string, courseId: string])[]) =>
  pairs.map(([userId, courseId]) => ({ enrollmentId: `${paymentId}.${userId}.${courseId}`, userId, courseId }));

type Pool = EventOfType<'PackageSeatsTaken'>['data']['pool'];
type Pairs = readonly (readonly [userId: string, courseId: string])[];

export const seatsTakenFor = (paymentId: string, pool: Pool, pairs: Pairs): Published => [
  'seatBook-all',
  { type: 'PackageSeatsTaken', data: { paymentId, approvalId: `${paymentId}.approval`, pool, seats: enrolled(paymentId, pairs), takenAt: minute(100) } },
];

export const seatReleased = (paymentId: string, pool: Pool, userId: string, courseId: string): Published => [
  'seatBook-all',
  { type: 'PackageSeatReleased', data: { paymentId, pool, enrollmentId: `${paymentId}.${userId}.${courseId}`, userId, courseId, reason: 'ended', releasedAt: minute(110) } },
];

/** Its seats are taken, and then it is approved. */
export const approved = (paymentId: string, payerId: string, packageType: Pool, pairs: Pairs): readonly Published[] => [
  seatsTakenFor(paymentId, packageType, pairs),
  of(payerId, {
    type: 'PackagePaymentApproved',
    data: { paymentId, approvalId: `${paymentId}.approval`, payerId, packageId: 'package', packageType, enrollments: enrolled(paymentId, pairs), approvedAt: minute(100) },
  }),
];

export const deleted = (paymentId: string, payerId: string): Published =>
  of(payerId, { type: 'PackagePaymentDeleted', data: { paymentId, deletedAt: minute(105) } });
