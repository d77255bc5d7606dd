import type { ExistingCourse } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { takesCourse } from '../access/course-rules.js';
import { knownCourse, offerOf } from '../courses/known-course.js';
import type { CommandServices } from '../services.js';
import { belongsToTeacher } from '../teaching/standing.js';

export type TaughtCourseRejection = 'course-not-found' | 'course-not-published' | 'not-a-student-of-teacher';

/** The published course, if the student belongs to its teacher and is not blocked. */
export const taughtCourse = async (
  services: Pick<CommandServices, 'handler'>,
  courseId: string,
  studentId: string,
): Promise<Readonly<{ ok: true; course: ExistingCourse }> | Refusal<TaughtCourseRejection>> => {
  const actor = { accountId: studentId, role: null };
  const known = await knownCourse(services, courseId, actor);
  if (!known.ok) return known;
  const { course, standing } = known;
  if (course.status === 'deleted') return reject('course-not-found', { courseId });
  if (!(await belongsToTeacher(services, course.instructorId, studentId))) return reject('not-a-student-of-teacher');
  if (course.status !== 'published') return reject('course-not-published', { courseId });
  return takesCourse(actor, offerOf(course), standing) ? { ok: true, course } : reject('course-not-found', { courseId });
};
