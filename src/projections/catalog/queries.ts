import { courseCategory } from '../../domain/resources/course-category.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import { MOST_COURSES } from '../../domain/shelf/decider.js';
import type { Filter, ReadModels, SortDirection } from '../../ports/read-models.js';
import type { RecordDocument } from '../kernel/record-projection.js';
import { recordQueries } from '../kernel/record-queries.js';
import { findSlice, type Slice } from '../kernel/slice.js';
import { catalog, EVERYONE, type CatalogDocument } from './document.js';

export type CategoryDocument = RecordDocument<FieldsOf<typeof courseCategory>>;

/** A course with what other read models know of it: routes that ask for it read `catalogReads`. */
export interface CatalogCourse extends CatalogDocument {
  /** Null: its category is a text of its own. */
  readonly category: CategoryDocument | null;
}

export const catalogReads = ['catalog', 'courseCategory'] as const;

export const categories = recordQueries(courseCategory);

const distinct = (ids: readonly (string | null)[]): readonly string[] => [...new Set(ids.filter((id) => id !== null))];

const shown = async (readModels: ReadModels, documents: readonly CatalogDocument[]): Promise<readonly CatalogCourse[]> => {
  const categoryIds = distinct(documents.map(({ categoryId }) => categoryId));
  const found = await categories.byIds(readModels, categoryIds);
  const byId = new Map(categoryIds.map((id, index) => [id, found[index] ?? null]));
  return documents.map((document) => ({ ...document, category: byId.get(document.categoryId ?? '') ?? null }));
};

/** In the order of the ids, also deleted and unpublished ones; undefined where there is none. Up to a few hundred at once. */
export const coursesByIds = async (readModels: ReadModels, ids: readonly string[]): Promise<readonly (CatalogCourse | undefined)[]> => {
  const found = await readModels.getMany(catalog, ids);
  const courses = await shown(readModels, found.filter((document) => document !== undefined));
  const byId = new Map(courses.map((course) => [course.id, course]));
  return ids.map((id) => byId.get(id));
};

export const catalogCourse = async (readModels: ReadModels, courseId: string): Promise<CatalogCourse | undefined> =>
  (await coursesByIds(readModels, [courseId]))[0];

const newestFirst = { createdAt: -1 } as const;

/** All that are not deleted, the newest first: an instructor has MOST_COURSES of them at most. */
export const coursesOwnedBy = async (readModels: ReadModels, instructorId: string): Promise<readonly CatalogCourse[]> =>
  shown(readModels, await readModels.find(catalog, { filter: { instructorId, deleted: false }, sort: newestFirst, limit: MOST_COURSES }));

/** Those on sale to everyone, the newest first. */
export const coursesOfferedBy = async (readModels: ReadModels, instructorId: string): Promise<readonly CatalogCourse[]> =>
  shown(readModels, await readModels.find(catalog, { filter: { audience: EVERYONE, instructorId }, sort: newestFirst, limit: MOST_COURSES }));

/** What a search in another order than the newest first puts in order: so many of its newest matches. */
export const MOST_SORTED_MATCHES = 500;

export interface OfferSearch {
  readonly categoryId?: string;
  readonly instructorIds?: readonly string[];
  /** Words that all stand in title or description. */
  readonly words?: string;
  readonly orderBy?: 'createdAt' | 'priceOrder' | 'enrollments';
  readonly direction?: SortDirection;
}

export interface OfferList {
  readonly courses: readonly CatalogCourse[];
  readonly total: number;
}

const inOrderOf = (found: readonly CatalogDocument[], orderBy: 'createdAt' | 'priceOrder' | 'enrollments', direction: SortDirection): readonly CatalogDocument[] => {
  const order = (one: string | number, other: string | number): number => (one === other ? 0 : (one < other ? -1 : 1) * direction);
  return found.toSorted((one, other) => order(one[orderBy], other[orderBy]) || order(one.createdAt, other.createdAt));
};

/** Courses on sale to everyone; the newest first unless another order is asked for, in which the newer ones come first or last of equal ones. */
export const offeredCourses = async (readModels: ReadModels, search: OfferSearch, slice: Slice): Promise<OfferList> => {
  const { categoryId, instructorIds, words = '', orderBy = 'createdAt', direction = -1 } = search;
  const filter: Filter = {
    audience: EVERYONE,
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(instructorIds === undefined ? {} : { instructorId: { $in: instructorIds } }),
    ...(words === '' ? {} : { $text: { $search: words } }),
  };
  if (words !== '' && (orderBy !== 'createdAt' || direction === 1)) {
    const matches = await readModels.find(catalog, { filter, sort: newestFirst, limit: MOST_SORTED_MATCHES });
    const page = inOrderOf(matches, orderBy, direction).slice(slice.skip, slice.skip + slice.limit);
    return { courses: await shown(readModels, page), total: matches.length };
  }
  const { found, total } = await findSlice(readModels, catalog, { filter, sort: { [orderBy]: direction, createdAt: direction } }, slice);
  return { courses: await shown(readModels, found), total };
};
