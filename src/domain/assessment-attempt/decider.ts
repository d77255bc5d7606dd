import { MOST_ATTEMPTS } from '../assessment/questions.js';
import { accept, reject, type Decider, type Decision } from '../kernel/decider.js';
import type { AssessmentAttemptCommand, AssessmentAttemptRejection, GradeAnswer, StartAttempt, SubmitAttempt } from './commands.js';
import type { AssessmentAttemptEvent } from './events.js';
import { scoreOf } from './score.js';
import { attemptIn, evolve, openAttempt, type AssessmentAttempts } from './state.js';
import { givenAnswers, refusedAnswers } from './submission.js';

export type { AnswerRejection, AssessmentAttemptCommand, AssessmentAttemptRejection, SentAnswer } from './commands.js';
export { assessmentAttemptId, attemptIn, openAttempt, type AssessmentAttempts, type Attempt } from './state.js';
export { MOST_ANSWER_CHARACTERS } from './submission.js';

type AttemptDecision = Decision<AssessmentAttemptEvent, AssessmentAttemptRejection>;

/** Whoever starts while an attempt is open goes on with that one. */
const start = ({ maxAttempts, at, questions, ...facts }: StartAttempt['data'], state: AssessmentAttempts): AttemptDecision => {
  const { attempts } = state;
  if (attemptIn(state, facts.attemptId) !== undefined || openAttempt(state) !== undefined) return accept();
  const most = Math.min(maxAttempts ?? MOST_ATTEMPTS, MOST_ATTEMPTS);
  if (attempts.length >= most) return reject('no-attempts-left', { most });
  return accept({ type: 'AttemptStarted', data: { ...facts, questions: [...questions], startedAt: at } });
};

/** The first answers count: those that are sent later change nothing. */
const submit = ({ attemptId, answers, at }: SubmitAttempt['data'], state: AssessmentAttempts): AttemptDecision => {
  const { about } = state;
  const attempt = attemptIn(state, attemptId);
  if (about === null || attempt === undefined) return reject('attempt-not-found');
  if (!attempt.isOpen) return accept();
  const refusal = refusedAnswers(answers, attempt);
  if (refusal !== undefined) return refusal;
  const given = givenAnswers(answers, attempt);
  const score = scoreOf(given.map(({ points }) => points));
  return accept({ type: 'AttemptSubmitted', data: { ...about, attemptId, courseId: attempt.courseId, answers: [...given], score, submittedAt: at } });
};

const grade = ({ attemptId, answerId, points, gradedBy, at }: GradeAnswer['data'], state: AssessmentAttempts): AttemptDecision => {
  const { about } = state;
  const attempt = attemptIn(state, attemptId);
  const part = attempt?.parts.find((one) => one.answerId === answerId);
  if (about?.teacherId !== gradedBy || attempt === undefined || attempt.isOpen || part === undefined) return reject('answer-not-found');
  if (!part.isShortAnswer) return reject('answer-not-graded-by-hand');
  if (!Number.isInteger(points) || points < 0 || points > part.points) return reject('points-beyond-question', { most: part.points });
  if (part.awarded === points) return accept();
  const score = scoreOf(attempt.parts.map((one) => (one.answerId === answerId ? points : one.awarded)));
  const { assessmentId, studentId } = about;
  return accept({ type: 'AnswerGraded', data: { assessmentId, studentId, attemptId, answerId, points, score, gradedBy, gradedAt: at } });
};

const decide = ({ type, data }: AssessmentAttemptCommand, state: AssessmentAttempts): AttemptDecision => {
  switch (type) {
    case 'StartAttempt':
      return start(data, state);
    case 'SubmitAttempt':
      return submit(data, state);
    case 'GradeAnswer':
      return grade(data, state);
  }
};

export const assessmentAttemptDecider: Decider<AssessmentAttempts, AssessmentAttemptCommand, AssessmentAttemptEvent, AssessmentAttemptRejection> = {
  initialState: () => ({ about: null, attempts: [] }),
  decide,
  evolve,
};
