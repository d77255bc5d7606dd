import type { SeatPool } from '../../domain/seat-book/events.js';
import { lookingUp, projection, rule, type RecordOf } from '../kernel/projection.js';
import {
  ALL_PAYMENTS,
  courseSeats,
  paidPlaces,
  paymentCounts,
  type CourseSeatsDocument,
  type PaidPlacesDocument,
  type PaymentCountsDocument,
  type PoolCounts,
} from './document.js';

const none: PoolCounts = { ENTRY: 0, INTERMEDIATE: 0, BUNDLE: 0 };

const paymentOf = ({ data }: { readonly data: { readonly paymentId: string } }): string => data.paymentId;
const once = (courseIds: readonly string[]): readonly string[] => [...new Set(courseIds)];
const occurrences = (courseIds: readonly string[], courseId: string): number => courseIds.filter((id) => id === courseId).length;
const coursesOf = (places: readonly { readonly courseId: string }[]): readonly string[] => places.map(({ courseId }) => courseId);

const placesOf = ({ group, courses, packageType: pool, paymentId: id }: RecordOf<'PackagePaymentSubmitted'>['data']): PaidPlacesDocument => {
  if (group !== null) return { id, pool, courseIds: coursesOf(group.participants), weight: group.participants.length };
  return { id, pool, courseIds: coursesOf(courses), weight: pool === 'BUNDLE' ? 2 : 1 };
};

const plus = (counts: PoolCounts, pool: SeatPool, by: number): PoolCounts => ({ ...counts, [pool]: counts[pool] + by });

type Changes = Readonly<Record<'taken' | 'waiting' | 'paid', number>>;

const counted = (before: CourseSeatsDocument | undefined, id: string, pool: SeatPool, { taken = 0, waiting = 0, paid = 0 }: Partial<Changes>): CourseSeatsDocument => {
  const seats = before ?? { id, ...none, waiting: none, paid: none };
  return { ...seats, [pool]: seats[pool] + taken, waiting: plus(seats.waiting, pool, waiting), paid: plus(seats.paid, pool, paid) };
};

const takenSeats = [
  rule(courseSeats, 'PackageSeatsTaken', ({ data }) => once(coursesOf(data.seats)), (seats, { data }, id) =>
    counted(seats, id, data.pool, { taken: occurrences(coursesOf(data.seats), id) })),
  rule(courseSeats, 'PackageSeatReleased', ({ data }) => data.courseId, (seats, { data }, id) => counted(seats, id, data.pool, { taken: -1 })),
];

type Decided = 'PackagePaymentApproved' | 'PackagePaymentDeleted';

/** The payment no longer waits; a deleted one is none. */
const decided = (eventType: Decided) => [
  lookingUp(
    courseSeats,
    eventType,
    { collection: paidPlaces, ids: paymentOf },
    (_, found) => found.flatMap(({ courseIds }) => once(courseIds)),
    (seats, _, [places], id) => {
      if (places === undefined) return seats;
      const count = occurrences(places.courseIds, id);
      return counted(seats, id, places.pool, { waiting: -count, paid: eventType === 'PackagePaymentDeleted' ? -count : 0 });
    },
  ),
  lookingUp(
    paymentCounts,
    eventType,
    { collection: paidPlaces, ids: paymentOf },
    () => [ALL_PAYMENTS],
    (counts, _, [places]): PaymentCountsDocument | undefined => {
      const { weight = 0 } = places ?? {};
      return counts && { ...counts, pending: counts.pending - weight, approved: counts.approved + (eventType === 'PackagePaymentApproved' ? weight : 0) };
    },
  ),
];

export const academySeatsProjection = projection({
  name: 'academy-seats',
  version: 1,
  collections: [courseSeats, paidPlaces, paymentCounts],
  rules: [
    ...takenSeats,
    rule(paidPlaces, 'PackagePaymentSubmitted', paymentOf, (_, { data }) => placesOf(data)),
    rule(courseSeats, 'PackagePaymentSubmitted', ({ data }) => once(placesOf(data).courseIds), (seats, { data }, id) => {
      const { courseIds, pool } = placesOf(data);
      const count = occurrences(courseIds, id);
      return counted(seats, id, pool, { waiting: count, paid: count });
    }),
    rule(paymentCounts, 'PackagePaymentSubmitted', () => ALL_PAYMENTS, (counts, { data }, id) => {
      const { approved = 0, pending = 0 } = counts ?? {};
      return { id, approved, pending: pending + placesOf(data).weight };
    }),
    ...decided('PackagePaymentApproved'),
    ...decided('PackagePaymentDeleted'),
  ],
});
