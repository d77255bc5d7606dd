import { Type } from 'typebox';
import { defineEvent, Id, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const MOST_STARS = 5;
export const LONGEST_COMMENT = 5_000;

const Stars = Type.Integer({ minimum: 1, maximum: MOST_STARS });
const rated = { ratingId: Id, courseId: Id, studentId: Id, rating: Stars };

/** Each event says the stars that no longer count, so that a sum is kept by events alone. */
export const courseRatingEvents = [
  defineEvent('CourseRated', 'A student rated a course, with one to five stars.', {
    ...rated,
    comment: Personal(Type.String({ maxLength: LONGEST_COMMENT })),
    ratedAt: Timestamp,
  }),
  defineEvent('CourseRatingChanged', 'The student thinks otherwise of the course; a comment that is absent stayed as it was.', {
    ...rated,
    previousRating: Stars,
    comment: Type.Optional(Personal(Type.String({ maxLength: LONGEST_COMMENT }))),
    changedAt: Timestamp,
  }),
  defineEvent('CourseRatingWithdrawn', 'The student took the rating back; these stars do not count any more.', { ...rated, withdrawnAt: Timestamp }),
] as const;

export type CourseRatingEvent = EventOf<(typeof courseRatingEvents)[number]>;
