import type { ReadModels } from '../../ports/read-models.js';
import { courseEnrollments } from './document.js';

/** Whether each of these students has something of the course now; in the order of the pairs. */
export const areEnrolled = async (
  readModels: ReadModels,
  pairs: readonly { readonly studentId: string; readonly courseId: string }[],
): Promise<readonly boolean[]> => {
  const found = await readModels.getMany(courseEnrollments, pairs.map(({ studentId, courseId }) => `${studentId}.${courseId}`));
  return found.map((enrollment) => enrollment?.active === true && enrollment.courseShown);
};

/** How many published courses of the teacher the student has something of. */
export const countEnrolledCourses = (readModels: ReadModels, teacherId: string, studentId: string): Promise<number> =>
  readModels.count(courseEnrollments, { studentId, active: true, courseShown: true, teacherId });
