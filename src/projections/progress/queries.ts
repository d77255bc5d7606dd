import type { ReadModels } from '../../ports/read-models.js';
import { courseProgress, lessonProgress, type CourseProgressDocument, type LessonProgressDocument } from './document.js';

export type { CourseProgressDocument, LessonProgressDocument } from './document.js';

export const lessonProgressOf = (readModels: ReadModels, studentId: string, lessonId: string): Promise<LessonProgressDocument | undefined> =>
  readModels.get(lessonProgress, `${studentId}.${lessonId}`);

/** In the order of the pairs; undefined where the student has not begun any lesson of the course. */
export const courseProgressOf = (
  readModels: ReadModels,
  pairs: readonly { readonly studentId: string; readonly courseId: string }[],
): Promise<readonly (CourseProgressDocument | undefined)[]> =>
  readModels.getMany(courseProgress, pairs.map(({ studentId, courseId }) => `${studentId}.${courseId}`));

/** Of these students in the courses of one teacher. */
export const progressWithTeacher = (readModels: ReadModels, teacherId: string, studentIds: readonly string[]): Promise<readonly CourseProgressDocument[]> =>
  readModels.find(courseProgress, { filter: { studentId: { $in: studentIds }, teacherId } });
