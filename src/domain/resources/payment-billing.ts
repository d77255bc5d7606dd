import { BillingData } from '../invoice/events.js';
import { Personal } from '../kernel/event-schema.js';
import { optionalFields } from '../record/record-events.js';
import { resource } from '../record/resource.js';

const { firstName, lastName, email, phoneNumber, address, city, country } = BillingData.properties;

/** The id is the payment's. A record of its own, so that it can be erased. */
export const paymentBilling = resource('PaymentBilling', {
  category: 'paymentBilling',
  description: 'The billing data of a payment',
  fields: optionalFields({
    firstName: Personal(firstName),
    lastName: Personal(lastName),
    email: Personal(email),
    phoneNumber: Personal(phoneNumber),
    address: Personal(address),
    city: Personal(city),
    country: Personal(country),
  }),
  references: { ownerId: { to: 'account', cascade: true } },
  rules: { read: 'owner-or-admin', write: 'owner-or-admin' },
  lists: [{ by: ['ownerId'] }],
});
