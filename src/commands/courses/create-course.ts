import { courseActor } from '../access/rules.js';
import type { CourseDetails, CourseRejection } from '../../domain/course/decider.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

export interface CreateCourseInput extends CourseDetails {
  readonly actor: Actor;
  readonly price: string;
  readonly published: boolean;
  readonly organizationId: string | null;
  readonly organizationPrivate: boolean;
  readonly capacity: number | null;
}

export const createCourse =
  ({ handler, clock, settings }: CommandServices) =>
  async (input: CreateCourseInput, context: CommandContext): Promise<Outcome<{ courseId: string }, CourseRejection>> => {
    const { actor, ...course } = input;
    const courseId = uuidV5('course', context.commandId);
    const data = {
      ...course,
      tags: [...new Set(course.tags)],
      courseId,
      instructorId: actor.accountId,
      currency: settings.currency,
      actor: courseActor(actor),
      at: clock.now().toISOString(),
    };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'CreateCourse', data }, context);
    return done(handled, { courseId });
  };
