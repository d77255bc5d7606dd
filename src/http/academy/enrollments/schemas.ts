import { Type } from 'typebox';
import { Nullable } from '../../../domain/kernel/event-schema.js';
import { Instant } from '../../shared/text-schemas.js';
import { Course } from '../courses/schemas.js';
import { Uuid } from '../fields.js';
import { PagedQuery, Pagination } from '../paging.js';
import { Payment } from '../payments/schemas.js';

const status = Type.Enum(['ENROLLED', 'NOT_ENROLLED']);

export const Enrollment = Type.Object({
  id: Type.String(),
  paymentId: Type.String(),
  userId: Type.String(),
  courseId: Type.String(),
  status,
  progress: Type.Number(),
  packageId: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** The course, or what it is called where the academy has it no more. */
const course = Type.Union([Course, Type.Object({ id: Type.String(), title: Type.String() })]);

export const EnrollmentWithCourse = Type.Object({ ...Enrollment.properties, course });

export const ListedEnrollment = Type.Object({
  ...EnrollmentWithCourse.properties,
  payment: Nullable(Payment),
  user: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
});

export const EnrollmentPage = Type.Object({ enrollments: Type.Array(ListedEnrollment), pagination: Pagination });

export const EnrollmentQuery = Type.Object({
  ...PagedQuery.properties,
  status: Type.Optional(status),
  userId: Type.Optional(Uuid),
  courseId: Type.Optional(Uuid),
  packageId: Type.Optional(Uuid),
  startDate: Type.Optional(Instant({ description: 'Of createdAt, included' })),
  endDate: Type.Optional(Instant({ description: 'Of createdAt, included: of a date the whole day, in UTC' })),
});
