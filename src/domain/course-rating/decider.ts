import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { CourseRatingEvent } from './events.js';

type Addressed = Readonly<{ ratingId: string; courseId: string; studentId: string; at: string }>;

export type CourseRatingCommand =
  | Message<'RateCourse', Addressed & { rating: number; comment: string }>
  /** What is absent stays as it is. */
  | Message<'ChangeRating', Addressed & { rating?: number; comment?: string }>
  | Message<'WithdrawRating', Addressed>;

export type CourseRatingRejection = 'already-rated' | 'rating-not-found';

/** What one student says of one course; null: nothing. */
export type CourseRating = Readonly<{ ratingId: string; rating: number; comment: string }> | null;

/** One stream for each student and course: there is never a second rating. */
export const courseRatingId = (studentId: string, courseId: string): string => `${studentId}.${courseId}`;

const decide = ({ type, data }: CourseRatingCommand, known: CourseRating): Decision<CourseRatingEvent, CourseRatingRejection> => {
  const { ratingId, courseId, studentId, at } = data;
  const addressed = { ratingId, courseId, studentId };
  if (type === 'RateCourse') {
    if (known !== null) return reject('already-rated', { ratingId: known.ratingId });
    return accept({ type: 'CourseRated', data: { ...addressed, rating: data.rating, comment: data.comment, ratedAt: at } });
  }
  if (known === null || known.ratingId !== ratingId) return reject('rating-not-found');
  if (type === 'WithdrawRating') return accept({ type: 'CourseRatingWithdrawn', data: { ...addressed, rating: known.rating, withdrawnAt: at } });
  const { rating = known.rating, comment = known.comment } = data;
  if (rating === known.rating && comment === known.comment) return accept();
  const words = comment === known.comment ? {} : { comment };
  return accept({ type: 'CourseRatingChanged', data: { ...addressed, rating, previousRating: known.rating, ...words, changedAt: at } });
};

const evolve = (known: CourseRating, { type, data }: CourseRatingEvent): CourseRating => {
  switch (type) {
    case 'CourseRated':
      return { ratingId: data.ratingId, rating: data.rating, comment: data.comment };
    case 'CourseRatingChanged':
      return known && { ...known, rating: data.rating, comment: data.comment ?? known.comment };
    case 'CourseRatingWithdrawn':
      return null;
    default:
      return unknownEvent(type, known);
  }
};

export const courseRatingDecider: Decider<CourseRating, CourseRatingCommand, CourseRatingEvent, CourseRatingRejection> = {
  initialState: () => null,
  decide,
  evolve,
};
