import { Type, type Static } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Timestamp, type EventOf } from '../kernel/event-schema.js';

export const UserAddress = Type.Object({
  country: Nullable(Type.String()),
  city: Nullable(Type.String()),
  address1: Nullable(Type.String()),
  address2: Nullable(Type.String()),
  zipCode: Nullable(Type.String()),
  /** home, work ... */
  addressType: Type.String(),
});
export type UserAddress = Readonly<Static<typeof UserAddress>>;

/** The owner is the account. */
const common = { recordId: Id, ownerId: Id };

export const userAddressEvents = [
  defineEvent('UserAddressCreated', "An address was put into an account's address book.", {
    ...common,
    fields: Personal(UserAddress),
    createdAt: Timestamp,
  }),
  defineEvent('UserAddressChanged', 'An address was put right; a field that is absent did not change.', {
    ...common,
    fields: Personal(Type.Partial(UserAddress)),
    changedAt: Timestamp,
  }),
  defineEvent('UserAddressDeleted', 'The address is not in the book any more.', { ...common, deletedAt: Timestamp }),
] as const;

export type UserAddressEvent = EventOf<(typeof userAddressEvents)[number]>;
