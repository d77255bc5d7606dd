import { MOST_PACKAGE_PAYMENTS, type PackagePurchasesRejection } from '../../domain/package-purchases/decider.js';
import type { ApprovalRejection } from '../../commands/packages/settle-approval.js';
import type { GroupPaymentRejection } from '../../commands/packages/submit-group-payment.js';
import type { PackagePaymentRejection } from '../../commands/packages/submit-package-payment.js';
import type { SeatBookRejection } from '../../domain/seat-book/decider.js';
import type { Answer } from './answer.js';

type Known = 'account-not-found' | 'course-not-found' | 'package-not-found' | 'package-course-absent';
type RefusedByUseCases = Exclude<PackagePaymentRejection | GroupPaymentRejection | ApprovalRejection, Known>;

export const packagePurchasesRefusals = {
  'payer-type-differs': ['invalid', 'The type is not that of the account.', 'type'],
  'package-course-required': ['invalid', 'The package needs one of its courses.', 'courseId'],
  'package-course-forbidden': ['invalid', 'A bundle has all of its courses: none is chosen.', 'courseId'],
  'intermediate-already-paid': ['conflict', 'The person has an intermediate course or a bundle already, or has paid for one.'],
  'bundle-not-alone': ['conflict', 'A bundle is for who has no other course, and has paid for none.'],
  'bundle-already-paid': ['conflict', 'Who has a bundle, or has paid for one, needs no other course.'],
  'package-type-already-paid': ['conflict', 'The person has a course of this level already, or has paid for one.'],
  'too-many-package-payments': ['conflict', `There can be at most ${MOST_PACKAGE_PAYMENTS} payments of one person.`],
  'package-payment-not-found': ['not-found', 'The payment does not exist.'],
  'package-payment-approved': ['conflict', 'The payment is approved already.'],
  'package-payment-is-group': ['conflict', 'This is a payment of a group.'],
  'package-payment-not-group': ['conflict', 'This is no payment of a group.'],
  'package-not-for-groups': ['conflict', 'Groups pay for intermediate packages only.'],
  'creator-course-absent': ['invalid', 'The course is not in the package.', 'creatorCourseId'],
  'no-valid-members': ['invalid', 'None of the members can be invited.', 'members'],
  'not-the-payer': ['forbidden', 'Only who made the payment can do this.'],
  'seats-full': ['conflict', 'No seat is left in the course.'],
  'seat-taken-by-user': ['conflict', 'The person has a seat in the course already.'],
} as const satisfies Record<PackagePurchasesRejection | SeatBookRejection | RefusedByUseCases | 'not-the-payer', Answer>;
