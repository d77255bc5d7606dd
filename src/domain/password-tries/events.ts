import { Type } from 'typebox';
import { defineEvent, Id, Nullable, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** Of the address that logs in, a keyed hash: the log names no address that has no account. */
const triesId = Id;

export const passwordTriesEvents = [
  defineEvent('PasswordRefused', 'A wrong password was given for this address, on whatever surface. At most 32 are recorded an hour.', {
    triesId,
    refusedAt: Timestamp,
  }),
  defineEvent('PasswordNetworkKnown', 'The right password came from this network: its tries wait for nobody else’s.', {
    triesId,
    /** A keyed hash of the network, different for each address. */
    network: Type.String(),
    knownAt: Timestamp,
  }),
  defineEvent('PasswordGuessingNoticed', 'So many wrong passwords were given that unknown networks have to wait. Its owner is told, at most once a day.', {
    triesId,
    /** Null: nobody logs in with this address. */
    accountId: Nullable(Id),
    noticedAt: Timestamp,
  }),
] as const;

export type PasswordTriesEvent = EventOf<(typeof passwordTriesEvents)[number]>;
