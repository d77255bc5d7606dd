import type { Static } from 'typebox';
import { academyCoursesByIds, type AcademyCourseDocument } from '../../../projections/academy-courses/queries.js';
import type { AcademyEnrollmentDocument } from '../../../projections/academy-enrollments/queries.js';
import { accountsByIds } from '../../../projections/accounts/queries.js';
import { packagePaymentsByIds } from '../../../projections/package-payments/queries.js';
import type { ReadModels } from '../../../ports/read-models.js';
import { presentCourse } from '../courses/presenter.js';
import { UNKNOWN_COURSE } from '../payments/names.js';
import { presentPayment } from '../payments/presenter.js';
import { shownPerson } from '../people.js';
import type { Enrollment, EnrollmentWithCourse, ListedEnrollment } from './schemas.js';

export const presentEnrollment = ({ listedAs: _listedAs, ...enrollment }: AcademyEnrollmentDocument): Static<typeof Enrollment> => enrollment;

const courseOf = (id: string, course: AcademyCourseDocument | undefined): Static<typeof EnrollmentWithCourse>['course'] =>
  course === undefined || course.deleted ? { id, title: course?.title ?? UNKNOWN_COURSE } : presentCourse(course);

export const withCourses = async (readModels: ReadModels, enrollments: readonly AcademyEnrollmentDocument[]): Promise<Static<typeof EnrollmentWithCourse>[]> => {
  const courses = await academyCoursesByIds(readModels, enrollments.map(({ courseId }) => courseId));
  return enrollments.map((enrollment, index) => ({ ...presentEnrollment(enrollment), course: courseOf(enrollment.courseId, courses[index]) }));
};

/** As admins list them: whoever is gone has no name. */
export const listed = async (readModels: ReadModels, enrollments: readonly AcademyEnrollmentDocument[]): Promise<Static<typeof ListedEnrollment>[]> => {
  const [shown, payments, accounts] = await Promise.all([
    withCourses(readModels, enrollments),
    packagePaymentsByIds(readModels, enrollments.map(({ paymentId }) => paymentId)),
    accountsByIds(readModels, enrollments.map(({ userId }) => userId)),
  ]);
  return shown.map((enrollment, index) => {
    const payment = payments[index];
    return { ...enrollment, payment: payment === undefined ? null : presentPayment(payment), user: shownPerson(enrollment.userId, accounts[index]) };
  });
};
