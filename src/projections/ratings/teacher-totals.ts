import type { EventType } from '../../domain/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection, lookingUp, rule, type ProjectionRule, type RecordOf } from '../kernel/projection.js';
import { addedTo, type RatingTotalsDocument } from './document.js';

/** Who teaches a course; the id is the course's. */
interface TaughtDocument extends Document {
  readonly teacherId: string;
}

export const ratedCourses = collection<TaughtDocument>({ projection: 'ratings', name: 'ratedCourses', indexes: [] });

/** All ratings of a teacher's courses together, also of deleted ones; the id is the teacher's. */
export const teacherTotals = collection<RatingTotalsDocument>({ projection: 'ratings', name: 'teacherTotals', indexes: [] });

type RatingEvent = Extract<EventType, 'CourseRated' | 'CourseRatingChanged' | 'CourseRatingWithdrawn'>;

const differenceOf = ({ data }: RecordOf<RatingEvent>): readonly [count: number, sum: number] => {
  if ('ratedAt' in data) return [1, data.rating];
  return 'previousRating' in data ? [0, data.rating - data.previousRating] : [-1, -data.rating];
};

const counting = (eventType: RatingEvent): ProjectionRule =>
  lookingUp(
    teacherTotals,
    eventType,
    { collection: ratedCourses, ids: ({ data }) => data.courseId },
    (_, [course]) => (course === undefined ? [] : [course.teacherId]),
    (totals, event, _, id) => addedTo(totals, id, ...differenceOf(event)),
  );

export const teacherTotalRules: readonly ProjectionRule[] = [
  rule(ratedCourses, 'CourseCreated', ({ data }) => data.courseId, (_, { data }, id) => ({ id, teacherId: data.instructorId })),
  counting('CourseRated'),
  counting('CourseRatingChanged'),
  counting('CourseRatingWithdrawn'),
];
