import { material } from './material.js';
import { paymentBilling } from './payment-billing.js';
import { userAddress } from './user-address.js';

/** Every plain resource, by the category of its streams. */
export const resources = { userAddress, paymentBilling, material } as const;
