import { categoryNames } from '../kernel/category-names.js';
import { projection, rule, where } from '../kernel/projection.js';
import { courses, EVERYONE, UNPUBLISHED, type CourseDocument } from './document.js';

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

const audienceOf = ({ published, deleted, organizationPrivate, organizationId }: CourseDocument): string | null => {
  if (deleted) return null;
  if (!published) return UNPUBLISHED;
  return organizationPrivate ? organizationId : EVERYONE;
};

const withAudience = (course: CourseDocument): CourseDocument => ({ ...course, audience: audienceOf(course) });

/** A change of a course that is there. */
const changed =
  <E>(change: (course: CourseDocument, event: E) => Partial<CourseDocument>) =>
  (course: CourseDocument | undefined, event: E): CourseDocument | undefined =>
    course && withAudience({ ...course, ...change(course, event) });

const categories = categoryNames(courses);

export const coursesProjection = projection({
  name: 'courses',
  version: 6,
  collections: [courses, categories.collection],
  rules: [
    rule(courses, 'CourseCreated', courseOf, (_, { data }) => {
      const { courseId, categoryId = null, thumbnailFile: _thumbnail, trailerFile: _trailer, academyQuota: _quota, ...course } = data;
      return {
        ...course,
        id: courseId,
        categoryId,
        published: false,
        deleted: false,
        termId: null,
        levelId: null,
        audience: UNPUBLISHED,
        seatsInUse: 0,
        editors: [],
        updatedAt: data.createdAt,
      };
    }),
    rule(courses, 'CoursePublished', courseOf, changed((_, { data }) => ({ published: true, updatedAt: data.publishedAt }))),
    rule(courses, 'CourseUnpublished', courseOf, changed((_, { data }) => ({ published: false, updatedAt: data.unpublishedAt }))),
    rule(courses, 'CourseDetailsChanged', courseOf, changed((_, { data }) => {
      const { courseId: _id, changedAt, thumbnailFile: _thumbnail, trailerFile: _trailer, replacedFiles: _replaced, academyQuota: _quota, ...details } = data;
      return { ...details, updatedAt: changedAt };
    })),
    rule(courses, 'CourseRepriced', courseOf, changed((_, { data }) => ({
      price: data.price,
      currency: data.currency,
      updatedAt: data.repricedAt,
    }))),
    rule(courses, 'CourseVisibilityChanged', courseOf, changed((_, { data }) => ({
      organizationPrivate: data.organizationPrivate,
      updatedAt: data.changedAt,
    }))),
    rule(courses, 'CourseTermAssigned', courseOf, changed((_, { data }) => ({ termId: data.termId, updatedAt: data.assignedAt }))),
    rule(courses, 'CourseLevelAssigned', courseOf, changed((_, { data }) => ({ levelId: data.levelId, updatedAt: data.assignedAt }))),
    rule(courses, 'CourseCapacityChanged', courseOf, changed((_, { data }) => ({
      capacity: data.capacity,
      updatedAt: data.changedAt,
    }))),
    rule(courses, 'CourseEditorAdded', courseOf, changed((course, { data }) => ({
      editors: [...course.editors.filter((editor) => editor !== data.editorId), data.editorId],
      updatedAt: data.addedAt,
    }))),
    rule(courses, 'CourseEditorRemoved', courseOf, changed((course, { data }) => ({
      editors: course.editors.filter((editor) => editor !== data.editorId),
      updatedAt: data.removedAt,
    }))),
    rule(courses, 'CourseDeleted', courseOf, changed((_, { data }) => ({ deleted: true, updatedAt: data.deletedAt }))),
    rule(courses, 'CourseSeatReserved', courseOf, changed((course) => ({ seatsInUse: course.seatsInUse + 1 }))),
    rule(courses, 'CourseSeatOccupied', courseOf, changed((course) => ({ seatsInUse: course.seatsInUse + 1 }))),
    rule(courses, 'CourseSeatReleased', courseOf, changed((course) => ({ seatsInUse: Math.max(0, course.seatsInUse - 1) }))),
    ...categories.rules,
  ],
  fanOuts: [
    where(courses, 'LevelDeleted', 'levelId', ({ data }) => data.recordId, (course) => ({ ...course, levelId: null })),
    where(courses, 'TermDeleted', 'termId', ({ data }) => data.recordId, (course) => ({ ...course, termId: null })),
    ...categories.fanOuts,
  ],
});
