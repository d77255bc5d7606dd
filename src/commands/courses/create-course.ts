import { courseActor } from '../access/rules.js';
import type { CourseDetails, CourseRejection } from '../../domain/course/decider.js';
import type { ShelfRejection } from '../../domain/shelf/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { freePlace, takePlace } from './course-places.js';

export interface CreateCourseInput extends CourseDetails {
  readonly actor: Actor;
  readonly price: string;
  readonly published: boolean;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly capacity: number | null;
}

/**
 * Takes one of the instructor's places first, and gives it back where the course is refused. A process that dies in between leaves
 * the place taken; the repeat of the request makes its course.
 */
export const createCourse =
  (services: CommandServices) =>
  async (input: CreateCourseInput, context: CommandContext): Promise<Outcome<{ courseId: string }, CourseRejection | ShelfRejection>> => {
    const { handler, clock, settings } = services;
    const { actor, ...facts } = input;
    const courseId = uuidV5('course', context.commandId);
    const data = {
      ...facts,
      tags: [...new Set(facts.tags)],
      courseId,
      instructorId: actor.accountId,
      currency: settings.currency,
      actor: courseActor(actor),
      at: clock.now().toISOString(),
    };
    const command = { type: 'CreateCourse', data } as const;
    const { state: course, commands } = await handler.load(aggregates.course, courseId);
    const decision = aggregates.course.decider.decide(command, course);
    if (!decision.ok && !commands.has(context.commandId)) return decision;
    const place = { instructorId: actor.accountId, courseId };
    const placed = await takePlace(services, place, derivedContext(context, 'take-place'));
    if (!placed.ok) return placed;
    const handled = await handler.handle(aggregates.course, courseId, command, context);
    if (!handled.ok) await freePlace(services, place, derivedContext(context, 'free-place'));
    return done(handled, { courseId });
  };
