import t from 'tap';
import { courseRatingDecider, courseRatingId, type CourseRatingCommand } from '../../src/domain/course-rating/decider.js';
import type { CourseRatingEvent } from '../../src/domain/course-rating/events.js';
import { averageRating } from '../../src/http/edupro/ratings/average-rating.js';
import { ratingsProjection } from '../../src/projections/ratings/projection.js';
import { newestRatings, ratingById, ratingByNumber, ratingTotals, teacherRatingTotals } from '../../src/projections/ratings/queries.js';
import { stateAfter } from '../domain/decider-specification.js';
import { courseCreated } from './course-events.js';
import { Projected, recorded, type Published } from './projected.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-02-01T10:00:00.000Z';
const of = (studentId: string, courseId = 'a') => ({ ratingId: `${studentId}-${courseId}`, studentId, courseId });
const rated = (studentId: string, rating: number, courseId = 'a', comment = `${studentId} says`): Published => [
  `courseRating-${studentId}.${courseId}`,
  { type: 'CourseRated', data: { ...of(studentId, courseId), rating, comment, ratedAt: at } },
];
const changed = (studentId: string, previousRating: number, rating: number, words: { comment?: string } = {}): Published => [
  `courseRating-${studentId}.a`,
  { type: 'CourseRatingChanged', data: { ...of(studentId), rating, previousRating, ...words, changedAt: at } },
];
const withdrawn = (studentId: string, rating: number): Published => [
  `courseRating-${studentId}.a`,
  { type: 'CourseRatingWithdrawn', data: { ...of(studentId), rating, withdrawnAt: at } },
];
const deleted = (accountId: string): Published => [`account-${accountId}`, { type: 'AccountDeleted', data: { accountId, avatarFile: null, deletedAt: at } }];
const projected = (...published: readonly Published[]) => new Projected(ratingsProjection, recorded(published));

t.test('ratings are listed newest first, by course, so many', async (t) => {
  const readModels = projected(rated('sam', 4), rated('kim', 5), rated('lee', 1, 'b'), rated('pat', 2));
  t.same((await newestRatings(readModels, 'a', 10)).map(({ number, studentId }) => [number, studentId]), [[4, 'pat'], [2, 'kim'], [1, 'sam']]);
  t.same((await newestRatings(readModels, 'a', 2)).map(({ studentId }) => studentId), ['pat', 'kim']);
  t.match(await ratingByNumber(readModels, 3), { id: 'lee-b', rating: 1, comment: 'lee says', createdAt: at });
});

t.test('a change shows, a comment that is not in it stays, and what was withdrawn is gone', async (t) => {
  const readModels = projected(rated('sam', 4), changed('sam', 4, 2), rated('kim', 5), withdrawn('kim', 5));
  t.match(await ratingById(readModels, 'sam-a'), { rating: 2, comment: 'sam says', number: 1 });
  t.equal(await ratingById(readModels, 'kim-a'), undefined);
  readModels.publish(recorded([changed('sam', 2, 2, { comment: '' })]));
  t.match(await ratingById(readModels, 'sam-a'), { rating: 2, comment: '' });
});

t.test('the stars of a deleted account count, and nothing tells whose they were', async (t) => {
  const readModels = projected(rated('sam', 4), rated('kim', 5), deleted('sam'));
  t.same((await newestRatings(readModels, 'a', 10)).map(({ studentId, rating, comment }) => [studentId, rating, comment]), [['kim', 5, 'kim says'], [null, 4, '']]);
  t.same((await ratingTotals(readModels, ['a'])).get('a'), { count: 2, sum: 9 });
  readModels.publish(recorded([changed('sam', 4, 3, { comment: 'too late' })]));
  t.match(await ratingById(readModels, 'sam-a'), { rating: 3, comment: '', studentId: null });
  readModels.publish(recorded([rated('sam', 2, 'b', 'even later')]));
  t.match(await ratingById(readModels, 'sam-b'), { rating: 2, comment: '', studentId: null }, 'a rating that was under way');
});

t.test('courses that nobody rated have totals, too', async (t) => {
  const totals = await ratingTotals(projected(rated('sam', 4)), ['a', 'b', 'a']);
  t.same([...totals], [['a', { count: 1, sum: 4 }], ['b', { count: 0, sum: 0 }]]);
});

t.test('averages are rounded half-up to two places, and only at the end', async (t) => {
  const averages: readonly (readonly [count: number, sum: number, average: number])[] = [[0, 0, 0], [1, 5, 5], [3, 13, 4.33], [3, 14, 4.67], [8, 37, 4.63], [200, 201, 1.01], [200, 203, 1.02]];
  for (const [count, sum, average] of averages) t.equal(averageRating({ count, sum }), average, `${sum} / ${count}`);
});

const students = ['sam', 'kim', 'lee', 'pat'];
const wish = fc.record({
  student: fc.constantFrom(...students),
  course: fc.constantFrom('a', 'b'),
  act: fc.constantFrom('rate', 'change', 'withdraw', 'delete-account'),
  stars: fc.integer({ min: 1, max: 5 }),
});

t.test('no sequence of creating, changing and deleting gives an average that is not the average', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 60 }), async (wishes) => {
      const streams = new Map<string, CourseRatingEvent[]>();
      const published: Published[] = [];
      const stars = new Map<string, Map<string, number>>([['a', new Map()], ['b', new Map()]]);
      for (const [index, { student: studentId, course: courseId, act, stars: rating }] of wishes.entries()) {
        if (act === 'delete-account') {
          published.push(deleted(studentId));
          continue;
        }
        const id = courseRatingId(studentId, courseId);
        const before = streams.get(id) ?? [];
        const known = stateAfter(courseRatingDecider, before);
        const addressed = { ratingId: act === 'rate' ? `r${index}` : (known?.ratingId ?? 'none'), courseId, studentId, at };
        const commands: Readonly<Record<typeof act, CourseRatingCommand>> = {
          rate: { type: 'RateCourse', data: { ...addressed, rating, comment: '' } },
          change: { type: 'ChangeRating', data: { ...addressed, rating } },
          withdraw: { type: 'WithdrawRating', data: addressed },
        };
        const decision = courseRatingDecider.decide(commands[act], known);
        if (!decision.ok) continue;
        streams.set(id, [...before, ...decision.events]);
        published.push(...decision.events.map((event): Published => [`courseRating-${id}`, event]));
        if (act === 'withdraw') stars.get(courseId)?.delete(studentId);
        else stars.get(courseId)?.set(studentId, rating);
      }
      const readModels = projected(...published);
      const totals = await ratingTotals(readModels, ['a', 'b']);
      for (const [courseId, given] of stars) {
        const all = [...given.values()];
        const sum = all.reduce((total, one) => total + one, 0);
        const found = totals.get(courseId);
        const listed = (await newestRatings(readModels, courseId, 100)).map(({ rating }) => rating);
        const isRight = found?.count === all.length && found.sum === sum && listed.toSorted().join() === all.toSorted().join();
        // At most ten ratings of whole stars: the plain quotient is exact enough to round.
        const isAverage = averageRating({ count: all.length, sum }) === (all.length === 0 ? 0 : Math.round((sum * 100) / all.length) / 100);
        if (!isRight || !isAverage) return false;
      }
      return true;
    }),
    { numRuns: 200 },
  );
});

t.test('the ratings of all courses of a teacher are summed, and of no other', async (t) => {
  const start = [courseCreated('a', { instructorId: 'tess' }), courseCreated('b', { instructorId: 'tess' }), courseCreated('c', { instructorId: 'ted' })];
  const readModels = projected(...start, rated('sam', 4), rated('kim', 5, 'b'), rated('pat', 1, 'c'), rated('lee', 3, 'nowhere'));
  t.same(await teacherRatingTotals(readModels, 'tess'), { count: 2, sum: 9 });
  readModels.publish(recorded([changed('sam', 4, 1), rated('lee', 2, 'a'), withdrawn('lee', 2)]));
  t.same(await teacherRatingTotals(readModels, 'tess'), { count: 2, sum: 6 });
  t.same(await teacherRatingTotals(readModels, 'ted'), { count: 1, sum: 1 });
  t.same(await teacherRatingTotals(readModels, 'nobody'), { count: 0, sum: 0 });
});
