import { courseActor } from '../access/rules.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** For the instructor and admins. Students keep the course. */
export const deleteCourse =
  ({ handler, clock }: CommandServices) =>
  async (
    { actor, courseId }: { readonly actor: Actor; readonly courseId: string },
    context: CommandContext,
  ): Promise<Outcome<null, CourseRejection>> => {
    const data = { actor: courseActor(actor), at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'DeleteCourse', data }, context);
    return done(handled, null);
  };
