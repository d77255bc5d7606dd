import { Type } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** Of the account's role; absent: the first. */
const version = Type.Optional(Type.Integer());

/** One stream: of two admins who stand down at the same moment, the last one stays. */
export const adminRosterEvents = [
  defineEvent('AdminEntered', 'The account is an admin.', { accountId: Id, version, enteredAt: Timestamp }),
  defineEvent('AdminStoodDown', 'The account is about to lose the role of an admin, or has lost it.', { accountId: Id, version, stoodDownAt: Timestamp }),
  defineEvent('AdminReturned', 'An account that had stood down was given the role again.', { accountId: Id, version, returnedAt: Timestamp }),
] as const;

export type AdminRosterEvent = EventOf<(typeof adminRosterEvents)[number]>;
