import { Type } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const common = {
  kind: Type.Enum(['email', 'username', 'phone', 'identity', 'nim']),
  accountId: Id,
};

export const reservationEvents = [
  defineEvent('IdentifierReserved', 'An account took hold of an email, username, phone, identity at a provider or student number until it is claimed or the hold ends.', {
    ...common,
    holdId: Id,
    reservedUntil: Timestamp,
    reservedAt: Timestamp,
  }),
  defineEvent('IdentifierClaimed', 'The identifier belongs to the account for good.', { ...common, claimedAt: Timestamp }),
  defineEvent('IdentifierReleased', 'The identifier is free again.', { ...common, releasedAt: Timestamp }),
] as const;

export type ReservationEvent = EventOf<(typeof reservationEvents)[number]>;
