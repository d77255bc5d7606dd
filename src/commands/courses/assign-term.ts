import { aggregates } from '../../domain/aggregates.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { assignsTerm, courseActorIn } from '../access/course-rules.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { misplaced } from '../organizations/placement.js';
import type { OrganizationFailure } from '../organizations/rejections.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { knownCourse } from './known-course.js';

export interface AssignTermInput {
  readonly actor: Actor;
  readonly organizationId: string;
  readonly courseId: string;
  /** Null: in no term. */
  readonly termId: string | null;
}

/** The course is taught in that term of its organization. */
export const assignTerm =
  (services: CommandServices) =>
  async (
    { actor, organizationId, courseId, termId }: AssignTermInput,
    context: CommandContext,
  ): Promise<Outcome<null, CourseRejection | OrganizationFailure>> => {
    const known = await knownCourse(services, courseId, actor, organizationId);
    if (!known.ok) return known;
    const { course, standing } = known;
    if (!assignsTerm(actor, course, standing)) return reject('organization-not-permitted');
    const wrong = await misplaced(services, organizationId, { termId });
    if (wrong !== undefined) return wrong;
    const data = { termId, actor: courseActorIn(actor, standing), at: services.clock.now().toISOString() };
    return done(await services.handler.handle(aggregates.course, courseId, { type: 'AssignTerm', data }, context), null);
  };
