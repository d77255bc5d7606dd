import { Type, type Static } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { PackageType } from '../package-catalog/events.js';
import { PackageEnrollment } from '../package-purchases/events.js';

/** The seats that bundles have in a course are apart from those of its level. */
export const SeatPool = PackageType;
export type SeatPool = Static<typeof SeatPool>;

/** One stream for all seats of the academy: a bundle takes a seat in each of its courses or in none, a group all of its seats or none. */
export const seatBookEvents = [
  defineEvent('PackageSeatsTaken', 'An approved payment took its seats, one for each enrollment.', {
    paymentId: Id,
    approvalId: Id,
    pool: SeatPool,
    seats: Type.Array(PackageEnrollment, { minItems: 1 }),
    takenAt: Timestamp,
  }),
  defineEvent('PackageSeatReleased', 'The enrollment ended: its seat is free again.', {
    paymentId: Id,
    pool: SeatPool,
    ...PackageEnrollment.properties,
    reason: Type.String(),
    releasedAt: Timestamp,
  }),
] as const;

export type SeatBookEvent = EventOf<(typeof seatBookEvents)[number]>;
