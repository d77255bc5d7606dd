import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import type { PackageEnrollment } from '../package-purchases/events.js';
import type { SeatBookEvent, SeatPool } from './events.js';

/** The one stream. */
export const SEAT_BOOK = 'all';

interface HeldSeat {
  readonly paymentId: string;
  readonly enrollmentId: string;
  readonly pool: SeatPool;
}

export interface SeatBook {
  /** Seats in use, by course and pool. */
  readonly used: PersistentMap<number>;
  /** By person and course: nobody has two seats in a course. */
  readonly holders: PersistentMap<HeldSeat>;
  /** Payments that have taken their seats, also where those are free again: a repeat takes no others. */
  readonly payments: PersistentMap<true>;
}

export type SeatBookCommand =
  /** quota: seats that the pool has in each course. */
  | Message<'TakeSeats', Readonly<{ paymentId: string; approvalId: string; pool: SeatPool; seats: readonly PackageEnrollment[]; quota: number; at: string }>>
  | Message<'ReleaseSeat', Readonly<{ paymentId: string; userId: string; courseId: string; reason: string; at: string }>>;

export type SeatBookRejection = 'seats-full' | 'seat-taken-by-user';

type SeatDecision = Decision<SeatBookEvent, SeatBookRejection>;
type Wanted = Extract<SeatBookCommand, { type: 'TakeSeats' }>['data'];

const poolKey = (courseId: string, pool: SeatPool): string => `${courseId}.${pool}`;
const holderKey = (userId: string, courseId: string): string => `${userId}.${courseId}`;

export const seatsUsed = ({ used }: SeatBook, courseId: string, pool: SeatPool): number => used.get(poolKey(courseId, pool)) ?? 0;

export const hasSeat = ({ holders }: SeatBook, userId: string, courseId: string): boolean => holders.has(holderKey(userId, courseId));

/** The payment whose seat it is; undefined: there is none. */
export const paymentOfSeat = ({ holders }: SeatBook, userId: string, courseId: string): string | undefined => holders.get(holderKey(userId, courseId))?.paymentId;

export interface FullCourse {
  readonly courseId: string;
  readonly used: number;
}

/** The first of these courses that has fewer seats left than are wanted in it. */
export const fullCourse = (book: SeatBook, pool: SeatPool, courseIds: readonly string[], quota: number): FullCourse | undefined => {
  const courseId = courseIds.find((each) => seatsUsed(book, each, pool) + courseIds.filter((other) => other === each).length > quota);
  return courseId === undefined ? undefined : { courseId, used: seatsUsed(book, courseId, pool) };
};

const take = ({ paymentId, approvalId, pool, seats, quota, at }: Wanted, book: SeatBook): SeatDecision => {
  if (book.payments.has(paymentId)) return accept();
  const twice = seats.find(({ userId, courseId }, index) =>
    hasSeat(book, userId, courseId) || seats.findIndex((other) => other.userId === userId && other.courseId === courseId) !== index);
  const full = fullCourse(book, pool, seats.map(({ courseId }) => courseId), quota);
  if (twice !== undefined) return reject('seat-taken-by-user', { userId: twice.userId, courseId: twice.courseId, used: seatsUsed(book, twice.courseId, pool), quota });
  if (full !== undefined) return reject('seats-full', { ...full, quota, pool });
  return accept({ type: 'PackageSeatsTaken', data: { paymentId, approvalId, pool, seats: [...seats], takenAt: at } });
};

const decide = ({ type, data }: SeatBookCommand, book: SeatBook): SeatDecision => {
  switch (type) {
    case 'TakeSeats':
      return take(data, book);
    case 'ReleaseSeat': {
      const { paymentId, userId, courseId, reason, at } = data;
      const seat = book.holders.get(holderKey(userId, courseId));
      if (seat?.paymentId !== paymentId) return accept();
      const { pool, enrollmentId } = seat;
      return accept({ type: 'PackageSeatReleased', data: { paymentId, pool, enrollmentId, userId, courseId, reason, releasedAt: at } });
    }
  }
};

const counted = (used: SeatBook['used'], courseId: string, pool: SeatPool, by: 1 | -1): SeatBook['used'] =>
  used.set(poolKey(courseId, pool), Math.max(0, (used.get(poolKey(courseId, pool)) ?? 0) + by));

const evolve = (book: SeatBook, { type, data }: SeatBookEvent): SeatBook => {
  switch (type) {
    case 'PackageSeatsTaken': {
      const { paymentId, pool, seats } = data;
      return {
        used: seats.reduce((used, { courseId }) => counted(used, courseId, pool, 1), book.used),
        holders: seats.reduce(
          (holders, { userId, courseId, enrollmentId }) => holders.set(holderKey(userId, courseId), { paymentId, enrollmentId, pool }),
          book.holders,
        ),
        payments: book.payments.set(paymentId, true),
      };
    }
    case 'PackageSeatReleased': {
      const { userId, courseId, pool } = data;
      return { ...book, used: counted(book.used, courseId, pool, -1), holders: book.holders.delete(holderKey(userId, courseId)) };
    }
    default:
      return unknownEvent(type, book);
  }
};

/** All seats of the academy: never more than the quota, a bundle and a group whole or not at all. */
export const seatBookDecider: Decider<SeatBook, SeatBookCommand, SeatBookEvent, SeatBookRejection> = {
  initialState: () => ({ used: emptyMap(), holders: emptyMap(), payments: emptyMap() }),
  decide,
  evolve,
};
