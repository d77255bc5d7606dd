import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { enrolledCourses, enrollments, type EnrolledCourseDocument, type EnrollmentDocument } from './document.js';

export type { EnrolledCourseDocument, EnrollmentDocument } from './document.js';

export interface OwnedCourse {
  readonly enrollment: EnrollmentDocument;
  readonly course: EnrolledCourseDocument;
}

export const enrollmentOf = (
  readModels: ReadModels,
  studentId: string,
  courseId: string,
): Promise<EnrollmentDocument | undefined> => readModels.get(enrollments, `${studentId}.${courseId}`);

export const hasAccess = async (readModels: ReadModels, studentId: string, courseId: string): Promise<boolean> =>
  (await enrollmentOf(readModels, studentId, courseId))?.active === true;

export const ownedCourses = async (
  readModels: ReadModels,
  studentId: string,
  slice: Slice,
): Promise<{ readonly owned: readonly OwnedCourse[]; readonly total: number; readonly next: Place | null }> => {
  const { found, ...rest } = await findSlice(readModels, enrollments, { filter: { studentId, active: true }, sort: { enrolledAt: -1 } }, slice);
  const courses = await readModels.getMany(enrolledCourses, found.map(({ courseId }) => courseId));
  const owned = found.flatMap((enrollment, index) => {
    const course = courses[index];
    return course === undefined ? [] : [{ enrollment, course }];
  });
  return { owned, ...rest };
};

/** The courses that the account has, at most so many: the latest. */
export const enrolledCourseIds = async (readModels: ReadModels, studentId: string, most: number): Promise<readonly string[]> => {
  const found = await readModels.find(enrollments, { filter: { studentId, active: true }, sort: { enrolledAt: -1 }, limit: most });
  return found.map(({ courseId }) => courseId);
};
