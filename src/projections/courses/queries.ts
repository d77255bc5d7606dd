import type { CourseLevel } from '../../domain/course/events.js';
import type { Filter, ReadModels } from '../../ports/read-models.js';
import { findSlice, type Place, type Slice } from '../kernel/slice.js';
import { courses, EVERYONE, type CourseDocument } from './document.js';

export { EVERYONE, type CourseDocument } from './document.js';

export interface CourseList {
  readonly courses: readonly CourseDocument[];
  readonly total: number;
  readonly next: Place | null;
}

export interface CourseSearch {
  readonly category?: string | undefined;
  readonly level?: CourseLevel | undefined;
  readonly search?: string | undefined;
  /** Its private courses are among the results. */
  readonly organizationId?: string | null;
}

const newestFirst = { createdAt: -1 } as const;

const listOf = async (readModels: ReadModels, filter: Filter, slice: Slice): Promise<CourseList> => {
  const { found, ...rest } = await findSlice(readModels, courses, { filter, sort: newestFirst }, slice);
  return { courses: found, ...rest };
};

export const courseById = (readModels: ReadModels, courseId: string): Promise<CourseDocument | undefined> =>
  readModels.get(courses, courseId);

/** In the order of the ids; undefined where there is none. */
export const coursesByIds = (readModels: ReadModels, courseIds: readonly string[]): Promise<readonly (CourseDocument | undefined)[]> =>
  readModels.getMany(courses, courseIds);

/** On sale to everyone, and to the members of this organization. */
const onSaleTo = (organizationId: string | null): Filter => ({ audience: organizationId === null ? EVERYONE : { $in: [EVERYONE, organizationId] } });

export const listedCourses = (
  readModels: ReadModels,
  search: CourseSearch,
  slice: Slice,
): Promise<CourseList> => {
  const words = search.search?.trim() ?? '';
  const filter: Filter = {
    ...onSaleTo(search.organizationId ?? null),
    ...(search.category === undefined || search.category === '' ? {} : { category: search.category }),
    ...(search.level === undefined ? {} : { level: search.level }),
    ...(words === '' ? {} : { $text: { $search: words } }),
  };
  return listOf(readModels, filter, slice);
};

/** An instructor's courses, newest first: those on sale to everyone and to members of this organization, or all that are not deleted. */
export const coursesOfInstructor = (
  readModels: ReadModels,
  instructorId: string,
  shown: 'all' | { readonly organizationId: string | null },
  slice: Slice,
): Promise<CourseList> =>
  listOf(readModels, { instructorId, ...(shown === 'all' ? { deleted: false } : onSaleTo(shown.organizationId)) }, slice);

/** The ids of the newest courses that the account runs, as instructor or editor. */
export const coursesRunBy = async (readModels: ReadModels, accountId: string, most: number): Promise<readonly string[]> => {
  const found = await Promise.all(
    [{ instructorId: accountId, deleted: false }, { editors: accountId, deleted: false }].map((filter) =>
      readModels.find(courses, { filter, sort: newestFirst, limit: most }),
    ),
  );
  return found.flat().toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1)).slice(0, most).map(({ id }) => id);
};
