import type { EnrollmentRefusal } from '../../commands/enrollments/enroll-with-teacher.js';
import type { EnrollmentRejection } from '../../domain/enrollment/decider.js';
import type { Answer } from './answer.js';
import type { CouponCode } from './coupon.js';
import type { CourseCode } from './course.js';
import type { CurriculumCode } from './curriculum.js';
import type { OrganizationCode } from './organization.js';
import type { PaymentCode } from './payment.js';
import type { TeachingCode } from './teaching.js';

type Refused = Exclude<EnrollmentRejection | EnrollmentRefusal, CouponCode | CourseCode | CurriculumCode | OrganizationCode | PaymentCode | TeachingCode>;

export const enrollmentRefusals = {
  'not-enrolled': ['not-found', 'The student has nothing of the course.'],
  'not-own-enrollment': ['forbidden', 'Only the student can do this.'],
  'already-enrolled': ['conflict', 'The student is already enrolled in the course.'],
  'coupon-required': ['unprocessable', 'A coupon of the teacher opens it.'],
  'module-not-published': ['unprocessable', 'The module is not published.'],
  'purchase-under-way': ['conflict', 'Another payment for the course is under way.'],
  'grant-already-revoked': ['conflict', 'This access to the course was revoked for good.'],
} satisfies Record<Refused | 'not-own-enrollment', Answer>;

export type EnrollmentCode = keyof typeof enrollmentRefusals;
