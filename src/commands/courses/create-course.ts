import { createsCourses } from '../access/organization-rules.js';
import { courseActor } from '../access/rules.js';
import type { CourseDetails, CourseRejection } from '../../domain/course/decider.js';
import type { ShelfRejection } from '../../domain/shelf/decider.js';
import type { Refusal } from '../../domain/kernel/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { misplaced } from '../organizations/placement.js';
import type { OrganizationFailure } from '../organizations/rejections.js';
import { permitted } from '../organizations/standing.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { withCategory } from './course-category.js';
import { freePlace, takePlace } from './course-places.js';

export interface CreateCourseInput extends CourseDetails {
  readonly actor: Actor;
  readonly price: string;
  readonly published: boolean;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  /** A level of the organization; absent: none. */
  readonly levelId?: string | null;
  readonly capacity: number | null;
  /** What the client says of the price; absent: nothing. */
  readonly free?: boolean;
}

export type CreateCourseRejection = CourseRejection | ShelfRejection | OrganizationFailure | 'course-category-not-found';

/** In an organization it takes a role that allows it, and a level is one that the organization has. */
const refusedThere = async (
  services: CommandServices,
  { actor, organizationId, levelId = null }: CreateCourseInput,
): Promise<Refusal<OrganizationFailure> | undefined> => {
  if (organizationId === null) return undefined;
  const found = await permitted(services, organizationId, actor, createsCourses);
  return found.ok ? misplaced(services, organizationId, { levelId }) : found;
};

/**
 * The account becomes the instructor of the course. Takes one of the instructor's places first, and gives it back where the course is
 * refused. A process that dies in between leaves the place taken; the repeat of the request makes its course.
 */
export const createCourse =
  (services: CommandServices) =>
  async (input: CreateCourseInput, context: CommandContext): Promise<Outcome<{ courseId: string }, CreateCourseRejection>> => {
    const { handler, clock, settings } = services;
    const { actor, ...facts } = input;
    const courseId = uuidV5('course', context.commandId);
    const isRepeat = (await handler.load(aggregates.course, courseId)).state.status !== 'none';
    const refusal = isRepeat ? undefined : await refusedThere(services, input);
    if (refusal !== undefined) return refusal;
    const named = await withCategory(services, facts);
    if (!named.ok) return named;
    const data = {
      ...named.details,
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
