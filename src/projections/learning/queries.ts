import type { ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { courseEnrollments, moduleEnrollments, type CourseEnrollmentDocument, type ModuleEnrollmentDocument } from './document.js';

export type { CourseEnrollmentDocument, ModuleEnrollmentDocument } from './document.js';

/** Also one that ended. */
export const courseEnrollmentOf = (readModels: ReadModels, studentId: string, courseId: string): Promise<CourseEnrollmentDocument | undefined> =>
  readModels.get(courseEnrollments, `${studentId}.${courseId}`);

/** In the order of the courses, also those that ended; undefined where there never was one. */
export const courseEnrollmentsIn = (readModels: ReadModels, studentId: string, courseIds: readonly string[]): Promise<readonly (CourseEnrollmentDocument | undefined)[]> =>
  readModels.getMany(courseEnrollments, courseIds.map((courseId) => `${studentId}.${courseId}`));

/** Also one that ended. */
export const courseEnrollmentByNumber = async (readModels: ReadModels, number: number): Promise<CourseEnrollmentDocument | undefined> =>
  (await readModels.find(courseEnrollments, { filter: { number }, limit: 1 }))[0];

/** Also one that ended. Only of a module that was opened by itself. */
export const moduleEnrollmentOf = (readModels: ReadModels, studentId: string, moduleId: string): Promise<ModuleEnrollmentDocument | undefined> =>
  readModels.get(moduleEnrollments, `${studentId}.${moduleId}`);

/** Whether the module is open to the student: by itself, or with the whole course. */
export const hasModule = async (readModels: ReadModels, studentId: string, courseId: string, moduleId: string): Promise<boolean> => {
  const enrollment = await courseEnrollmentOf(readModels, studentId, courseId);
  return enrollment !== undefined && (enrollment.full || enrollment.moduleIds.includes(moduleId));
};

interface Enrollments {
  readonly found: readonly CourseEnrollmentDocument[];
  readonly total: number;
}

/** Of a course, the newest first; also those that ended. */
export const enrollmentsOfCourse = (readModels: ReadModels, courseId: string, slice: Slice): Promise<Enrollments> =>
  findSlice(readModels, courseEnrollments, { filter: { courseId }, sort: { enrolledAt: -1 } }, slice);

/**
 * What a student has of courses that are published, the newest first: all of it, or of one teacher; `except`: of these teachers
 * nothing.
 */
export const enrollmentsOfStudent = (
  readModels: ReadModels,
  studentId: string,
  { teacherId, except = [] }: { readonly teacherId?: string; readonly except?: readonly string[] },
  slice: Slice,
): Promise<Enrollments> => {
  const mine = { studentId, active: true, courseShown: true };
  const others = except.length === 0 ? {} : { teacherId: { $nin: except } };
  const filter = { ...mine, ...(teacherId === undefined ? others : { teacherId }) };
  return findSlice(readModels, courseEnrollments, { filter, sort: { enrolledAt: -1 } }, slice);
};
