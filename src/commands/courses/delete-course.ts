import { courseActorIn, deletesCourse } from '../access/course-rules.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { freePlace } from './course-places.js';
import { knownCourse, type AskedCourse } from './known-course.js';

export interface DeleteCourseInput extends AskedCourse {
  readonly actor: Actor;
}

/** For the instructor, who manages the courses of its organization, and admins. Students keep the course. */
export const deleteCourse =
  (services: CommandServices) =>
  async ({ actor, courseId, organizationId }: DeleteCourseInput, context: CommandContext): Promise<Outcome<null, CourseRejection>> => {
    const { handler, clock } = services;
    const known = await knownCourse(services, courseId, actor, organizationId);
    if (!known.ok) return known;
    const { course, standing } = known;
    if (course.status !== 'deleted' && !deletesCourse(actor, course, standing)) return reject('not-course-owner');
    const data = { actor: courseActorIn(actor, standing), at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'DeleteCourse', data }, context);
    // Also for a course that is deleted already: a process may have died before it freed the place.
    const { state: after } = await handler.load(aggregates.course, courseId);
    if (after.status === 'deleted') {
      const { instructorId } = after;
      await freePlace(services, { instructorId, courseId }, derivedContext(context, 'free-place'));
    }
    return done(handled, null);
  };
