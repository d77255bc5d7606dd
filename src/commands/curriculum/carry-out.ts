import { aggregates } from '../../domain/aggregates.js';
import type { CurriculumCommand, CurriculumRejection } from '../../domain/curriculum/decider.js';
import type { ExistingCourse } from '../../domain/course/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { succeeded, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { ownedCourse, type OwnershipRejection } from './owned-course.js';

export interface CurriculumInput {
  readonly actor: Actor;
  readonly courseId: string;
}

/** Keys of the file store that the change put out of use. They are deleted after it: a file too many does no harm, one too few does. */
export interface CurriculumChange {
  readonly replacedFiles: readonly string[];
}

export type CurriculumOutcome = Promise<Outcome<CurriculumChange, CurriculumRejection | OwnershipRejection>>;

/** Carries out a command on the modules and lessons of a course, for its teacher and admins. */
export const carryOut = async (
  services: CommandServices,
  { actor, courseId }: CurriculumInput,
  commandAt: (at: string, course: ExistingCourse) => CurriculumCommand,
  context: CommandContext,
): CurriculumOutcome => {
  const owned = await ownedCourse(services, courseId, actor);
  if (!owned.ok) return owned;
  const { handler, clock } = services;
  const handled = await handler.handle(aggregates.curriculum, courseId, commandAt(clock.now().toISOString(), owned.course), context);
  return handled.ok ? succeeded({ replacedFiles: handled.state.replacedFiles }, handled) : handled;
};
