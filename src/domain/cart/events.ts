import { Type } from 'typebox';
import { defineEvent, Id, Timestamp, type EventOf } from '../kernel/event-schema.js';

const userId = Id;

export const cartEvents = [
  defineEvent('CourseAddedToCart', 'A course was added to the cart.', { userId, courseId: Id, addedAt: Timestamp }),
  defineEvent('CourseRemovedFromCart', 'A course was taken out of the cart.', { userId, courseId: Id, removedAt: Timestamp }),
  defineEvent('CartCleared', 'Everything was taken out of the cart at once.', {
    userId,
    courseIds: Type.Array(Id),
    clearedAt: Timestamp,
  }),
  defineEvent('CartCheckedOut', 'The courses that a payment bought left the cart.', {
    userId,
    paymentId: Id,
    courseIds: Type.Array(Id),
    checkedOutAt: Timestamp,
  }),
] as const;

export type CartEvent = EventOf<(typeof cartEvents)[number]>;
