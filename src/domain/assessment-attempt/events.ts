import { Type, type Static } from 'typebox';
import { Question } from '../assessment/questions.js';
import { DecimalString, defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** A question as the student was shown it, and the id that its answer has. */
export const AskedQuestion = Type.Object({ answerId: Id, ...Question.properties });
export type AskedQuestion = Readonly<Static<typeof AskedQuestion>>;

/** What stands of an attempt: the sum of the points of its graded answers, and how many answers are not graded. */
export const Score = Type.Object({ awarded: Type.Integer({ minimum: 0 }), pending: Type.Integer({ minimum: 0 }) });
export type Score = Readonly<Static<typeof Score>>;

const GivenAnswer = Type.Object({
  answerId: Id,
  questionId: Id,
  /** Of a question to choose from. Null: none was chosen. */
  selectedOptionId: Nullable(Id),
  /** Of a short answer. Null: nothing was written. */
  text: Personal(Nullable(Type.String())),
  /** Null: the teacher has to say. */
  points: Nullable(Type.Integer({ minimum: 0 })),
});
export type GivenAnswer = Readonly<Static<typeof GivenAnswer>>;

const attempt = { assessmentId: Id, studentId: Id, attemptId: Id };
/** Whose the assessment is, and the course to which it belonged when the attempt was started; null: to none. */
const origin = { teacherId: Id, courseId: Nullable(Id) };

export const assessmentAttemptEvents = [
  defineEvent('AttemptStarted', 'A student began to take an assessment, which stands here as it was shown: later edits do not change the attempt.', {
    ...attempt,
    ...origin,
    title: Type.String(),
    /** Percent of the points that pass: "50" */
    passingGrade: DecimalString,
    questions: Type.Array(AskedQuestion),
    startedAt: Timestamp,
  }),
  defineEvent('AttemptSubmitted', 'The student handed the answers in, one for each question that was asked. Questions to choose from are graded; short answers wait for the teacher.', {
    ...attempt,
    ...origin,
    answers: Type.Array(GivenAnswer),
    score: Score,
    submittedAt: Timestamp,
  }),
  defineEvent('AnswerGraded', 'The teacher gave points for a short answer, for the first time or anew.', {
    ...attempt,
    answerId: Id,
    points: Type.Integer({ minimum: 0 }),
    score: Score,
    gradedBy: Id,
    gradedAt: Timestamp,
  }),
] as const;

export type AssessmentAttemptEvent = EventOf<(typeof assessmentAttemptEvents)[number]>;
