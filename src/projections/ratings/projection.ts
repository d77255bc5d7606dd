import { projection, rule, where } from '../kernel/projection.js';
import { addedTo, ratings, ratingTotals } from './document.js';
import { ratedCourses, teacherTotalRules, teacherTotals } from './teacher-totals.js';

const ratingOf = ({ data }: { readonly data: { readonly ratingId: string } }): string => data.ratingId;
const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

export const ratingsProjection = projection({
  name: 'ratings',
  version: 1,
  collections: [ratings, ratingTotals, ratedCourses, teacherTotals],
  rules: [
    rule(ratings, 'CourseRated', ratingOf, (_, { data }, id, number) => {
      const { courseId, studentId, rating, comment, ratedAt: createdAt } = data;
      return { id, number, courseId, studentId, rating, comment, createdAt };
    }),
    rule(ratings, 'CourseRatingChanged', ratingOf, (known, { data }) => {
      if (known === undefined) return undefined;
      const { rating, comment = known.comment } = data;
      // A command that was under way when its account was deleted.
      return { ...known, rating, comment: known.studentId === null ? '' : comment };
    }),
    rule(ratings, 'CourseRatingWithdrawn', ratingOf, () => undefined),

    rule(ratingTotals, 'CourseRated', courseOf, (totals, { data }, id) => addedTo(totals, id, 1, data.rating)),
    rule(ratingTotals, 'CourseRatingChanged', courseOf, (totals, { data }, id) => addedTo(totals, id, 0, data.rating - data.previousRating)),
    rule(ratingTotals, 'CourseRatingWithdrawn', courseOf, (totals, { data }, id) => addedTo(totals, id, -1, -data.rating)),
    ...teacherTotalRules,
  ],
  fanOuts: [where(ratings, 'AccountDeleted', 'studentId', ({ data }) => data.accountId, (rating) => ({ ...rating, studentId: null, comment: '' }))],
});
