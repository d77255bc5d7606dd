import type { Static } from 'typebox';
import { isPassed, percentageOf } from '../../../domain/assessment-attempt/score.js';
import { toNumber } from '../../../domain/kernel/money.js';
import type { AttemptAnswerDocument, AttemptDocument } from '../../../projections/attempts/queries.js';
import type { AttemptResult, AttemptSummary, StartedAttempt } from './schemas.js';

const statusOf = ({ submittedAt, pending }: AttemptDocument): 'in_progress' | 'submitted' | 'graded' => {
  if (submittedAt === null) return 'in_progress';
  return pending === 0 ? 'graded' : 'submitted';
};

/** Nothing of it is told before all answers are graded. */
const outcomeOf = (attempt: AttemptDocument) => {
  const { awarded, points, passingGrade } = attempt;
  const status = statusOf(attempt);
  const known = { status, total_points: points, passing_grade: toNumber(passingGrade) };
  return status === 'graded'
    ? { ...known, total_score: awarded, percentage: percentageOf(awarded, points), is_passed: isPassed(awarded, points, passingGrade) }
    : { ...known, total_score: null, percentage: null, is_passed: null };
};

/** Does not say which options are right. */
export const presentStarted = ({ id, title }: AttemptDocument, answers: readonly AttemptAnswerDocument[]): Static<typeof StartedAttempt> => ({
  attempt_id: id,
  assessment_title: title,
  questions: answers.map(({ question }) => ({
    question_id: question.questionId,
    question_text: question.text,
    question_type: question.type,
    points: question.points,
    options: question.options.map(({ optionId, text }) => ({ option_id: optionId, option_text: text })),
  })),
});

export const presentSummary = (attempt: AttemptDocument): Static<typeof AttemptSummary> => ({
  attempt_id: attempt.id,
  assessment_id: attempt.assessmentId,
  assessment_title: attempt.title,
  course: attempt.courseId,
  ...outcomeOf(attempt),
  started_at: attempt.startedAt,
  submitted_at: attempt.submittedAt,
});

const given = ({ question, selectedOptionId, text }: AttemptAnswerDocument): string | null =>
  question.type === 'short_answer' ? text : (question.options.find(({ optionId }) => optionId === selectedOptionId)?.text ?? null);

const expected = ({ question }: AttemptAnswerDocument): string | null =>
  question.type === 'short_answer' ? question.correctAnswer : (question.options.find(({ isCorrect }) => isCorrect)?.text ?? null);

export const presentResult = (attempt: AttemptDocument, answers: readonly AttemptAnswerDocument[]): Static<typeof AttemptResult> => {
  const outcome = outcomeOf(attempt);
  const isTold = outcome.status === 'graded';
  return {
    assessment_title: attempt.title,
    ...outcome,
    answers: answers.map((answer) => ({
      question_text: answer.question.text,
      question_type: answer.question.type,
      points: answer.question.points,
      points_awarded: isTold ? answer.awarded : null,
      correct_answer: isTold ? expected(answer) : null,
      student_answer: given(answer),
      is_correct: isTold ? answer.awarded === answer.question.points : null,
    })),
  };
};
