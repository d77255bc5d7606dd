import { Type } from 'typebox';
import { defineEvent, Id, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { BillingData } from '../invoice/events.js';

/** The plain resources kept by the one record decider: name, and the schema of what each holds. */
const paymentBilling = {
  recordId: Id,
  ownerId: Id,
};

export const recordEvents = [
  defineEvent('PaymentBillingCreated', 'Who pays, for the invoice; the id is the payment. Apart from the payment, so that it can be erased.', {
    ...paymentBilling,
    fields: Personal(Type.Partial(BillingData)),
    createdAt: Timestamp,
  }),
  defineEvent('PaymentBillingChanged', 'Who pays was put right; a field that is absent did not change.', {
    ...paymentBilling,
    fields: Personal(Type.Partial(BillingData)),
    changedAt: Timestamp,
  }),
  defineEvent('PaymentBillingDeleted', 'Who paid is not kept any more.', { ...paymentBilling, deletedAt: Timestamp }),
] as const;

export type RecordEvent = EventOf<(typeof recordEvents)[number]>;
