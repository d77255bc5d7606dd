import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** A course as far as enrollments need it. */
export interface LearningCourseDocument extends Document {
  readonly teacherId: string;
  /** Published and not deleted. */
  readonly shown: boolean;
}

/** What a student has of a course; the id is `<studentId>.<courseId>`. It stays when access ends, and is the same one when it comes back. */
export interface CourseEnrollmentDocument extends Document {
  readonly number: number;
  readonly studentId: string;
  readonly courseId: string;
  readonly teacherId: string;
  /** The course as a whole. */
  readonly full: boolean;
  /** Modules that were opened by themselves. */
  readonly moduleIds: readonly string[];
  /** Full, or partial by at least one module. */
  readonly active: boolean;
  /** Since when the student has the course as a whole; in part: since when something of it. */
  readonly enrolledAt: string;
  readonly endedAt: string | null;
  /** The course is published and not deleted. */
  readonly courseShown: boolean;
}

/** A module that was opened by itself; the id is `<studentId>.<moduleId>`. */
export interface ModuleEnrollmentDocument extends Document {
  readonly number: number;
  readonly studentId: string;
  readonly courseId: string;
  readonly moduleId: string;
  readonly active: boolean;
  readonly enrolledAt: string;
  readonly endedAt: string | null;
}

export const learningCourses = collection<LearningCourseDocument>({ projection: 'learning', name: 'learningCourses', indexes: [] });

const ofStudent = { studentId: 1, active: 1, courseShown: 1 } as const;

export const courseEnrollments = collection<CourseEnrollmentDocument>({
  projection: 'learning',
  name: 'courseEnrollments',
  numbered: true,
  indexes: [
    { number: 1 },
    { courseId: 1 },
    { courseId: 1, enrolledAt: -1 },
    { ...ofStudent, enrolledAt: -1 },
    { ...ofStudent, teacherId: 1, enrolledAt: -1 },
  ],
});

export const moduleEnrollments = collection<ModuleEnrollmentDocument>({
  projection: 'learning',
  name: 'moduleEnrollments',
  numbered: true,
  indexes: [],
});
