import { courseActor } from '../access/rules.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { freePlace } from './course-places.js';

/** For the instructor and admins. Students keep the course. */
export const deleteCourse =
  (services: CommandServices) =>
  async (
    { actor, courseId }: { readonly actor: Actor; readonly courseId: string },
    context: CommandContext,
  ): Promise<Outcome<null, CourseRejection>> => {
    const { handler, clock } = services;
    const data = { actor: courseActor(actor), at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'DeleteCourse', data }, context);
    // Also for a course that is deleted already: a process may have died before it freed the place.
    const { state: course } = await handler.load(aggregates.course, courseId);
    if (course.status === 'deleted') {
      const { instructorId } = course;
      await freePlace(services, { instructorId, courseId }, derivedContext(context, 'free-place'));
    }
    return done(handled, null);
  };
