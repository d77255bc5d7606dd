import { lookingUp, projection, rule, where } from '../kernel/projection.js';
import { addedTo, goneRaters, ratings, ratingTotals } from './document.js';
import { ratedCourses, teacherTotalRules, teacherTotals } from './teacher-totals.js';

const ratingOf = ({ data }: { readonly data: { readonly ratingId: string } }): string => data.ratingId;
const courseOf = ({ data }: { readonly data: { readonly courseId: string } }): string => data.courseId;

/** What is left of who rated once the account is deleted. */
const nobody = { studentId: null, comment: '' };

export const ratingsProjection = projection({
  name: 'ratings',
  version: 1,
  collections: [goneRaters, ratings, ratingTotals, ratedCourses, teacherTotals],
  rules: [
    rule(goneRaters, 'AccountDeleted', ({ data }) => data.accountId, (_, { data }, id) => ({ id, deletedAt: data.deletedAt })),
    lookingUp(
      ratings,
      'CourseRated',
      { collection: goneRaters, ids: ({ data }) => data.studentId },
      ({ data }) => [data.ratingId],
      (_, { data }, [gone], id, number) => {
        const { courseId, studentId, rating, comment, ratedAt: createdAt } = data;
        return { id, number, courseId, rating, createdAt, ...(gone === undefined ? { studentId, comment } : nobody) };
      },
    ),
    rule(ratings, 'CourseRatingChanged', ratingOf, (known, { data }) => {
      if (known === undefined) return undefined;
      const { rating, comment = known.comment } = data;
      return { ...known, rating, ...(known.studentId === null ? nobody : { comment }) };
    }),
    rule(ratings, 'CourseRatingWithdrawn', ratingOf, () => undefined),

    rule(ratingTotals, 'CourseRated', courseOf, (totals, { data }, id) => addedTo(totals, id, 1, data.rating)),
    rule(ratingTotals, 'CourseRatingChanged', courseOf, (totals, { data }, id) => addedTo(totals, id, 0, data.rating - data.previousRating)),
    rule(ratingTotals, 'CourseRatingWithdrawn', courseOf, (totals, { data }, id) => addedTo(totals, id, -1, -data.rating)),
    ...teacherTotalRules,
  ],
  fanOuts: [where(ratings, 'AccountDeleted', 'studentId', ({ data }) => data.accountId, (rating) => ({ ...rating, ...nobody }))],
});
