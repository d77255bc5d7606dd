import type { EventType } from '../../domain/events.js';
import { lookingUp, projection, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { courseProgress, lessonProgress, taughtCourses } from './document.js';

type ProgressEvent = Extract<EventType, 'LessonBegun' | 'LessonCompleted' | 'LessonReopened'>;

const without = (lessons: readonly string[], lessonId: string): readonly string[] => lessons.filter((id) => id !== lessonId);

const timeOf = ({ data }: RecordOf<ProgressEvent>): string => {
  if ('completedAt' in data) return data.completedAt;
  return 'begunAt' in data ? data.begunAt : data.reopenedAt;
};

const told = (eventType: ProgressEvent, isCompleted: boolean): readonly ProjectionRule[] => [
  rule(lessonProgress, eventType, ({ data }) => `${data.studentId}.${data.lessonId}`, (known, { data }, id, number) => ({
    id,
    number: known?.number ?? number,
    courseId: data.courseId,
    isCompleted,
  })),
  lookingUp(
    courseProgress,
    eventType,
    { collection: taughtCourses, ids: ({ data }) => data.courseId },
    ({ data }) => [`${data.studentId}.${data.courseId}`],
    (known, event, [course], id) => {
      const { studentId, courseId, lessonId } = event.data;
      const others = without(known?.completed ?? [], lessonId);
      const completed = isCompleted ? [...others, lessonId] : others;
      return { id, studentId, courseId, teacherId: course?.teacherId ?? null, completed, lastActivity: timeOf(event) };
    },
  ),
];

export const progressProjection = projection({
  name: 'progress',
  version: 1,
  collections: [taughtCourses, lessonProgress, courseProgress],
  rules: [
    rule(taughtCourses, 'CourseCreated', ({ data }) => data.courseId, (_, { data }, id) => ({ id, teacherId: data.instructorId })),
    ...told('LessonBegun', false),
    ...told('LessonCompleted', true),
    ...told('LessonReopened', false),
  ],
});
