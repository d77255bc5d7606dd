import type { AskedQuestion } from '../../domain/assessment-attempt/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

/** Without questions and answers, whose texts may be long. */
export interface AttemptDocument extends Document {
  /** The order in which attempts were started. */
  readonly number: number;
  readonly assessmentId: string;
  readonly studentId: string;
  readonly teacherId: string;
  readonly courseId: string | null;
  readonly title: string;
  readonly passingGrade: string;
  /** Of all its questions. */
  readonly points: number;
  /** For the answers that are graded. */
  readonly awarded: number;
  /** How many answers wait for the teacher. */
  readonly pending: number;
  readonly startedAt: string;
  /** Null: the attempt is open. */
  readonly submittedAt: string | null;
}

/** A question as the student was shown it, and the answer. The right option is in it: not everybody may see that. */
export interface AttemptAnswerDocument extends Document {
  readonly attemptId: string;
  /** From 0 on, in the attempt. */
  readonly place: number;
  readonly assessmentId: string;
  readonly studentId: string;
  readonly teacherId: string;
  readonly question: Omit<AskedQuestion, 'answerId'>;
  readonly selectedOptionId: string | null;
  readonly text: string | null;
  /** Null: not graded. */
  readonly awarded: number | null;
}

/** An answer that waits for the teacher. */
export interface PendingAnswerDocument extends Document {
  /** The order in which they were handed in. */
  readonly number: number;
  readonly attemptId: string;
  readonly assessmentId: string;
  readonly questionId: string;
  readonly courseId: string | null;
  readonly studentId: string;
  readonly teacherId: string;
  readonly submittedAt: string;
}

export interface AttemptScore {
  readonly attemptId: string;
  readonly isOpen: boolean;
  readonly points: number;
  readonly awarded: number;
  readonly pending: number;
  readonly passingGrade: string;
}

/** How a student stands at an assessment; the id is that of the stream. */
export interface AttemptStandingDocument extends Document {
  readonly studentId: string;
  /** In the order in which they were started. */
  readonly attempts: readonly AttemptScore[];
}

/** A student whose account was deleted: nothing is kept of attempts that are started or handed in later. */
export interface ForgottenStudentDocument extends Document {
  /** The position of the deletion, in an order of strings. */
  readonly since: string;
}

export const attempts = collection<AttemptDocument>({
  projection: 'attempts',
  name: 'attempts',
  numbered: true,
  indexes: [{ studentId: 1, teacherId: 1, number: -1 }],
});

export const attemptAnswers = collection<AttemptAnswerDocument>({
  projection: 'attempts',
  name: 'attemptAnswers',
  indexes: [{ attemptId: 1, place: 1 }, { studentId: 1 }],
});

export const pendingAnswers = collection<PendingAnswerDocument>({
  projection: 'attempts',
  name: 'pendingAnswers',
  numbered: true,
  indexes: [
    { teacherId: 1, number: 1 },
    { teacherId: 1, courseId: 1, number: 1 },
    { teacherId: 1, assessmentId: 1, number: 1 },
    { teacherId: 1, questionId: 1, number: 1 },
    { teacherId: 1, courseId: 1, assessmentId: 1, number: 1 },
    { teacherId: 1, courseId: 1, questionId: 1, number: 1 },
    { teacherId: 1, assessmentId: 1, questionId: 1, number: 1 },
    { teacherId: 1, courseId: 1, assessmentId: 1, questionId: 1, number: 1 },
    { studentId: 1 },
  ],
});

export const attemptStandings = collection<AttemptStandingDocument>({ projection: 'attempts', name: 'attemptStandings', indexes: [{ studentId: 1 }] });

export const forgottenStudents = collection<ForgottenStudentDocument>({ projection: 'attempts', name: 'forgottenStudents', indexes: [] });
