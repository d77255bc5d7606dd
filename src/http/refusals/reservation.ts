import type { ReservationRejection } from '../../domain/reservation/decider.js';
import type { Answer } from './answer.js';

export const reservationRefusals = {
  'identifier-taken': ['conflict', 'The identifier is in use by another account.'],
  'identifier-not-reserved': ['conflict', 'The identifier is not reserved by this account.'],
} satisfies Record<ReservationRejection, Answer>;
