import { aggregates } from '../../domain/aggregates.js';
import { assessmentAttemptId, type AssessmentAttemptRejection } from '../../domain/assessment-attempt/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface GradeAnswerInput {
  /** The teacher who grades: only answers to the teacher's own assessments are found. */
  readonly teacherId: string;
  readonly assessmentId: string;
  readonly studentId: string;
  readonly attemptId: string;
  readonly answerId: string;
  /** From 0 to those of the question. */
  readonly points: number;
}

/** As often as the teacher likes: the last grade counts. */
export const gradeAnswer =
  ({ handler, clock }: CommandServices) =>
  async ({ teacherId, assessmentId, studentId, ...graded }: GradeAnswerInput, context: CommandContext): Promise<Outcome<null, AssessmentAttemptRejection>> => {
    const data = { ...graded, gradedBy: teacherId, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessmentAttempt, assessmentAttemptId(assessmentId, studentId), { type: 'GradeAnswer', data }, context), null);
  };
