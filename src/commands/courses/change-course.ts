import { changesCourse, courseActorIn } from '../access/course-rules.js';
import {
  type Course,
  type CourseActor,
  type CourseCommand,
  type CourseDetails,
  type CourseRejection,
  type ExistingCourse,
} from '../../domain/course/decider.js';
import { badFreedom } from '../../domain/course/rules.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { compareMoney } from '../../domain/kernel/money.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { combined, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { OrganizationFailure } from '../organizations/rejections.js';
import { misplaced } from '../organizations/placement.js';
import { heldLevel, type HeldLevel } from '../packages/held-level.js';
import type { CommandServices } from '../services.js';
import { withCategory } from './course-category.js';
import { knownCourse, type AskedCourse } from './known-course.js';

/** Absent fields stay as they are. */
export interface CourseChanges extends Partial<CourseDetails> {
  readonly price?: string;
  readonly published?: boolean;
  /** What the client says of the price that the course will have. */
  readonly free?: boolean;
  readonly organizationPrivate?: boolean;
  readonly capacity?: number | null;
  /** A level of the course's organization. */
  readonly levelId?: string | null;
}

export interface ChangeCourseInput extends AskedCourse {
  readonly actor: Actor;
  readonly changes: CourseChanges;
}

// Commands for the fields that differ: an editor who sends the whole form back has not touched the owner's fields.
const commandsFor = (changes: CourseChanges, course: ExistingCourse, asked: { actor: CourseActor; at: string }): readonly CourseCommand[] => {
  const { price, published, organizationPrivate, capacity, levelId, free: _free, ...details } = changes;
  const commands: CourseCommand[] = [];
  if (published === false && course.status === 'published') commands.push({ type: 'UnpublishCourse', data: asked });
  if (Object.keys(details).length > 0) commands.push({ type: 'ChangeCourseDetails', data: { ...details, ...asked } });
  if (price !== undefined && compareMoney(price, course.price) !== 0) {
    commands.push({ type: 'RepriceCourse', data: { price, currency: course.currency, ...asked } });
  }
  if (organizationPrivate !== undefined && organizationPrivate !== course.organizationPrivate) {
    commands.push({ type: 'ChangeCourseVisibility', data: { organizationPrivate, ...asked } });
  }
  if (capacity !== undefined && capacity !== course.capacity) commands.push({ type: 'ChangeCourseCapacity', data: { capacity, ...asked } });
  if (levelId !== undefined && levelId !== course.levelId) commands.push({ type: 'AssignLevel', data: { levelId, ...asked } });
  if (published === true && course.status !== 'published') commands.push({ type: 'PublishCourse', data: asked });
  return commands;
};

const refusalOf = (commands: readonly CourseCommand[], course: ExistingCourse): Refusal<CourseRejection> | undefined => {
  const { decide, evolve } = aggregates.course.decider;
  let state: Course = course;
  for (const command of commands) {
    const decision = decide(command, state);
    if (!decision.ok) return decision;
    state = decision.events.reduce(evolve, state);
  }
  return undefined;
};

const noSuchLevel = async (
  services: CommandServices,
  { organizationId, levelId: present }: ExistingCourse,
  { levelId = present }: CourseChanges,
): Promise<Refusal<OrganizationFailure> | undefined> =>
  organizationId === null || levelId === present ? undefined : misplaced(services, organizationId, { levelId });

const steps: readonly CourseCommand['type'][] = [
  'UnpublishCourse',
  'ChangeCourseDetails',
  'RepriceCourse',
  'ChangeCourseVisibility',
  'ChangeCourseCapacity',
  'AssignLevel',
  'PublishCourse',
];

export type ChangeCourseRejection = CourseRejection | OrganizationFailure | 'course-category-not-found' | 'package-level-differs';

/**
 * Details by the instructor, editors, who manages the courses of the organization, and admins; the rest by the same without editors.
 * All of it is refused, or none. Packages are looked through before and after: one that took the course for its old level meanwhile
 * keeps it, and the change is taken back.
 */
export const changeCourse =
  (services: CommandServices) =>
  async ({ actor, courseId, organizationId, changes }: ChangeCourseInput, context: CommandContext): Promise<Outcome<null, ChangeCourseRejection>> => {
    const { handler, clock } = services;
    const found = await knownCourse(services, courseId, actor, organizationId);
    if (!found.ok) return found;
    const { course, standing, position: loadedAt, commands: known } = found;
    if (course.status === 'deleted') return reject('course-not-found');
    if (!changesCourse(actor, course, standing)) return reject('not-course-editor');
    const asked = { actor: courseActorIn(actor, standing), at: clock.now().toISOString() };
    const named = await withCategory(services, changes);
    if (!named.ok) return named;
    const commands = commandsFor(named.details, course, asked);
    const refusal = refusalOf(commands, course) ?? badFreedom(changes.free, changes.price ?? course.price) ?? (await noSuchLevel(services, course, changes));
    if (refusal !== undefined) return refusal;
    // A repeat may find nothing left to do: the ids of its steps tell that the first attempt changed something.
    const wasCarriedOut = steps.some((step) => known.has(derivedContext(context, step).commandId));
    // Only courses of the academy are in packages.
    const level = course.details.academyQuota === null ? undefined : changes.level;
    const takeBack = async ({ levelOf, refusal: held }: HeldLevel) => {
      const data = { ...course.details, level: levelOf(course.details), ...asked };
      await handler.handle(aggregates.course, courseId, { type: 'ChangeCourseDetails', data }, derivedContext(context, 'take-back'));
      return held;
    };
    const held = await heldLevel(services, courseId, level);
    // The first attempt may have died between the change and the second look.
    if (held !== undefined) return wasCarriedOut ? takeBack(held) : held.refusal;
    let effect: Effect = { position: loadedAt, changed: wasCarriedOut };
    for (const command of commands) {
      const handled = await handler.handle(aggregates.course, courseId, command, derivedContext(context, command.type));
      if (!handled.ok) return handled;
      effect = combined(effect, handled);
    }
    const heldSince = await heldLevel(services, courseId, level);
    return heldSince === undefined ? succeeded(null, effect) : takeBack(heldSince);
  };
