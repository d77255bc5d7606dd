import { aggregates } from '../../domain/aggregates.js';
import type { AssessmentDetails, AssessmentRejection } from '../../domain/assessment/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { notOwnCourse, type OwnCourseRejection } from './own-course.js';

export interface ChangeAssessmentInput {
  readonly teacherId: string;
  readonly assessmentId: string;
  /** What is absent stays. */
  readonly details: Partial<AssessmentDetails>;
  readonly published?: boolean;
}

/** All or nothing: details and whether it is published change together. */
export const changeAssessment =
  (services: CommandServices) =>
  async (
    { assessmentId, ...wanted }: ChangeAssessmentInput,
    context: CommandContext,
  ): Promise<Outcome<null, AssessmentRejection | OwnCourseRejection>> => {
    const { handler, clock } = services;
    const { state, commands } = await handler.load(aggregates.assessment, assessmentId);
    const { courseId } = wanted.details;
    const isKept = 'details' in state && state.details.courseId === courseId;
    const refusal = isKept || commands.has(context.commandId) ? undefined : await notOwnCourse(services, wanted.teacherId, courseId);
    if (refusal !== undefined) return refusal;
    const data = { ...wanted, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.assessment, assessmentId, { type: 'ChangeAssessment', data }, context), null);
  };
