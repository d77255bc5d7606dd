import { aggregates } from '../../domain/aggregates.js';
import { assessmentAttemptId, type AssessmentAttemptRejection, type SentAnswer } from '../../domain/assessment-attempt/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface SubmitAttemptInput {
  readonly studentId: string;
  readonly assessmentId: string;
  readonly attemptId: string;
  readonly answers: readonly SentAnswer[];
}

/** Also when the student was blocked, or the assessment taken back, in between. Once only: answers that come later change nothing. */
export const submitAttempt =
  ({ handler, clock }: CommandServices) =>
  async ({ studentId, assessmentId, attemptId, answers }: SubmitAttemptInput, context: CommandContext): Promise<Outcome<null, AssessmentAttemptRejection>> => {
    const data = { attemptId, answers, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessmentAttempt, assessmentAttemptId(assessmentId, studentId), { type: 'SubmitAttempt', data }, context), null);
  };
