import type { QuotedLines } from '../../domain/payment/refund-lines.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export interface TaughtCourseDocument extends Document {
  readonly instructorId: string;
  readonly published: boolean;
  readonly deleted: boolean;
}

/** A student of an instructor, in however many courses. The id is `<instructorId>.<studentId>`. */
export interface TaughtStudentDocument extends Document {
  readonly instructorId: string;
  readonly courses: number;
}

/** A payment that may become revenue, or has; the id is the payment's. */
export interface SaleDocument extends Document, QuotedLines {
  readonly lines: readonly { readonly courseId: string; readonly instructorId: string | null; readonly total: string }[];
  readonly captured: boolean;
}

/** Decimal strings in the minor unit's precision of the currency. */
export interface Revenue {
  readonly currency: string;
  readonly gross: string;
  readonly refunded: string;
}

/** What an instructor has sold. The id is the instructor's. */
export interface InstructorFiguresDocument extends Document {
  /** Students that have a course now, counted in each of their courses. */
  readonly enrollments: number;
  /** By currency, in the order of their codes. */
  readonly revenue: readonly Revenue[];
}

const projection = 'instructor-analysis';

export const taughtCourses = collection<TaughtCourseDocument>({
  projection,
  name: 'taught-courses',
  indexes: [{ instructorId: 1, deleted: 1, published: 1 }],
});

export const taughtStudents = collection<TaughtStudentDocument>({ projection, name: 'taught-students', indexes: [{ instructorId: 1 }] });

export const sales = collection<SaleDocument>({ projection, name: 'sales', indexes: [] });

export const instructorFigures = collection<InstructorFiguresDocument>({ projection, name: 'figures', indexes: [] });
