import { aggregates } from '../../domain/aggregates.js';
import { canBeStarted, shownQuestions, type ExistingAssessment } from '../../domain/assessment/decider.js';
import { assessmentAttemptId, attemptIn, openAttempt, type AssessmentAttemptRejection, type AssessmentAttempts } from '../../domain/assessment-attempt/decider.js';
import { hasAnyAccess } from '../../domain/enrollment/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { takesAssessment } from '../access/assessment-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { belongsToTeacher } from '../teaching/standing.js';

export interface StartAttemptInput {
  /** The student. */
  readonly actor: Actor;
  readonly teacherId: string;
  readonly assessmentId: string;
}

export type StartAttemptRejection = AssessmentAttemptRejection | 'assessment-not-found' | 'not-a-student-of-teacher' | 'assessment-not-open';

const hasCourse = async ({ handler }: CommandServices, studentId: string, courseId: string | null): Promise<boolean> =>
  courseId === null || hasAnyAccess((await handler.load(aggregates.enrollment, `${studentId}.${courseId}`)).state);

const startOf = ({ assessmentId, teacherId, details, ...rest }: ExistingAssessment, attemptId: string) => {
  const { courseId, title, passingGrade, maxAttempts } = details;
  const questions = shownQuestions({ assessmentId, teacherId, details, ...rest }).map((question) => ({ answerId: uuidV5(question.questionId, attemptId), ...question }));
  return { attemptId, assessmentId, teacherId, courseId, title, passingGrade, maxAttempts, questions };
};

/** The attempt that the command made or, where it made none, the one that is open. */
const startedIn = (state: AssessmentAttempts, attemptId: string): string =>
  (attemptIn(state, attemptId) ?? openAttempt(state) ?? state.attempts.at(-1))?.attemptId ?? attemptId;

/**
 * Gives the student's open attempt, be the assessment published still or not, or begins one with the questions as they stand now. What
 * is not the teacher's, or not published, is not found.
 */
export const startAttempt =
  (services: CommandServices) =>
  async ({ actor, teacherId, assessmentId }: StartAttemptInput, context: CommandContext): Promise<Outcome<{ attemptId: string }, StartAttemptRejection>> => {
    const { handler, clock } = services;
    const { accountId: studentId } = actor;
    const { state: assessment } = await handler.load(aggregates.assessment, assessmentId);
    if (assessment.status === 'none' || assessment.teacherId !== teacherId) return reject('assessment-not-found');
    const isTaught = await belongsToTeacher(services, teacherId, studentId);
    if (!isTaught) return reject('not-a-student-of-teacher');
    const stream = assessmentAttemptId(assessmentId, studentId);
    const { state: attempts, position } = await handler.load(aggregates.assessmentAttempt, stream);
    const attemptId = uuidV5('attempt', context.commandId);
    const begun = attemptIn(attempts, attemptId) ?? openAttempt(attempts);
    if (begun !== undefined) return succeeded({ attemptId: begun.attemptId }, { position, changed: false });
    if (!canBeStarted(assessment)) return reject('assessment-not-found');
    const facts = { isTaught, hasCourse: await hasCourse(services, studentId, assessment.details.courseId) };
    if (!takesAssessment(actor, facts)) return reject('assessment-not-open');
    const data = { ...startOf(assessment, attemptId), studentId, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.assessmentAttempt, stream, { type: 'StartAttempt', data }, context);
    return handled.ok ? done(handled, { attemptId: startedIn(handled.state, attemptId) }) : handled;
  };
