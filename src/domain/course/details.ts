import { Value } from 'typebox/value';
import { pickDetails, type CourseDetails } from './state.js';

type Details = Required<CourseDetails>;

/** A link of its own takes the place of an uploaded picture, and a text of its own that of a category. */
const withOwn = (wanted: Partial<CourseDetails>, { thumbnailUrl, category }: Details): Partial<CourseDetails> => ({
  ...(wanted.thumbnailUrl === undefined || wanted.thumbnailUrl === thumbnailUrl ? {} : { thumbnailFile: null }),
  ...(wanted.category === undefined || wanted.category === category ? {} : { categoryId: null }),
  ...wanted,
});

/** What is wanted otherwise than it is. A course that changes its category says the name as well: readers may know the category under a later one. */
export const differing = (wanted: Partial<CourseDetails>, details: Details): Partial<CourseDetails> => {
  const current = new Map<string, unknown>(Object.entries(details));
  const all = pickDetails(withOwn(wanted, details));
  const changed: Partial<CourseDetails> = Object.fromEntries(Object.entries(all).filter(([name, value]) => !Value.Equal(value, current.get(name))));
  return changed.categoryId === undefined ? changed : { category: details.category, ...changed };
};

/** The files that a course names no more after the change. */
export const replacedFiles = (details: Details, changed: Partial<CourseDetails>): readonly string[] =>
  (['thumbnailFile', 'trailerFile'] as const).flatMap((name) => (changed[name] === undefined ? [] : (details[name] ?? [])));
