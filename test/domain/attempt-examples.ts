import type { Question } from '../../src/domain/assessment/questions.js';
import { assessmentAttemptDecider, type AssessmentAttemptCommand, type SentAnswer } from '../../src/domain/assessment-attempt/decider.js';
import type { AskedQuestion, AssessmentAttemptEvent } from '../../src/domain/assessment-attempt/events.js';
import { choice, short } from './assessment-examples.js';
import { stateAfter } from './decider-specification.js';

export const at = '2026-03-01T10:00:00.000Z';
export const facts = { assessmentId: 'assessment', studentId: 'eve', teacherId: 'ada', courseId: null };
export const shown: readonly Question[] = [choice('q1'), { ...choice('q2'), type: 'true_false', points: 1 }, short('q3')];

export const asked = (attemptId: string, questions: readonly Question[] = shown): readonly AskedQuestion[] =>
  questions.map((question) => ({ answerId: `${question.questionId}/${attemptId}`, ...question }));

type Start = Extract<AssessmentAttemptCommand, { type: 'StartAttempt' }>;

export const start = (attemptId: string, more: Partial<Start['data']> = {}): Start => ({
  type: 'StartAttempt',
  data: { ...facts, attemptId, title: 'Fugues', passingGrade: '50', questions: asked(attemptId), maxAttempts: null, at, ...more },
});
export const answer = (questionId: string, optionId: string | null = null, text: string | null = null): SentAnswer => ({ questionId, optionId, text });
export const submit = (attemptId: string, answers: readonly SentAnswer[] = []): AssessmentAttemptCommand => ({ type: 'SubmitAttempt', data: { attemptId, answers, at } });
export const grade = (attemptId: string, questionId: string, points: number, gradedBy = 'ada'): AssessmentAttemptCommand => ({
  type: 'GradeAnswer',
  data: { attemptId, answerId: `${questionId}/${attemptId}`, points, gradedBy, at },
});

export const started = (attemptId: string, questions: readonly AskedQuestion[] = asked(attemptId)): AssessmentAttemptEvent => ({
  type: 'AttemptStarted',
  data: { ...facts, attemptId, title: 'Fugues', passingGrade: '50', questions: [...questions], startedAt: at },
});

/** As it is decided: one right, one wrong, one that waits. */
export const submitted = (
  attemptId: string,
  answers: readonly SentAnswer[] = [answer('q1', 'q1a'), answer('q2', 'q2b'), answer('q3', null, 'Because')],
): AssessmentAttemptEvent => {
  const decision = assessmentAttemptDecider.decide(submit(attemptId, answers), stateAfter(assessmentAttemptDecider, [started(attemptId)]));
  const [event] = decision.ok ? decision.events : [];
  if (event === undefined) throw new Error(`${attemptId} is not submitted`);
  return event;
};
