import { courseActor } from '../access/rules.js';
import type { CourseRejection } from '../../domain/course/decider.js';
import { reject } from '../../domain/kernel/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import type { CommandContext } from '../context.js';
import { done, type Outcome } from '../outcome.js';
import type { EditorInput } from './remove-editor.js';
import type { CommandServices } from '../services.js';
import { knownCourse } from './known-course.js';

/** For the instructor and admins. An editor has an account. */
export const addEditor =
  (services: CommandServices) =>
  async (
    { actor, courseId, editorId }: EditorInput,
    context: CommandContext,
  ): Promise<Outcome<null, CourseRejection | 'account-not-found'>> => {
    const { handler, clock } = services;
    const known = await knownCourse(services, courseId, actor);
    if (!known.ok) return known;
    const { state: editor } = await handler.load(aggregates.account, editorId);
    if (editor.status !== 'registered') return reject('account-not-found', { accountId: editorId });
    const data = { editorId, actor: courseActor(actor), at: clock.now().toISOString() };
    const handled = await handler.handle(aggregates.course, courseId, { type: 'AddEditor', data }, context);
    return done(handled, null);
  };
