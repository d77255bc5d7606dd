import type { EventType } from '../../domain/events.js';
import { lookingUp, projection, rule, where, type FanOutRule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import {
  courseEnrollments,
  learningCourses,
  moduleEnrollments,
  type CourseEnrollmentDocument,
  type LearningCourseDocument,
  type ModuleEnrollmentDocument,
} from './document.js';

interface OfPair {
  readonly data: { readonly studentId: string; readonly courseId: string };
}
interface OfModule {
  readonly data: { readonly studentId: string; readonly moduleId: string };
}
type OfEnrollment = Extract<EventType, 'StudentEnrolled' | 'EnrollmentEnded' | 'ModuleAccessGranted' | 'ModuleAccessRevoked'>;
type Changes = Partial<Pick<CourseEnrollmentDocument, 'full' | 'moduleIds' | 'enrolledAt'>>;

const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;
const enrollmentOf = ({ data }: OfPair): string => `${data.studentId}.${data.courseId}`;
const moduleEnrollmentOf = ({ data }: OfModule): string => `${data.studentId}.${data.moduleId}`;

const withChanges = (before: CourseEnrollmentDocument, changes: Changes, at: string): CourseEnrollmentDocument => {
  const after = { ...before, ...changes };
  const active = after.full || after.moduleIds.length > 0;
  const endedAt = active ? null : (before.endedAt ?? at);
  return { ...after, active, endedAt };
};

const newEnrollment = ({ data }: RecordOf<OfEnrollment>, course: LearningCourseDocument, id: string, number: number): CourseEnrollmentDocument => {
  const { studentId, courseId } = data;
  const { teacherId, shown: courseShown } = course;
  return { id, number, studentId, courseId, teacherId, full: false, moduleIds: [], active: false, enrolledAt: '', endedAt: null, courseShown };
};

const changing = <Type extends OfEnrollment>(
  eventType: Type,
  at: (event: RecordOf<Type>) => string,
  change: (event: RecordOf<Type>, before: CourseEnrollmentDocument) => Changes,
): ProjectionRule =>
  lookingUp<CourseEnrollmentDocument, LearningCourseDocument, Type>(
    courseEnrollments,
    eventType,
    { collection: learningCourses, ids: (event: RecordOf<OfEnrollment>) => event.data.courseId },
    (event: RecordOf<OfEnrollment>) => [enrollmentOf(event)],
    (known, event, [course], id, number) => {
      if (course === undefined) return known;
      const before = known ?? newEnrollment(event, course, id, number);
      return withChanges(before, change(event, before), at(event));
    },
  );

const ofCourses: readonly ProjectionRule[] = [
  rule(learningCourses, 'CourseCreated', courseOf, (_, { data: { courseId, instructorId } }): LearningCourseDocument => ({ id: courseId, teacherId: instructorId, shown: false })),
  ...(['CoursePublished', 'CourseUnpublished', 'CourseDeleted'] as const).map((eventType) =>
    rule(learningCourses, eventType, courseOf, (course) => course && { ...course, shown: eventType === 'CoursePublished' })),
];

const shownNow: readonly FanOutRule[] = (['CoursePublished', 'CourseUnpublished', 'CourseDeleted'] as const).map((eventType) =>
  where(courseEnrollments, eventType, 'courseId', (event: RecordOf<typeof eventType>) => event.data.courseId, (enrollment) => ({
    ...enrollment,
    courseShown: eventType === 'CoursePublished',
  })));

const ofModules: readonly ProjectionRule[] = [
  rule(moduleEnrollments, 'ModuleAccessGranted', moduleEnrollmentOf, (known, { data }, id, number): ModuleEnrollmentDocument => {
    const { studentId, courseId, moduleId, grantedAt } = data;
    return { id, number: known?.number ?? number, studentId, courseId, moduleId, active: true, enrolledAt: grantedAt, endedAt: null };
  }),
  rule(moduleEnrollments, 'ModuleAccessRevoked', moduleEnrollmentOf, (known, { data }) => known && { ...known, active: false, endedAt: data.revokedAt }),
];

export const learningProjection = projection({
  name: 'learning',
  version: 1,
  collections: [learningCourses, courseEnrollments, moduleEnrollments],
  rules: [
    ...ofCourses,
    changing('StudentEnrolled', ({ data }) => data.enrolledAt, ({ data }) => ({ full: true, enrolledAt: data.enrolledAt })),
    changing('EnrollmentEnded', ({ data }) => data.endedAt, () => ({ full: false })),
    changing('ModuleAccessGranted', ({ data }) => data.grantedAt, ({ data }, { active, moduleIds, enrolledAt }) => ({
      moduleIds: [...moduleIds.filter((moduleId) => moduleId !== data.moduleId), data.moduleId],
      enrolledAt: active ? enrolledAt : data.grantedAt,
    })),
    changing('ModuleAccessRevoked', ({ data }) => data.revokedAt, ({ data }, { moduleIds }) => ({
      moduleIds: moduleIds.filter((moduleId) => moduleId !== data.moduleId),
    })),
    ...ofModules,
  ],
  fanOuts: shownNow,
});
