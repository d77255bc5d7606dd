import type { StudyRejection } from '../../commands/progress/tell-progress.js';
import type { LessonProgressRejection } from '../../domain/lesson-progress/decider.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';

type Refused = Exclude<LessonProgressRejection | StudyRejection, CourseCode | 'lesson-not-found'>;

export const lessonProgressRefusals = {
  'too-many-lessons-begun': ['conflict', 'Progress is kept of no more lessons of this course.'],
  'lesson-without-progress': ['not-found', 'The lesson has no progress of this account.'],
  'lesson-not-open': ['forbidden', 'The lesson is not open to this account.'],
} satisfies Record<Refused, Answer>;
