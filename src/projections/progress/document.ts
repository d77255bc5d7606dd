import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** How far a student is in a lesson; the id is `<studentId>.<lessonId>`. Kept when the lesson is removed. */
export interface LessonProgressDocument extends Document {
  readonly number: number;
  readonly courseId: string;
  readonly isCompleted: boolean;
}

/** How far a student is in a course; the id is `<studentId>.<courseId>`. */
export interface CourseProgressDocument extends Document {
  readonly studentId: string;
  readonly courseId: string;
  /** Null: the course was not created before its lessons were completed, which does not happen. */
  readonly teacherId: string | null;
  /** Lessons that the student completed, also those that were removed since. */
  readonly completed: readonly string[];
  readonly lastActivity: string;
}

/** Who teaches a course. */
export interface TaughtDocument extends Document {
  readonly teacherId: string;
}

export const lessonProgress = collection<LessonProgressDocument>({ projection: 'progress', name: 'lessonProgress', numbered: true, indexes: [] });

export const courseProgress = collection<CourseProgressDocument>({
  projection: 'progress',
  name: 'courseProgress',
  indexes: [{ studentId: 1, teacherId: 1 }],
});

export const taughtCourses = collection<TaughtDocument>({ projection: 'progress', name: 'progressCourses', indexes: [] });
