import type { ReadModels } from '../../ports/read-models.js';
import { ratings, ratingTotals as totals, type RatingDocument } from './document.js';
import { teacherTotals } from './teacher-totals.js';

export type { RatingDocument } from './document.js';

/** `count` ratings with `sum` stars together. */
export interface RatingTotals {
  readonly count: number;
  readonly sum: number;
}

export const ratingById = (readModels: ReadModels, ratingId: string): Promise<RatingDocument | undefined> => readModels.get(ratings, ratingId);

export const ratingByNumber = async (readModels: ReadModels, number: number): Promise<RatingDocument | undefined> =>
  (await readModels.find(ratings, { filter: { number }, limit: 1 }))[0];

/** The newest ratings of a course, newest first. */
export const newestRatings = (readModels: ReadModels, courseId: string, most: number): Promise<readonly RatingDocument[]> =>
  readModels.find(ratings, { filter: { courseId }, sort: { number: -1 }, limit: most });

/** By course; each of these courses is in it, with zeros where nobody rated it. */
export const ratingTotals = async (readModels: ReadModels, courseIds: readonly string[]): Promise<ReadonlyMap<string, RatingTotals>> => {
  const ids = [...new Set(courseIds)];
  const found = await readModels.getMany(totals, ids);
  return new Map(ids.map((id, index) => [id, { count: found[index]?.count ?? 0, sum: found[index]?.sum ?? 0 }]));
};

/** Over all courses of a teacher, also deleted ones; zeros where nobody rated one. */
export const teacherRatingTotals = async (readModels: ReadModels, teacherId: string): Promise<RatingTotals> => {
  const { count = 0, sum = 0 } = (await readModels.get(teacherTotals, teacherId)) ?? {};
  return { count, sum };
};
