import { aggregates } from '../../domain/aggregates.js';
import type { AssessmentDetails, AssessmentRejection } from '../../domain/assessment/decider.js';
import type { AssessmentShelfRejection } from '../../domain/assessment-shelf/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { freeAssessmentPlace, takeAssessmentPlace } from './assessment-places.js';
import { notOwnCourse, type OwnCourseRejection } from './own-course.js';

export interface CreateAssessmentInput {
  readonly teacherId: string;
  readonly details: AssessmentDetails;
  /** As soon as it has a question that can be answered. */
  readonly published: boolean;
}

export type CreateAssessmentRejection = AssessmentRejection | AssessmentShelfRejection | OwnCourseRejection;

/**
 * The caller knows that the account is a teacher. Takes one of the teacher's places first, and gives it back where the assessment is
 * refused. A process that dies in between leaves the place taken; the repeat of the request makes its assessment.
 */
export const createAssessment =
  (services: CommandServices) =>
  async ({ teacherId, details, published }: CreateAssessmentInput, context: CommandContext): Promise<Outcome<{ assessmentId: string }, CreateAssessmentRejection>> => {
    const { handler, clock } = services;
    const assessmentId = uuidV5('assessment', context.commandId);
    const { commands } = await handler.load(aggregates.assessment, assessmentId);
    const refusal = commands.has(context.commandId) ? undefined : await notOwnCourse(services, teacherId, details.courseId);
    if (refusal !== undefined) return refusal;
    const place = { teacherId, assessmentId };
    const placed = await takeAssessmentPlace(services, place, derivedContext(context, 'take-place'));
    if (!placed.ok) return placed;
    const data = { ...place, details, published, at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.assessment, assessmentId, { type: 'CreateAssessment', data }, context);
    if (!handled.ok) await freeAssessmentPlace(services, place, derivedContext(context, 'free-place'));
    return done(handled, { assessmentId });
  };
