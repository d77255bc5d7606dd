import { courseActor } from '../access/rules.js';
import {
  mayEditCourse,
  type Course,
  type CourseActor,
  type CourseCommand,
  type CourseDetails,
  type CourseRejection,
  type ExistingCourse,
} from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { compareMoney } from '../../domain/kernel/money.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { combined, succeeded, type Effect, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';

/** Absent fields stay as they are. */
export interface CourseChanges extends Partial<CourseDetails> {
  readonly price?: string;
  readonly published?: boolean;
  readonly organizationPrivate?: boolean;
  readonly capacity?: number | null;
}

export interface ChangeCourseInput {
  readonly actor: Actor;
  readonly courseId: string;
  readonly changes: CourseChanges;
}

// Commands for the fields that differ: an editor who sends the whole form back has not touched the owner's fields.
const commandsFor = (changes: CourseChanges, course: ExistingCourse, asked: { actor: CourseActor; at: string }): readonly CourseCommand[] => {
  const { price, published, organizationPrivate, capacity, ...details } = changes;
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

const steps: readonly CourseCommand['type'][] = [
  'UnpublishCourse',
  'ChangeCourseDetails',
  'RepriceCourse',
  'ChangeCourseVisibility',
  'ChangeCourseCapacity',
  'PublishCourse',
];

/** Details by the instructor, editors and admins; the rest by the instructor and admins. All of it is refused, or none. */
export const changeCourse =
  ({ handler, clock }: CommandServices) =>
  async ({ actor, courseId, changes }: ChangeCourseInput, context: CommandContext): Promise<Outcome<null, CourseRejection>> => {
    const asked = { actor: courseActor(actor), at: clock.now().toISOString() };
    const { state: course, position: loadedAt, commands: known } = await handler.load(aggregates.course, courseId);
    if (course.status === 'none' || course.status === 'deleted') return reject('course-not-found');
    if (!mayEditCourse(asked.actor, course)) return reject('not-course-editor');
    const commands = commandsFor(changes, course, asked);
    const refusal = refusalOf(commands, course);
    if (refusal !== undefined) return refusal;
    // A repeat may find nothing left to do: the ids of its steps tell that the first attempt changed something.
    const wasCarriedOut = steps.some((step) => known.has(derivedContext(context, step).commandId));
    let effect: Effect = { position: loadedAt, changed: wasCarriedOut };
    for (const command of commands) {
      const handled = await handler.handle(aggregates.course, courseId, command, derivedContext(context, command.type));
      if (!handled.ok) return handled;
      effect = combined(effect, handled);
    }
    return succeeded(null, effect);
  };
