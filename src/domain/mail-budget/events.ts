import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const mailBudgetEvents = [
  defineEvent('MailBudgetSpent', 'One mail of the budget of this account goes to this mail, at that time.', {
    accountId: Id,
    mailId: Id,
    /** Later than spentAt where the hour's budget was spent: the mail waits until then. */
    sendAt: Timestamp,
    spentAt: Timestamp,
  }),
] as const;

export type MailBudgetEvent = EventOf<(typeof mailBudgetEvents)[number]>;
