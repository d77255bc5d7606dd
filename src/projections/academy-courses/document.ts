import type { CourseLevel } from '../../domain/course/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface ClassSession {
  readonly id: string;
  readonly startAt: string;
  readonly durationHrs: number;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A course that the academy offers. A deleted one stays, so that payments and enrollments can name it. */
export interface AcademyCourseDocument extends Document {
  readonly title: string;
  readonly description: string;
  readonly level: CourseLevel;
  readonly quota: number;
  readonly deleted: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The earliest first. */
  readonly sessions: readonly ClassSession[];
}

export const academyCourses = collection<AcademyCourseDocument>({
  projection: 'academy-courses',
  name: 'academy-courses',
  indexes: [
    { deleted: 1, createdAt: -1 },
    { deleted: 1, level: 1, createdAt: -1 },
    { $text: 1, deleted: 1, createdAt: -1 },
    { $text: 1, deleted: 1, level: 1, createdAt: -1 },
  ],
  text: ['title', 'description'],
});

/** The course of each class session. */
export interface SessionPlaceDocument extends Document {
  readonly courseId: string;
}

export const sessionPlaces = collection<SessionPlaceDocument>({ projection: 'academy-courses', name: 'academy-session-places', indexes: [] });
