import type { CourseLevel } from '../../domain/course/events.js';
import type { GrantSource } from '../../domain/enrollment/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** The id is `<studentId>.<courseId>`. */
export interface EnrollmentDocument extends Document {
  readonly studentId: string;
  readonly courseId: string;
  readonly grants: readonly { readonly grantId: string; readonly source: GrantSource; readonly grantedAt: string }[];
  readonly active: boolean;
  readonly enrolledAt: string | null;
  readonly endedAt: string | null;
}

/** A course as a student sees it who has it, deleted or not. */
export interface EnrolledCourseDocument extends Document {
  readonly instructorId: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnailUrl: string | null;
  readonly level: CourseLevel;
  readonly category: string;
  /** The category that `category` is the name of; null: it is a text of its own. */
  readonly categoryId: string | null;
  readonly tags: readonly string[];
  readonly price: string;
  readonly currency: string;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly published: boolean;
  readonly deleted: boolean;
  readonly createdAt: string;
}

export const enrollments = collection<EnrollmentDocument>({
  projection: 'enrollments',
  name: 'enrollments',
  indexes: [
    { studentId: 1, active: 1, enrolledAt: -1 },
    { courseId: 1, active: 1, enrolledAt: -1 },
  ],
});

export const enrolledCourses = collection<EnrolledCourseDocument>({
  projection: 'enrollments',
  name: 'enrolledCourses',
  indexes: [],
});
