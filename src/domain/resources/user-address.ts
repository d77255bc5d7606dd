import { Type } from 'typebox';
import { Nullable, Personal } from '../kernel/event-schema.js';
import { resource } from '../record/resource.js';

const Line = Personal(Nullable(Type.String()));

export const userAddress = resource('UserAddress', {
  category: 'userAddress',
  description: "An address of an account's address book",
  fields: {
    country: Line,
    city: Line,
    address1: Line,
    address2: Line,
    zipCode: Line,
    /** home, work ... */
    addressType: Personal(Type.String()),
  },
  within: 'ownerId',
  most: 50,
  references: { ownerId: { to: 'account', cascade: true } },
  rules: { read: 'owner', write: 'owner' },
  lists: [{ by: ['ownerId'], sort: { createdAt: 1 } }],
});
