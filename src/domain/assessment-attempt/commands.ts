import type { Message } from '../kernel/decider.js';
import type { AskedQuestion } from './events.js';

/** What a student sends for one question. */
export type SentAnswer = Readonly<{ questionId: string; optionId: string | null; text: string | null }>;

export type StartAttempt = Message<
  'StartAttempt',
  {
    /** The attempt gets it, unless one is open. */
    attemptId: string;
    assessmentId: string;
    studentId: string;
    teacherId: string;
    courseId: string | null;
    title: string;
    passingGrade: string;
    questions: readonly AskedQuestion[];
    /** Of one student. Null: as many as the stream takes. */
    maxAttempts: number | null;
    at: string;
  }
>;

export type SubmitAttempt = Message<'SubmitAttempt', { attemptId: string; answers: readonly SentAnswer[]; at: string }>;

export type GradeAnswer = Message<'GradeAnswer', { attemptId: string; answerId: string; points: number; gradedBy: string; at: string }>;

export type AssessmentAttemptCommand = StartAttempt | SubmitAttempt | GradeAnswer;

/** Refusals of an answer say at which place of the answers it stands: `{ index }`. */
export type AnswerRejection = 'question-not-in-attempt' | 'question-answered-twice' | 'option-not-of-question' | 'option-not-expected' | 'text-not-expected';

export type AssessmentAttemptRejection =
  | AnswerRejection
  | 'attempt-not-found'
  | 'no-attempts-left'
  | 'answers-too-long'
  | 'answer-not-found'
  /** A question to choose from. */
  | 'answer-not-graded-by-hand'
  | 'points-beyond-question';
