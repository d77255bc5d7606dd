import type { AskedQuestion, GivenAnswer } from '../../domain/assessment-attempt/events.js';
import { assessmentAttemptId } from '../../domain/assessment-attempt/decider.js';
import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { projection, rule, where, type FanOutRule } from '../kernel/projection.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { attemptAnswers, attempts, attemptStandings, forgottenStudents, pendingAnswers, type AttemptScore, type AttemptStandingDocument } from './document.js';
import { unlessForgotten } from './unless-forgotten.js';

interface OfAttempt {
  readonly data: { readonly attemptId: string };
}
interface OfPair {
  readonly data: { readonly assessmentId: string; readonly studentId: string };
}

const attemptOf = ({ data }: OfAttempt): string => data.attemptId;
const standingOf = ({ data }: OfPair): string => assessmentAttemptId(data.assessmentId, data.studentId);
const answerOf = ({ data }: { readonly data: { readonly answerId: string } }): string => data.answerId;

const pointsOf = (questions: readonly AskedQuestion[]): number => questions.reduce((sum, { points }) => sum + points, 0);

const withScore = (standing: AttemptStandingDocument | undefined, wanted: string, changes: Partial<AttemptScore>): AttemptStandingDocument | undefined =>
  standing && { ...standing, attempts: standing.attempts.map((attempt) => (attempt.attemptId === wanted ? { ...attempt, ...changes } : attempt)) };

const waitsForTeacher = ({ points }: GivenAnswer): boolean => points === null;

const forgetting = <D extends Document>(collection: CollectionDefinition<D>): FanOutRule =>
  where(collection, 'AccountDeleted', 'studentId', ({ data }) => data.accountId, () => undefined);

export const attemptsProjection = projection({
  name: 'attempts',
  version: 1,
  collections: [attempts, attemptAnswers, attemptStandings, pendingAnswers, forgottenStudents],
  rules: [
    unlessForgotten(attempts, 'AttemptStarted', (event) => [attemptOf(event)], (_, { data }, id, number) => {
      const { assessmentId, studentId, teacherId, courseId, title, passingGrade, questions, startedAt } = data;
      const about = { assessmentId, studentId, teacherId, courseId, title, passingGrade };
      return { id, number, ...about, points: pointsOf(questions), awarded: 0, pending: 0, startedAt, submittedAt: null };
    }),
    rule(attempts, 'AttemptSubmitted', attemptOf, (attempt, { data }) => attempt && { ...attempt, ...data.score, submittedAt: data.submittedAt }),
    rule(attempts, 'AnswerGraded', attemptOf, (attempt, { data }) => attempt && { ...attempt, ...data.score }),

    unlessForgotten(attemptAnswers, 'AttemptStarted', ({ data }) => data.questions.map(({ answerId }) => answerId), (_, { data }, id) => {
      const { attemptId, assessmentId, studentId, teacherId, questions } = data;
      const place = questions.findIndex(({ answerId }) => answerId === id);
      const asked = questions[place];
      if (asked === undefined) return undefined;
      const { answerId: _answerId, ...question } = asked;
      return { id, attemptId, place, assessmentId, studentId, teacherId, question, selectedOptionId: null, text: null, awarded: null };
    }),
    rule(attemptAnswers, 'AttemptSubmitted', ({ data }) => data.answers.map(({ answerId }) => answerId), (known, { data }, id) => {
      const given = data.answers.find(({ answerId }) => answerId === id);
      return known && given && { ...known, selectedOptionId: given.selectedOptionId, text: given.text, awarded: given.points };
    }),
    rule(attemptAnswers, 'AnswerGraded', answerOf, (answer, { data }) => answer && { ...answer, awarded: data.points }),

    unlessForgotten(attemptStandings, 'AttemptStarted', (event) => [standingOf(event)], (standing, { data }, id) => {
      const { studentId, attemptId, passingGrade, questions } = data;
      const started = { attemptId, isOpen: true, points: pointsOf(questions), awarded: 0, pending: 0, passingGrade };
      // A store without transactions may have it already.
      const others = (standing?.attempts ?? []).filter((attempt) => attempt.attemptId !== attemptId);
      return { id, studentId, attempts: [...others, started] };
    }),
    rule(attemptStandings, 'AttemptSubmitted', standingOf, (standing, { data }) => withScore(standing, data.attemptId, { ...data.score, isOpen: false })),
    rule(attemptStandings, 'AnswerGraded', standingOf, (standing, { data }) => withScore(standing, data.attemptId, data.score)),

    unlessForgotten(pendingAnswers, 'AttemptSubmitted', ({ data }) => data.answers.filter(waitsForTeacher).map(({ answerId }) => answerId), (_, { data }, id, number) => {
      const { attemptId, assessmentId, studentId, teacherId, courseId, answers, submittedAt } = data;
      const given = answers.find(({ answerId }) => answerId === id);
      return given && { id, number, attemptId, assessmentId, questionId: given.questionId, courseId, studentId, teacherId, submittedAt };
    }),
    rule(pendingAnswers, 'AnswerGraded', answerOf, () => undefined),

    rule(forgottenStudents, 'AccountDeleted', ({ data }) => data.accountId, (_, { position }, id) => ({ id, since: orderedPosition(position) })),
  ],
  fanOuts: [forgetting(attempts), forgetting(attemptAnswers), forgetting(attemptStandings), forgetting(pendingAnswers)],
});
