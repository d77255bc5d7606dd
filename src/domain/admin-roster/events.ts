import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** One stream: of two admins who stand down at the same moment, the last one stays. */
export const adminRosterEvents = [
  defineEvent('AdminEntered', 'The account is an admin.', { accountId: Id, enteredAt: Timestamp }),
  defineEvent('AdminStoodDown', 'The account is about to lose the role of an admin, or has lost it.', { accountId: Id, stoodDownAt: Timestamp }),
  defineEvent('AdminReturned', 'An account that had stood down was given the role again.', { accountId: Id, returnedAt: Timestamp }),
] as const;

export type AdminRosterEvent = EventOf<(typeof adminRosterEvents)[number]>;
