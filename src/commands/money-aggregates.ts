import { cartDecider } from '../domain/cart/decider.js';
import { cartEvents } from '../domain/cart/events.js';
import { couponDecider } from '../domain/coupon/decider.js';
import { couponEvents } from '../domain/coupon/events.js';
import { courseDecider } from '../domain/course/decider.js';
import { courseEvents } from '../domain/course/events.js';
import { enrollmentDecider } from '../domain/enrollment/decider.js';
import { enrollmentEvents } from '../domain/enrollment/events.js';
import type { DomainEvent } from '../domain/events.js';
import { invoiceDecider } from '../domain/invoice/decider.js';
import { invoiceEvents } from '../domain/invoice/events.js';
import { paymentDecider } from '../domain/payment/decider.js';
import { paymentEvents } from '../domain/payment/events.js';
import type { Aggregate } from './aggregate.js';

const aggregate = <State, Command, Event extends DomainEvent, Rejection extends string>(
  category: string,
  decider: Aggregate<State, Command, Event, Rejection>['decider'],
  events: readonly { readonly type: Event['type'] }[],
): Aggregate<State, Command, Event, Rejection> => ({
  category,
  decider,
  eventTypes: new Set<string>(events.map(({ type }) => type)),
});

export const courseAggregate = aggregate('course', courseDecider, courseEvents);
export const cartAggregate = aggregate('cart', cartDecider, cartEvents);
export const couponAggregate = { ...aggregate('coupon', couponDecider, couponEvents), hashChained: true };
export const paymentAggregate = { ...aggregate('payment', paymentDecider, paymentEvents), hashChained: true };
export const enrollmentAggregate = aggregate('enrollment', enrollmentDecider, enrollmentEvents);
export const invoiceAggregate = aggregate('invoice', invoiceDecider, invoiceEvents);
