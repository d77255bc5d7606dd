import type { SeatPool } from '../../domain/seat-book/events.js';
import type { Document } from '../../ports/read-models.js';
import { collection } from '../kernel/projection.js';

export type PoolCounts = Readonly<Record<SeatPool, number>>;

/** Seats of a course by pool; the id is the course's. ENTRY, INTERMEDIATE and BUNDLE are taken. */
export interface CourseSeatsDocument extends Document, PoolCounts {
  /** Of payments that wait for an admin; of a bundle one in each of its courses, of a group one for each participant. */
  readonly waiting: PoolCounts;
  /** Of all payments that there are, approved ones included, also where the seat is free again. */
  readonly paid: PoolCounts;
}

/** What a payment asks for. It stays when the payment is deleted, so that it can be taken off what was counted. */
export interface PaidPlacesDocument extends Document {
  readonly pool: SeatPool;
  /** A course that two participants chose stands here twice. */
  readonly courseIds: readonly string[];
  /** A bundle 2, another payment 1, that of a group as many as take part. */
  readonly weight: number;
}

/** The one document counts all payments by their weight. */
export interface PaymentCountsDocument extends Document {
  readonly approved: number;
  readonly pending: number;
}

const projection = 'academy-seats';

export const courseSeats = collection<CourseSeatsDocument>({ projection, name: 'academy-seats', indexes: [] });
export const paidPlaces = collection<PaidPlacesDocument>({ projection, name: 'academy-paid-places', indexes: [] });
export const paymentCounts = collection<PaymentCountsDocument>({ projection, name: 'academy-payment-counts', indexes: [] });

export const ALL_PAYMENTS = 'all';
