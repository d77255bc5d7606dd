import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** ACTIVE and EXPIRED are told apart by the time at which they are read. */
export type AssignmentShelf = 'SHOWN' | 'DRAFT' | 'DELETED';

/** When an assignment without a due date closes, and one that an admin has closed did. */
export const NEVER = '9999-12-31T23:59:59.999Z';
export const ALWAYS = '';

export interface AssignmentDocument extends Document {
  readonly courseId: string;
  readonly title: string;
  readonly description: string;
  readonly dueDate: string | null;
  readonly points: number;
  readonly resourceUrl: string | null;
  readonly shelf: AssignmentShelf;
  /** Until then it is active. */
  readonly closesAt: string;
  readonly submissions: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a student handed in last, for one assignment. */
export interface SubmissionDocument extends Document {
  readonly assignmentId: string;
  readonly courseId: string;
  readonly studentId: string;
  readonly fileUrl: string;
  readonly submittedAt: string;
  /** Handed in after the due date as it is now. */
  readonly late: boolean;
  readonly createdAt: string;
}

export interface FormerStudentDocument extends Document {
  /** Position of the deletion, in the order of strings. */
  readonly since: string;
}

const projection = 'assignments';

export const assignments = collection<AssignmentDocument>({
  projection,
  name: 'assignments',
  indexes: [
    { createdAt: -1 },
    { courseId: 1, createdAt: -1 },
    { shelf: 1, closesAt: 1 },
    { courseId: 1, shelf: 1, closesAt: 1 },
    { $text: 1, createdAt: -1 },
    { $text: 1, courseId: 1, createdAt: -1 },
    { $text: 1, shelf: 1, closesAt: 1 },
    { $text: 1, courseId: 1, shelf: 1, closesAt: 1 },
  ],
  text: ['title', 'description'],
});

export const submissions = collection<SubmissionDocument>({
  projection,
  name: 'submissions',
  indexes: [
    { submittedAt: -1 },
    { late: 1, submittedAt: -1 },
    { assignmentId: 1, submittedAt: -1 },
    { assignmentId: 1, late: 1, submittedAt: -1 },
    { studentId: 1, submittedAt: -1 },
    { studentId: 1, late: 1, submittedAt: -1 },
    { assignmentId: 1, studentId: 1, submittedAt: -1 },
    { assignmentId: 1, studentId: 1, late: 1, submittedAt: -1 },
    { courseId: 1, submittedAt: -1 },
  ],
});

export const formerStudents = collection<FormerStudentDocument>({ projection, name: 'former-students', indexes: [] });
