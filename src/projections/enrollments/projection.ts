import { categoryNames } from '../kernel/category-names.js';
import { projection, rule } from '../kernel/projection.js';
import { enrolledCourses, enrollments, type EnrolledCourseDocument, type EnrollmentDocument } from './document.js';

interface Enrolling {
  readonly data: { readonly studentId: string; readonly courseId: string };
}

const enrollmentOf = ({ data }: Enrolling): string => `${data.studentId}.${data.courseId}`;
const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

/** The events of one decision may come in any order, so each creates a missing document. */
const changed =
  <E extends Enrolling>(change: (enrollment: EnrollmentDocument, event: E) => Partial<EnrollmentDocument>) =>
  (known: EnrollmentDocument | undefined, event: E, id: string): EnrollmentDocument => {
    const { studentId, courseId } = event.data;
    const enrollment = known ?? { id, studentId, courseId, grants: [], active: false, enrolledAt: null, endedAt: null };
    return { ...enrollment, ...change(enrollment, event) };
  };

const courseChanged =
  <E>(change: (event: E) => Partial<EnrolledCourseDocument>) =>
  (course: EnrolledCourseDocument | undefined, event: E): EnrolledCourseDocument | undefined =>
    course === undefined ? undefined : { ...course, ...change(event) };

const categories = categoryNames(enrolledCourses);

export const enrollmentsProjection = projection({
  name: 'enrollments',
  version: 2,
  collections: [enrollments, enrolledCourses, categories.collection],
  rules: [
    rule(enrollments, 'StudentEnrolled', enrollmentOf, changed((_, { data }) => ({
      active: true,
      enrolledAt: data.enrolledAt,
      endedAt: null,
    }))),
    rule(enrollments, 'AccessGranted', enrollmentOf, changed(({ grants }, { data: { grantId, source, grantedAt } }) => ({
      grants: [...grants.filter((grant) => grant.grantId !== grantId), { grantId, source, grantedAt }],
    }))),
    rule(enrollments, 'AccessRevoked', enrollmentOf, changed(({ grants }, { data }) => ({
      grants: grants.filter((grant) => grant.grantId !== data.grantId),
    }))),
    rule(enrollments, 'EnrollmentEnded', enrollmentOf, changed((_, { data }) => ({ active: false, endedAt: data.endedAt }))),

    rule(enrolledCourses, 'CourseCreated', courseOf, (_, { data }) => {
      const { courseId, capacity: _capacity, categoryId = null, thumbnailFile: _thumbnail, trailerFile: _trailer, ...course } = data;
      return { ...course, id: courseId, categoryId, published: false, deleted: false };
    }),
    rule(enrolledCourses, 'CourseDetailsChanged', courseOf, courseChanged(({ data }) => {
      const { courseId: _id, changedAt: _at, thumbnailFile: _thumbnail, trailerFile: _trailer, replacedFiles: _replaced, ...details } = data;
      return details;
    })),
    rule(enrolledCourses, 'CourseRepriced', courseOf, courseChanged(({ data: { price, currency } }) => ({ price, currency }))),
    rule(enrolledCourses, 'CourseVisibilityChanged', courseOf, courseChanged(({ data: { organizationPrivate } }) => ({
      organizationPrivate,
    }))),
    rule(enrolledCourses, 'CoursePublished', courseOf, courseChanged(() => ({ published: true }))),
    rule(enrolledCourses, 'CourseUnpublished', courseOf, courseChanged(() => ({ published: false }))),
    rule(enrolledCourses, 'CourseDeleted', courseOf, courseChanged(() => ({ deleted: true }))),
    ...categories.rules,
  ],
  fanOuts: categories.fanOuts,
});
