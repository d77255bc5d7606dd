import { aggregates } from '../../domain/aggregates.js';
import { courseRatingId, type CourseRatingRejection } from '../../domain/course-rating/decider.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface WithdrawRatingInput {
  readonly studentId: string;
  readonly courseId: string;
  readonly ratingId: string;
}

/** Takes the student's own rating back, also where the course is not open to the student any more. */
export const withdrawRating =
  ({ handler, clock }: CommandServices) =>
  async (input: WithdrawRatingInput, context: CommandContext): Promise<Outcome<null, CourseRatingRejection>> => {
    const data = { ...input, at: clock.now().toISOString() };
    return done(await handler.handle(aggregates.courseRating, courseRatingId(input.studentId, input.courseId), { type: 'WithdrawRating', data }, context), null);
  };
