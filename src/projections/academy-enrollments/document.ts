import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export type AcademyEnrollmentStatus = 'ENROLLED' | 'NOT_ENROLLED';

/** What an approved payment for a package opened for one person: one course. */
export interface AcademyEnrollmentDocument extends Document {
  readonly paymentId: string;
  readonly userId: string;
  readonly courseId: string;
  readonly packageId: string;
  readonly status: AcademyEnrollmentStatus;
  /** Per cent. */
  readonly progress: number;
  /** The lists that it is in, one for each combination of filters: each has the order of one index. */
  readonly listedAs: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Events of enrollments name a person and a course, and no enrollment: this does. The id is `<userId>.<courseId>`. */
export interface EnrolledPairDocument extends Document {
  /** More than one where a later payment opened the course again. */
  readonly enrollments: readonly { readonly enrollmentId: string; readonly paymentId: string }[];
  readonly progress: number;
}

const projection = 'academy-enrollments';

export const academyEnrollments = collection<AcademyEnrollmentDocument>({ projection, name: projection, indexes: [{ listedAs: 1, createdAt: -1 }] });
export const enrolledPairs = collection<EnrolledPairDocument>({ projection, name: 'academy-enrolled-pairs', indexes: [] });
