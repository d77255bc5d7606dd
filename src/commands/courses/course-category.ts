import { aggregates } from '../../domain/aggregates.js';
import type { CourseDetails } from '../../domain/course/decider.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { keptRecord, type RecordBook } from '../../domain/record/record-book.js';
import { uniqueValuesOf } from '../../domain/record/unique-values.js';
import { courseCategory } from '../../domain/resources/course-category.js';
import type { CommandServices } from '../services.js';

const idOfName = (name: string, { holders }: RecordBook): string | null => {
  const [named] = uniqueValuesOf(courseCategory.unique, { name });
  return named === undefined ? null : (holders.get(named.value) ?? null);
};

/**
 * Details that name a category by its id have its name as well, and those that have a text which is the name of one have its id: what one
 * surface calls a category is the same thing for the other.
 */
export const withCategory = async <Details extends Partial<CourseDetails>>(
  { handler }: Pick<CommandServices, 'handler'>,
  details: Details,
): Promise<Readonly<{ ok: true; details: Details }> | Refusal<'course-category-not-found'>> => {
  const { categoryId, category } = details;
  const isText = categoryId === undefined && category !== undefined;
  if (typeof categoryId !== 'string' && !isText) return { ok: true, details };
  const { state } = await handler.load(aggregates.courseCategory, 'all');
  if (isText) return { ok: true, details: { ...details, categoryId: idOfName(category, state) } };
  const entry = typeof categoryId === 'string' ? keptRecord(state, categoryId) : undefined;
  return entry === undefined ? reject('course-category-not-found') : { ok: true, details: { ...details, category: String(entry.fields['name']) } };
};
