import type { CourseLevel } from '../../domain/course/events.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { academyCourses, type AcademyCourseDocument } from './document.js';

export type { AcademyCourseDocument, ClassSession } from './document.js';

/** Undefined also where it is deleted. */
export const academyCourse = async (readModels: ReadModels, courseId: string): Promise<AcademyCourseDocument | undefined> => {
  const course = await readModels.get(academyCourses, courseId);
  return course?.deleted === false ? course : undefined;
};

/** In the order of the ids, deleted ones included; undefined where the academy never had one. */
export const academyCoursesByIds = (readModels: ReadModels, courseIds: readonly string[]): Promise<readonly (AcademyCourseDocument | undefined)[]> =>
  readModels.getMany(academyCourses, courseIds);

export interface AcademyCourseSearch {
  readonly level?: CourseLevel | undefined;
  readonly search?: string | undefined;
}

/** Newest first. */
export const listAcademyCourses = async (
  readModels: ReadModels,
  { level, search = '' }: AcademyCourseSearch,
  slice: Slice,
): Promise<{ readonly courses: readonly AcademyCourseDocument[]; readonly total: number }> => {
  const filter: Filter = {
    deleted: false,
    ...(level === undefined ? {} : { level }),
    ...(search.trim() === '' ? {} : { $text: { $search: search } }),
  };
  const { found: courses, total } = await findSlice(readModels, academyCourses, { filter, sort: { createdAt: -1 } }, slice);
  return { courses, total };
};
