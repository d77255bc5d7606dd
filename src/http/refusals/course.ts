import type { SaleRejection } from '../../commands/courses/course-on-sale.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import type { Answer } from './answer.js';
import type { PaymentCode } from './payment.js';

type Refused = Exclude<CourseRejection | SaleRejection | 'course-category-not-found' | 'course-free' | 'course-not-free', PaymentCode>;

export const courseRefusals = {
  'course-not-found': ['not-found', 'The course does not exist.'],
  'course-already-exists': ['conflict', 'The course already exists.'],
  'course-incomplete': ['unprocessable', 'The course is not complete enough to be published.'],
  'course-in-packages-only': ['conflict', 'The academy sells this course, in packages: it is on sale nowhere else.'],
  'course-without-organization': ['unprocessable', 'Only a course of an organization can be private to it, or have a term or level of it.'],
  'course-not-without-price': ['invalid', 'The price of a free course is 0.', 'price'],
  'course-without-price': ['invalid', 'A course that is not free has a price.', 'price'],
  'course-category-not-found': ['invalid', 'There is no such category.', 'category'],
  'course-deleted': ['not-found', 'The course does not exist.'],
  'course-not-published': ['conflict', 'The course is not published.'],
  'course-private': ['forbidden', 'The course is for members of its organization only.'],
  'course-full': ['conflict', 'The course has no free seat.'],
  'course-free': ['unprocessable', 'The course is free: it is enrolled in, not bought.'],
  'course-not-free': ['payment-required', 'The course is not free: it has to be paid for.'],
  'not-course-owner': ['forbidden', 'Only the instructor of the course may do this.'],
  'not-course-editor': ['forbidden', 'Only the instructor and the editors of the course may do this.'],
  'owner-cannot-be-editor': ['conflict', 'The instructor of the course is already allowed to edit it.'],
  'capacity-invalid': ['invalid', 'The capacity is a whole number of at least one seat.'],
  'capacity-below-seats': ['conflict', 'More seats than this capacity are taken.'],
  'seat-not-reserved': ['conflict', 'No seat of the course is reserved for this purchase.'],
} satisfies Record<Refused, Answer>;

export type CourseCode = keyof typeof courseRefusals;
