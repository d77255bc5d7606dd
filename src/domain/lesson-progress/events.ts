import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const lesson = { studentId: Id, courseId: Id, lessonId: Id };

export const lessonProgressEvents = [
  defineEvent('LessonBegun', 'The student told for the first time how far a lesson is, and it is not completed.', { ...lesson, begunAt: Timestamp }),
  defineEvent('LessonCompleted', 'The student completed a lesson.', { ...lesson, completedAt: Timestamp }),
  defineEvent('LessonReopened', 'The student says that a completed lesson is not completed.', { ...lesson, reopenedAt: Timestamp }),
] as const;

export type LessonProgressEvent = EventOf<(typeof lessonProgressEvents)[number]>;
