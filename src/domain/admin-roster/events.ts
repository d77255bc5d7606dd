import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

/** One stream: of two admins who stand down at the same moment, the last one stays. */
export const adminRosterEvents = [
  defineEvent('AdminStoodDown', 'The account is about to lose the role of an admin; another admin is there.', { accountId: Id, stoodDownAt: Timestamp }),
  defineEvent('AdminReturned', 'The account is an admin again.', { accountId: Id, returnedAt: Timestamp }),
] as const;

export type AdminRosterEvent = EventOf<(typeof adminRosterEvents)[number]>;
