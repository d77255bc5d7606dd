import { courseActor } from '../access/rules.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import type { Actor } from '../actor.js';
import type { CommandContext } from '../context.js';
import { aggregates } from '../../domain/aggregates.js';
import { done, type Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { knownCourse } from './known-course.js';

export interface EditorInput {
  readonly actor: Actor;
  readonly courseId: string;
  readonly editorId: string;
}

export const removeEditor =
  (services: CommandServices) =>
  async ({ actor, courseId, editorId }: EditorInput, context: CommandContext): Promise<Outcome<null, CourseRejection>> => {
    const { handler, clock } = services;
    const known = await knownCourse(services, courseId, actor);
    if (!known.ok) return known;
    const data = { editorId, actor: courseActor(actor), at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'RemoveEditor', data }, context);
    return done(handled, null);
  };
