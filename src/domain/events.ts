import { accountEvents } from './account/events.js';
import { cartEvents } from './cart/events.js';
import { couponEvents } from './coupon/events.js';
import { courseEvents } from './course/events.js';
import { enrollmentEvents } from './enrollment/events.js';
import type { EventOf } from './kernel/event-schema.js';
import { invoiceEvents, invoiceSeriesEvents } from './invoice/events.js';
import { mailEvents } from './mail/events.js';
import { otpEvents } from './otp/events.js';
import { paymentEvents } from './payment/events.js';
import { processEvents } from './process/events.js';
import { recordEvents } from './record/events.js';
import { userAddressEvents } from './record/user-address-events.js';
import { requestEvents } from './idempotent-request/events.js';
import { reservationEvents } from './reservation/events.js';
import { sessionEvents } from './session/events.js';

/** Every kind of event there is, by the category of the streams that hold it. docs/events.md is made from it. */
export const eventCatalogue = {
  account: accountEvents,
  reservation: reservationEvents,
  session: sessionEvents,
  otp: otpEvents,
  course: courseEvents,
  cart: cartEvents,
  coupon: couponEvents,
  payment: paymentEvents,
  enrollment: enrollmentEvents,
  invoice: invoiceEvents,
  invoiceSeries: invoiceSeriesEvents,
  mail: mailEvents,
  record: recordEvents,
  userAddress: userAddressEvents,
  request: requestEvents,
  process: processEvents,
} as const;

export type DomainEvent = EventOf<(typeof eventCatalogue)[keyof typeof eventCatalogue][number]>;
export type EventType = DomainEvent['type'];
export type EventOfType<T extends EventType> = Extract<DomainEvent, { type: T }>;
