import t from 'tap';
import { hasSeat, seatBookDecider as decider, seatsUsed, type SeatBookCommand } from '../../src/domain/seat-book/decider.js';
import type { SeatBookEvent, SeatPool } from '../../src/domain/seat-book/events.js';
import { given } from './decider-specification.js';
import { fc } from '../fixtures/properties.js';

const at = '2026-01-01T00:00:00.000Z';
const seat = (userId: string, courseId: string) => ({ enrollmentId: `${userId}-${courseId}`, userId, courseId });
const take = (paymentId: string, pool: SeatPool, seats: readonly ReturnType<typeof seat>[], quota = 1): SeatBookCommand => ({ type: 'TakeSeats', data: { paymentId, approvalId: paymentId, pool, seats, quota, at } });
const taken = (paymentId: string, pool: SeatPool, ...seats: readonly ReturnType<typeof seat>[]): SeatBookEvent => ({ type: 'PackageSeatsTaken', data: { paymentId, approvalId: paymentId, pool, seats: [...seats], takenAt: at } });
const release = (paymentId: string, userId: string, courseId: string): SeatBookCommand => ({ type: 'ReleaseSeat', data: { paymentId, userId, courseId, reason: 'ended', at } });
const released = (paymentId: string, pool: SeatPool, userId: string, courseId: string): SeatBookEvent => ({ type: 'PackageSeatReleased', data: { paymentId, pool, ...seat(userId, courseId), reason: 'ended', releasedAt: at } });

t.test('the last seat goes to one, and the pools are apart', async () => {
  given(decider).when(take('a', 'ENTRY', [seat('ann', 'c')])).then([taken('a', 'ENTRY', seat('ann', 'c'))]);
  given(decider, [taken('a', 'ENTRY', seat('ann', 'c'))]).when(take('b', 'ENTRY', [seat('bob', 'c')])).thenRefused('seats-full', { courseId: 'c', used: 1, quota: 1, pool: 'ENTRY' });
  given(decider, [taken('a', 'ENTRY', seat('ann', 'c'))]).when(take('b', 'BUNDLE', [seat('bob', 'c')])).then([taken('b', 'BUNDLE', seat('bob', 'c'))]);
  given(decider, [taken('a', 'ENTRY', seat('ann', 'c'))]).when(take('a', 'ENTRY', [seat('ann', 'c')])).thenNothing();
});

t.test('a bundle takes a seat in every course or in none, a group all of its seats', async () => {
  given(decider, [taken('a', 'BUNDLE', seat('ann', 'd'))]).when(take('b', 'BUNDLE', [seat('bob', 'c'), seat('bob', 'd')])).thenRefused('seats-full', { courseId: 'd', used: 1, quota: 1, pool: 'BUNDLE' });
  given(decider).when(take('b', 'INTERMEDIATE', [seat('bob', 'c'), seat('cid', 'c')])).thenRefused('seats-full', { courseId: 'c', used: 0, quota: 1, pool: 'INTERMEDIATE' });
  given(decider).when(take('b', 'INTERMEDIATE', [seat('bob', 'c'), seat('cid', 'c')], 2)).then([taken('b', 'INTERMEDIATE', seat('bob', 'c'), seat('cid', 'c'))]);
});

t.test('nobody has two seats in a course', async () => {
  given(decider, [taken('a', 'ENTRY', seat('ann', 'c'))]).when(take('b', 'BUNDLE', [seat('ann', 'd'), seat('ann', 'c')], 9)).thenRefused('seat-taken-by-user', { userId: 'ann', courseId: 'c', used: 0, quota: 9 });
  given(decider).when(take('b', 'ENTRY', [seat('ann', 'c'), seat('ann', 'c')], 9)).thenRefused('seat-taken-by-user', { userId: 'ann', courseId: 'c', used: 0, quota: 9 });
});

t.test('a seat that is given back is free for others, and the payment takes it no more', async () => {
  const book = [taken('a', 'ENTRY', seat('ann', 'c'))];
  given(decider, book).when(release('a', 'ann', 'c')).then([released('a', 'ENTRY', 'ann', 'c')]);
  given(decider, book).when(release('other', 'ann', 'c')).thenNothing();
  given(decider, [...book, released('a', 'ENTRY', 'ann', 'c')]).when(release('a', 'ann', 'c')).thenNothing();
  given(decider, [...book, released('a', 'ENTRY', 'ann', 'c')]).when(take('b', 'ENTRY', [seat('bob', 'c')])).then([taken('b', 'ENTRY', seat('bob', 'c'))]);
  given(decider, [...book, released('a', 'ENTRY', 'ann', 'c')]).when(take('a', 'ENTRY', [seat('ann', 'c')])).thenNothing();
});

t.test('property: whatever is asked, no pool is over its quota, and seats are those that were taken and not given back', async () => {
  const people = ['ann', 'bob', 'cid', 'dan', 'eve'];
  const courses = ['c', 'd', 'e'];
  const pools: readonly SeatPool[] = ['ENTRY', 'INTERMEDIATE', 'BUNDLE'];
  const asked = fc.record({
    take: fc.boolean(),
    paymentId: fc.nat(12).map(String),
    pool: fc.constantFrom(...pools),
    seats: fc.array(fc.record({ user: fc.constantFrom(...people), course: fc.constantFrom(...courses) }), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 40 }), fc.integer({ min: 0, max: 3 }), (all, quota) => {
      let book = decider.initialState();
      const held = new Map<string, SeatPool>();
      for (const { take: isTake, paymentId, pool, seats } of all) {
        const [first] = seats;
        const command = isTake ? take(paymentId, pool, seats.map(({ user, course }) => seat(user, course)), quota) : release(paymentId, first?.user ?? '', first?.course ?? '');
        const decision = decider.decide(command, book);
        if (!decision.ok) continue;
        for (const event of decision.events) {
          if (event.type === 'PackageSeatsTaken') for (const { userId, courseId } of event.data.seats) held.set(`${userId}.${courseId}`, event.data.pool);
          else held.delete(`${event.data.userId}.${event.data.courseId}`);
          book = decider.evolve(book, event);
        }
        for (const course of courses) {
          for (const each of pools) {
            const count = [...held].filter(([key, heldPool]) => key.endsWith(`.${course}`) && heldPool === each).length;
            if (seatsUsed(book, course, each) !== count || count > quota) return false;
          }
          if (people.some((user) => hasSeat(book, user, course) !== held.has(`${user}.${course}`))) return false;
        }
      }
      return true;
    }),
  );
});
