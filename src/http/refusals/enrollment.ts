import type { EnrollRejection } from '../../commands/enrollments/enroll-in-free-course.js';
import type { EnrollmentRejection } from '../../domain/enrollment/decider.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';
import type { OrganizationCode } from './organization.js';
import type { PaymentCode } from './payment.js';

type Refused = Exclude<EnrollmentRejection | EnrollRejection, CourseCode | OrganizationCode | PaymentCode>;

export const enrollmentRefusals = {
  'not-enrolled': ['not-found', 'The student has nothing of the course.'],
  'already-enrolled': ['conflict', 'The student is already enrolled in the course.'],
  'purchase-under-way': ['conflict', 'Another payment for the course is under way.'],
  'grant-already-revoked': ['conflict', 'This access to the course was revoked for good.'],
} satisfies Record<Refused, Answer>;

export type EnrollmentCode = keyof typeof enrollmentRefusals;
