import type { CourseRejection, ExistingCourse } from '../../domain/course/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import { isAdmin } from '../access/rules.js';
import type { CommandContext } from '../context.js';
import type { Outcome } from '../outcome.js';
import type { CommandServices } from '../services.js';
import { changeCourse, type ChangeCourseRejection, type CourseChanges } from './change-course.js';
import { deleteCourse } from './delete-course.js';

/**
 * The course, perhaps deleted, for the teacher whose it is, and for admins. That another teacher has a course is told of those alone that
 * are on sale to everyone.
 */
export const ownCourse = async (
  { handler }: Pick<CommandServices, 'handler'>,
  courseId: string,
  actor: Actor,
): Promise<Readonly<{ ok: true; course: ExistingCourse }> | Refusal<'course-not-found' | 'not-course-owner'>> => {
  const { state: course } = await handler.load(aggregates.course, courseId);
  if (course.status === 'none') return reject('course-not-found', { courseId });
  if (isAdmin(actor) || course.instructorId === actor.accountId) return { ok: true, course };
  const isKnown = course.status === 'published' && !course.organizationPrivate;
  return isKnown ? reject('not-course-owner') : reject('course-not-found', { courseId });
};

interface OwnCourseInput {
  readonly actor: Actor;
  readonly courseId: string;
}

/** As changeCourse, for the owner alone. */
export const changeOwnCourse =
  (services: CommandServices) =>
  async (input: OwnCourseInput & { readonly changes: CourseChanges }, context: CommandContext): Promise<Outcome<null, ChangeCourseRejection>> => {
    const own = await ownCourse(services, input.courseId, input.actor);
    return own.ok ? changeCourse(services)(input, context) : own;
  };

/** As deleteCourse, for the owner alone. */
export const deleteOwnCourse =
  (services: CommandServices) =>
  async (input: OwnCourseInput, context: CommandContext): Promise<Outcome<null, CourseRejection>> => {
    const own = await ownCourse(services, input.courseId, input.actor);
    return own.ok ? deleteCourse(services)(input, context) : own;
  };
