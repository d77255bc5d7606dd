import type { ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { Actor } from '../actor.js';
import { ownCourse } from '../courses/own-course.js';
import type { CommandServices } from '../services.js';

export type OwnershipRejection = 'course-not-found' | 'not-course-owner';

/** The course, for its teacher and admins until it is deleted. That another teacher has a draft is told to nobody. */
export const ownedCourse = async (
  services: Pick<CommandServices, 'handler'>,
  courseId: string,
  actor: Actor,
): Promise<Readonly<{ ok: true; course: ExistingCourse }> | Refusal<OwnershipRejection>> => {
  const own = await ownCourse(services, courseId, actor);
  return own.ok && own.course.status === 'deleted' ? reject('course-not-found', { courseId }) : own;
};
