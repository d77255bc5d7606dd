import type { Static } from 'typebox';
import { toNumber } from '../../../domain/kernel/money.js';
import type { CourseDocument } from '../../../projections/courses/queries.js';
import type { EnrollmentDocument, OwnedCourse } from '../../../projections/enrollments/queries.js';
import { shownLink } from '../../shared/text-schemas.js';
import type { Course, Enrollment, PurchasedCourse } from './schemas.js';

type NamedOtherwise = Pick<CourseDocument, 'price' | 'tags' | 'published' | 'organizationPrivate' | 'thumbnailUrl'>;

/** What the answer has under another name or in another form; the serializer leaves out what no schema names. */
const renamed = ({ price, tags, published, organizationPrivate, thumbnailUrl }: NamedOtherwise) => ({
  price: toNumber(price),
  tags: [...tags],
  thumbnailUrl: shownLink(thumbnailUrl),
  isPublished: published,
  isOrgPrivate: organizationPrivate,
});

export const presentCourse = (course: CourseDocument): Static<typeof Course> => ({
  ...course,
  ...renamed(course),
  seatsLeft: course.capacity === null ? null : Math.max(0, course.capacity - course.seatsInUse),
  editors: [...course.editors],
});

export const presentPurchasedCourse = ({ course, enrollment }: OwnedCourse): Static<typeof PurchasedCourse> => ({
  ...course,
  ...renamed(course),
  isDeleted: course.deleted,
  enrolledAt: enrollment.enrolledAt,
});

export const presentEnrollment = (enrollment: EnrollmentDocument): Static<typeof Enrollment> => ({
  ...enrollment,
  status: enrollment.active ? 'active' : 'ended',
  sources: enrollment.grants.map(({ source }) => source),
});
