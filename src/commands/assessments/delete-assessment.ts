import { aggregates } from '../../domain/aggregates.js';
import type { AssessmentRejection } from '../../domain/assessment/decider.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { freeAssessmentPlace } from './assessment-places.js';

export interface DeleteAssessmentInput {
  readonly teacherId: string;
  readonly assessmentId: string;
}

/** For good. Attempts stay. */
export const deleteAssessment =
  (services: CommandServices) =>
  async ({ teacherId, assessmentId }: DeleteAssessmentInput, context: CommandContext): Promise<Outcome<null, AssessmentRejection>> => {
    const { handler, clock } = services;
    const data = { teacherId, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.assessment, assessmentId, { type: 'DeleteAssessment', data }, context);
    // Also for one that is deleted already: a process may have died before it freed the place.
    const { state: after } = await handler.load(aggregates.assessment, assessmentId);
    if (after.status === 'deleted' && after.teacherId === teacherId) {
      await freeAssessmentPlace(services, { teacherId, assessmentId }, derivedContext(context, 'free-place'));
    }
    return done(handled, null);
  };
