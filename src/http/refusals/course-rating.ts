import type { CourseRatingRejection } from '../../domain/course-rating/decider.js';
import type { RatingUseRejection } from '../../commands/ratings/may-rate.js';
import type { Answer } from './answer.js';
import type { CourseCode } from './course.js';

export const courseRatingRefusals = {
  'already-rated': ['conflict', 'You have already rated this course.'],
  'rating-not-found': ['not-found', 'The rating does not exist.'],
  'course-rater-not-enrolled': ['forbidden', 'You are not enrolled in this course.'],
} satisfies Record<CourseRatingRejection | Exclude<RatingUseRejection, CourseCode>, Answer>;
