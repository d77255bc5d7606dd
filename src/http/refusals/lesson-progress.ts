import type { LessonProgressRejection } from '../../domain/lesson-progress/decider.js';
import type { Answer } from './answer.js';

export const lessonProgressRefusals = {
  'too-many-lessons-begun': ['conflict', 'Progress is kept of no more lessons of this course.'],
} satisfies Record<LessonProgressRejection, Answer>;
