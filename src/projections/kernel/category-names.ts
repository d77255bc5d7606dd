import type { CollectionDefinition, Document } from '../../ports/read-models.js';
import { collection, lookingUp, rule, where, type FanOutRule, type ProjectionRule, type RecordOf } from './projection.js';

interface InCategory extends Document {
  readonly category: string;
  /** The category that `category` is the name of; null: it is a text of its own. */
  readonly categoryId: string | null;
}

interface NamedCategory extends Document {
  readonly name: string;
}

type Placing = RecordOf<'CourseCreated' | 'CourseDetailsChanged'>;

/** Keeps the categories of courses by their names of now: an event of a course says the one that the category had then. */
export const categoryNames = <Course extends InCategory>(
  courses: CollectionDefinition<Course>,
): { readonly collection: CollectionDefinition; readonly rules: readonly ProjectionRule[]; readonly fanOuts: readonly FanOutRule[] } => {
  const categories = collection<NamedCategory>({ projection: courses.projection, name: 'named-categories', indexes: [] });
  const named = (eventType: 'CourseCreated' | 'CourseDetailsChanged'): ProjectionRule =>
    lookingUp(
      courses,
      eventType,
      { collection: categories, ids: ({ data }: Placing) => data.categoryId ?? [] },
      ({ data }: Placing) => [data.courseId],
      (course, _event, [category]) => course && (category === undefined ? course : { ...course, category: category.name }),
    );
  return {
    collection: categories,
    rules: [
      rule(categories, 'CourseCategoryCreated', ({ data }) => data.recordId, (_, { data: { fields } }, id) => ({ id, name: fields.name })),
      rule(categories, 'CourseCategoryChanged', ({ data }) => data.recordId, (category, { data: { fields } }) => category && { ...category, name: fields.name ?? category.name }),
      named('CourseCreated'),
      named('CourseDetailsChanged'),
    ],
    fanOuts: [
      where(
        courses,
        'CourseCategoryChanged',
        'categoryId',
        ({ data }) => (data.fields.name === undefined ? undefined : data.recordId),
        (course, { data }) => ({ ...course, category: data.fields.name ?? course.category }),
      ),
    ],
  };
};
