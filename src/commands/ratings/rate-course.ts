import { aggregates } from '../../domain/aggregates.js';
import { courseRatingId, type CourseRatingRejection } from '../../domain/course-rating/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { refusedRating, type RatingUseRejection } from './may-rate.js';

export interface RateCourseInput {
  readonly actor: Actor;
  readonly courseId: string;
  /** 1 to 5. */
  readonly rating: number;
  readonly comment: string;
}

type Rated = Outcome<{ readonly ratingId: string }, CourseRatingRejection | RatingUseRejection>;

/** Rates a course that the student has, once. */
export const rateCourse =
  (services: CommandServices) =>
  async ({ actor, courseId, rating, comment }: RateCourseInput, context: CommandContext): Promise<Rated> => {
    const refusal = await refusedRating(services, actor, courseId);
    if (refusal !== undefined) return refusal;
    const { accountId: studentId } = actor;
    const ratingId = uuidV5('course-rating', context.commandId);
    const data = { ratingId, courseId, studentId, rating, comment, at: services.clock.now().toISOString() };
    const handled = await services.handler.handle(aggregates.courseRating, courseRatingId(studentId, courseId), { type: 'RateCourse', data }, context);
    return done(handled, { ratingId });
  };
