import { lookingUp, projection, rule, type ProjectionRule } from '../kernel/projection.js';
import { academyCourses, sessionPlaces, type AcademyCourseDocument, type ClassSession, type SessionPlaceDocument } from './document.js';

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

/** A change of a course of the academy; other courses are none of it. */
const changed =
  <E>(change: (event: E, course: AcademyCourseDocument) => Partial<AcademyCourseDocument>) =>
  (course: AcademyCourseDocument | undefined, event: E): AcademyCourseDocument | undefined =>
    course && { ...course, ...change(event, course) };

const sessionOf = ({ data }: { readonly data: { readonly recordId: string } }): string => data.recordId;
const placeLookup = { collection: sessionPlaces, ids: sessionOf };
const placesOf = (_event: object, found: readonly SessionPlaceDocument[]): readonly string[] => found.map(({ courseId }) => courseId);

const isBefore = (one: ClassSession, other: ClassSession): boolean => (one.startAt === other.startAt ? one.createdAt < other.createdAt : one.startAt < other.startAt);

const withSession = (course: AcademyCourseDocument, session: ClassSession): AcademyCourseDocument => ({
  ...course,
  sessions: [...course.sessions.filter(({ id }) => id !== session.id), session].toSorted((one, other) => (isBefore(one, other) ? -1 : 1)),
});

const ofSessions: readonly ProjectionRule[] = [
  rule(sessionPlaces, 'ClassSessionCreated', sessionOf, (_, { data: { fields } }, id) => ({ id, courseId: fields.courseId })),
  rule(academyCourses, 'ClassSessionCreated', ({ data }) => data.fields.courseId, (course, { data }) => {
    const { recordId: id, fields: { startAt, durationHrs, description = '' }, createdAt } = data;
    return course && withSession(course, { id, startAt, durationHrs, description, createdAt, updatedAt: createdAt });
  }),
  lookingUp(academyCourses, 'ClassSessionChanged', placeLookup, placesOf, (course, { data }) => {
    const before = course?.sessions.find(({ id }) => id === data.recordId);
    if (course === undefined || before === undefined) return course;
    const { startAt = before.startAt, durationHrs = before.durationHrs, description = data.cleared?.includes('description') === true ? '' : before.description } = data.fields;
    return withSession(course, { ...before, startAt, durationHrs, description, updatedAt: data.changedAt });
  }),
  lookingUp(academyCourses, 'ClassSessionDeleted', placeLookup, placesOf, (course, { data }) =>
    course && { ...course, sessions: course.sessions.filter(({ id }) => id !== data.recordId) }),
  rule(sessionPlaces, 'ClassSessionDeleted', sessionOf, () => undefined),
];

export const academyCoursesProjection = projection({
  name: 'academy-courses',
  version: 2,
  collections: [academyCourses, sessionPlaces],
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
    ...ofSessions,
  ],
});
