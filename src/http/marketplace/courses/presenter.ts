import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { CourseDocument } from '../../../projections/courses/queries.js';
import type { EnrollmentDocument, OwnedCourse } from '../../../projections/enrollments/queries.js';
import type { Course, Enrollment, PurchasedCourse } from './schemas.js';

export const presentCourse = (course: CourseDocument): Static<typeof Course> => ({
  id: course.id,
  title: course.title,
  description: course.description,
  thumbnailUrl: course.thumbnailUrl,
  level: course.level,
  category: course.category,
  price: toNumber(course.price),
  currency: course.currency,
  tags: [...course.tags],
  isPublished: course.published,
  organizationId: course.organizationId,
  isOrgPrivate: course.organizationPrivate,
  capacity: course.capacity,
  seatsLeft: course.capacity === null ? null : Math.max(0, course.capacity - course.seatsInUse),
  instructorId: course.instructorId,
  editors: [...course.editors],
  createdAt: course.createdAt,
  updatedAt: course.updatedAt,
});

export const presentPurchasedCourse = ({ course, enrollment }: OwnedCourse): Static<typeof PurchasedCourse> => ({
  id: course.id,
  title: course.title,
  description: course.description,
  thumbnailUrl: course.thumbnailUrl,
  level: course.level,
  category: course.category,
  price: toNumber(course.price),
  currency: course.currency,
  tags: [...course.tags],
  isPublished: course.published,
  organizationId: course.organizationId,
  isOrgPrivate: course.organizationPrivate,
  instructorId: course.instructorId,
  createdAt: course.createdAt,
  isDeleted: course.deleted,
  enrolledAt: enrollment.enrolledAt,
});

export const presentEnrollment = (enrollment: EnrollmentDocument): Static<typeof Enrollment> => ({
  id: enrollment.id,
  studentId: enrollment.studentId,
  courseId: enrollment.courseId,
  status: enrollment.active ? 'active' : 'ended',
  sources: enrollment.grants.map(({ source }) => source),
  enrolledAt: enrollment.enrolledAt,
});
