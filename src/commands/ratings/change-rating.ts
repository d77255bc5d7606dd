import { aggregates } from '../../domain/aggregates.js';
import { courseRatingId, type CourseRatingRejection } from '../../domain/course-rating/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { refusedRating, type RatingUseRejection } from './may-rate.js';

export interface ChangeRatingInput {
  /** The student whose rating it is. */
  readonly actor: Actor;
  readonly courseId: string;
  readonly ratingId: string;
  /** Absent: stays as it is. */
  readonly rating?: number;
  readonly comment?: string;
}

/** Changes the student's own rating; who may not rate the course any more may not change it either. */
export const changeRating =
  (services: CommandServices) =>
  async ({ actor, courseId, ...changes }: ChangeRatingInput, context: CommandContext): Promise<Outcome<null, CourseRatingRejection | RatingUseRejection>> => {
    const refusal = await refusedRating(services, actor, courseId);
    if (refusal !== undefined) return refusal;
    const { accountId: studentId } = actor;
    const data = { ...changes, courseId, studentId, at: services.clock.now().toISOString() };
    return done(await services.handler.handle(aggregates.courseRating, courseRatingId(studentId, courseId), { type: 'ChangeRating', data }, context), null);
  };
