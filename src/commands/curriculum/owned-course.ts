import type { ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { keepsCurriculum } from '../access/learning-rules.js';
import type { Actor } from '../actor.js';
import { knownCourse } from '../courses/known-course.js';
import type { CommandServices } from '../services.js';

export type OwnershipRejection = 'course-not-found' | 'not-course-owner';

/** The course, for its teacher and admins until it is deleted. */
export const ownedCourse = async (
  services: Pick<CommandServices, 'handler'>,
  courseId: string,
  actor: Actor,
): Promise<Readonly<{ ok: true; course: ExistingCourse }> | Refusal<OwnershipRejection>> => {
  const known = await knownCourse(services, courseId, actor);
  if (!known.ok) return known;
  const { course } = known;
  if (course.status === 'deleted') return reject('course-not-found', { courseId });
  return keepsCurriculum(actor, { ...course, deleted: false }) ? { ok: true, course } : reject('not-course-owner');
};
