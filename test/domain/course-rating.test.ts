import t from 'tap';
import { courseRatingDecider, type CourseRatingCommand } from '../../src/domain/course-rating/decider.js';
import type { CourseRatingEvent } from '../../src/domain/course-rating/events.js';
import { given } from './decider-specification.js';

const at = '2026-03-01T12:00:00.000Z';
const of = (ratingId = 'r1') => ({ ratingId, courseId: 'course', studentId: 'student' });

const rate = (rating: number, comment = '', ratingId = 'r1'): CourseRatingCommand => ({ type: 'RateCourse', data: { ...of(ratingId), rating, comment, at } });
const change = (changes: { rating?: number; comment?: string }, ratingId = 'r1'): CourseRatingCommand => ({ type: 'ChangeRating', data: { ...of(ratingId), ...changes, at } });
const withdraw = (ratingId = 'r1'): CourseRatingCommand => ({ type: 'WithdrawRating', data: { ...of(ratingId), at } });

const rated = (rating: number, comment = '', ratingId = 'r1'): CourseRatingEvent => ({ type: 'CourseRated', data: { ...of(ratingId), rating, comment, ratedAt: at } });
const changed = (previousRating: number, rating: number, words: { comment?: string } = {}): CourseRatingEvent => ({
  type: 'CourseRatingChanged',
  data: { ...of(), rating, previousRating, ...words, changedAt: at },
});
const withdrawn = (rating: number): CourseRatingEvent => ({ type: 'CourseRatingWithdrawn', data: { ...of(), rating, withdrawnAt: at } });

t.test('a student rates a course', async () => {
  given(courseRatingDecider).when(rate(4, 'Good')).then([rated(4, 'Good')]);
});

t.test('a second rating is refused, with the same stars or others', async () => {
  given(courseRatingDecider, [rated(4)]).when(rate(4, '', 'r2')).thenRefused('already-rated', { ratingId: 'r1' });
  given(courseRatingDecider, [rated(4), changed(4, 1)]).when(rate(5, '', 'r2')).thenRefused('already-rated', { ratingId: 'r1' });
});

t.test('a change says the stars before it, and the comment only where that is another', async () => {
  given(courseRatingDecider, [rated(4, 'Good')]).when(change({ rating: 2 })).then([changed(4, 2)]);
  given(courseRatingDecider, [rated(4, 'Good')]).when(change({ rating: 2, comment: 'Good' })).then([changed(4, 2)]);
  given(courseRatingDecider, [rated(4, 'Good'), changed(4, 2)]).when(change({ comment: '' })).then([changed(2, 2, { comment: '' })]);
  given(courseRatingDecider, [rated(4, 'Good')]).when(change({ rating: 4, comment: 'Good' })).thenNothing();
  given(courseRatingDecider, [rated(4, 'Good'), changed(4, 4, { comment: 'Bad' })]).when(change({ comment: 'Bad' })).thenNothing();
});

t.test('what is withdrawn says the stars that no longer count', async () => {
  given(courseRatingDecider, [rated(4), changed(4, 2)]).when(withdraw()).then([withdrawn(2)]);
});

t.test('a rating that is not there, or is another one by now, is not found', async () => {
  given(courseRatingDecider).when(change({ rating: 1 })).thenRefused('rating-not-found');
  given(courseRatingDecider).when(withdraw()).thenRefused('rating-not-found');
  given(courseRatingDecider, [rated(4), withdrawn(4)]).when(withdraw()).thenRefused('rating-not-found');
  const again = [rated(4), withdrawn(4), rated(5, '', 'r2')];
  given(courseRatingDecider, again).when(change({ rating: 1 })).thenRefused('rating-not-found');
  given(courseRatingDecider, again).when(withdraw()).thenRefused('rating-not-found');
});

t.test('who took a rating back may rate again', async () => {
  given(courseRatingDecider, [rated(4), withdrawn(4)]).when(rate(5, '', 'r2')).then([rated(5, '', 'r2')]);
});
