import { accept, reject, unknownEvent, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { ReservationEvent } from './events.js';

export type IdentifierKind = 'email' | 'username' | 'phone' | 'identity' | 'nim';

interface Addressed {
  readonly kind: IdentifierKind;
  readonly accountId: string;
  readonly holdId: string;
  readonly at: string;
}

export type ReservationCommand =
  /** replaces: the hold to be replaced, which its account has cancelled. */
  | Message<'ReserveIdentifier', Addressed & { replaces: string | null }>
  | Message<'ClaimIdentifier', Addressed>
  | Message<'ReleaseIdentifier', Addressed>;

export type ReservationRejection = 'identifier-taken' | 'identifier-not-reserved';

export type Reservation =
  | Readonly<{ status: 'free' }>
  | Readonly<{ status: 'reserved'; accountId: string; holdId: string; reservedUntil: string }>
  | Readonly<{ status: 'claimed'; accountId: string; holdId: string }>;

/** The time that a sign-up may take between the hold on the identifier and the account. */
const HOLD_MS = 60_000;

export const holdHasRunOut = (reservation: Reservation, at: string): boolean =>
  reservation.status !== 'reserved' || Date.parse(at) >= Date.parse(reservation.reservedUntil);

export const decide = (
  { type, data }: ReservationCommand,
  reservation: Reservation,
): Decision<ReservationEvent, ReservationRejection> => {
  const { kind, accountId, holdId, at } = data;
  const isOwn = reservation.status !== 'free' && reservation.holdId === holdId;
  switch (type) {
    case 'ReserveIdentifier': {
      if (isOwn) return accept();
      if (!isFree(data, reservation)) return reject('identifier-taken');
      const reservedUntil = new Date(Date.parse(at) + HOLD_MS).toISOString();
      return accept({ type: 'IdentifierReserved', data: { kind, accountId, holdId, reservedUntil, reservedAt: at } });
    }
    case 'ClaimIdentifier':
      if (!isOwn) return reject(reservation.status === 'free' ? 'identifier-not-reserved' : 'identifier-taken');
      if (reservation.status === 'claimed') return accept();
      return accept({ type: 'IdentifierClaimed', data: { kind, accountId, claimedAt: at } });
    case 'ReleaseIdentifier':
      if (!isOwn) return accept();
      return accept({ type: 'IdentifierReleased', data: { kind, accountId, releasedAt: at } });
  }
};

// A hold can be replaced only when it is cancelled, also by the same account.
const isFree = ({ replaces, at }: { replaces: string | null; at: string }, reservation: Reservation): boolean =>
  reservation.status === 'free' || (reservation.holdId === replaces && holdHasRunOut(reservation, at));

export const evolve = (reservation: Reservation, event: ReservationEvent): Reservation => {
  switch (event.type) {
    case 'IdentifierReserved': {
      const { accountId, holdId, reservedUntil } = event.data;
      return { status: 'reserved', accountId, holdId, reservedUntil };
    }
    case 'IdentifierClaimed': {
      if (reservation.status === 'free') return reservation;
      const { accountId, holdId } = reservation;
      return { status: 'claimed', accountId, holdId };
    }
    case 'IdentifierReleased':
      return { status: 'free' };
    default:
      return unknownEvent(event, reservation);
  }
};

export const reservationDecider: Decider<Reservation, ReservationCommand, ReservationEvent, ReservationRejection> = {
  initialState: () => ({ status: 'free' }),
  decide,
  evolve,
};
