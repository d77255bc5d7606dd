import { projection, rule } from '../kernel/projection.js';
import { academyCourses, type AcademyCourseDocument } from './document.js';

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

/** A change of a course of the academy; other courses are none of it. */
const changed =
  <E>(change: (event: E, course: AcademyCourseDocument) => Partial<AcademyCourseDocument>) =>
  (course: AcademyCourseDocument | undefined, event: E): AcademyCourseDocument | undefined =>
    course && { ...course, ...change(event, course) };

export const academyCoursesProjection = projection({
  name: 'academy-courses',
  version: 1,
  collections: [academyCourses],
  rules: [
    rule(academyCourses, 'CourseCreated', courseOf, (_, { data }, id) => {
      const { title, description, level, academyQuota: quota = null, createdAt } = data;
      return quota === null ? undefined : { id, title, description, level, quota, deleted: false, createdAt, updatedAt: createdAt, sessions: [] };
    }),
    rule(academyCourses, 'CourseDetailsChanged', courseOf, changed(({ data }, course) => {
      const { title = course.title, description = course.description, level = course.level, changedAt: updatedAt } = data;
      return { title, description, level, quota: data.academyQuota ?? course.quota, updatedAt };
    })),
    rule(academyCourses, 'CourseDeleted', courseOf, changed(({ data }) => ({ deleted: true, updatedAt: data.deletedAt }))),
  ],
});
