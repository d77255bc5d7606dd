import { aggregates } from '../../domain/aggregates.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { CommandServices } from '../services.js';

export type OwnCourseRejection = 'course-not-found';

/** Refuses a course that is not there, or another's, alike. Null and absent: none is named. */
export const notOwnCourse = async (
  { handler }: Pick<CommandServices, 'handler'>,
  teacherId: string,
  courseId: string | null = null,
): Promise<Refusal<OwnCourseRejection> | undefined> => {
  if (courseId === null) return undefined;
  const { state: course } = await handler.load(aggregates.course, courseId);
  const isOwn = course.status !== 'none' && course.status !== 'deleted' && course.instructorId === teacherId;
  return isOwn ? undefined : reject('course-not-found');
};
