import { courseCategory } from '../../domain/resources/course-category.js';
import type { FieldsOf } from '../../domain/record/resource.js';
import { MOST_COURSES } from '../../domain/shelf/decider.js';
import type { ReadModels } from '../../ports/read-models.js';
import type { RecordDocument } from '../kernel/record-projection.js';
import { recordQueries } from '../kernel/record-queries.js';
import { catalog, EVERYONE, type CatalogDocument } from './document.js';

export type CategoryDocument = RecordDocument<FieldsOf<typeof courseCategory>>;

/** A course with what other read models know of it: routes that ask for it read `catalogReads`. */
export interface CatalogCourse extends CatalogDocument {
  /** Null: its category is a text of its own. */
  readonly category: CategoryDocument | null;
  readonly reviews: number;
  /** From 1 to 5; 0 without reviews. */
  readonly averageRating: number;
}

export const catalogReads = ['catalog', 'courseCategory'] as const;

export const categories = recordQueries(courseCategory);

const distinct = (ids: readonly (string | null)[]): readonly string[] => [...new Set(ids.filter((id) => id !== null))];

const shown = async (readModels: ReadModels, documents: readonly CatalogDocument[]): Promise<readonly CatalogCourse[]> => {
  const categoryIds = distinct(documents.map(({ categoryId }) => categoryId));
  const found = await categories.byIds(readModels, categoryIds);
  const byId = new Map(categoryIds.map((id, index) => [id, found[index] ?? null]));
  return documents.map((document) => ({ ...document, category: byId.get(document.categoryId ?? '') ?? null, reviews: 0, averageRating: 0 }));
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
