import { accountDecider } from '../domain/account/decider.js';
import { accountEvents } from '../domain/account/events.js';
import { mailDecider } from '../domain/mail/decider.js';
import { mailEvents } from '../domain/mail/events.js';
import { otpDecider } from '../domain/otp/decider.js';
import { otpEvents } from '../domain/otp/events.js';
import { recordDecider } from '../domain/record/decider.js';
import { recordEvents } from '../domain/record/events.js';
import { userAddressEvents } from '../domain/record/user-address-events.js';
import { requestDecider } from '../domain/idempotent-request/decider.js';
import { requestEvents } from '../domain/idempotent-request/events.js';
import { reservationDecider } from '../domain/reservation/decider.js';
import { reservationEvents } from '../domain/reservation/events.js';
import { sessionDecider } from '../domain/session/decider.js';
import { sessionEvents } from '../domain/session/events.js';
import { aggregate } from '../domain/kernel/aggregate.js';

export const accountAggregate = aggregate('account', accountDecider, accountEvents);
export const emailReservation = aggregate('email', reservationDecider, reservationEvents);
export const usernameReservation = aggregate('username', reservationDecider, reservationEvents);
export const phoneReservation = aggregate('phone', reservationDecider, reservationEvents);
export const sessionAggregate = aggregate('session', sessionDecider, sessionEvents);
export const otpAggregate = aggregate('otp', otpDecider, otpEvents);
export const mailAggregate = aggregate('mail', mailDecider, mailEvents);
export const requestAggregate = aggregate('request', requestDecider, requestEvents);

const [created, changed, deleted] = recordEvents;
export const paymentBillingAggregate = aggregate('paymentBilling', recordDecider({ created, changed, deleted }), recordEvents);

const [addressCreated, addressChanged, addressDeleted] = userAddressEvents;
const userAddressDecider = recordDecider({ created: addressCreated, changed: addressChanged, deleted: addressDeleted });
export const userAddressAggregate = aggregate('userAddress', userAddressDecider, userAddressEvents);
