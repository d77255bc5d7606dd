import { Stripe } from 'stripe';
import { NoticeRefused } from '../../ports/payment-gateway.js';

const TOLERANCE_SECONDS = 300;
const LONGEST_HEADER = 2_000;

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const parsedBy = (secret: string, body: Uint8Array, header: string, now: Date): Stripe.Event | undefined => {
  try {
    return Stripe.webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, now.getTime());
  } catch {
    return undefined;
  }
};

/** The event in the body, if Stripe signed the body with one of the secrets, and not long ago. */
export const signedEvent = (secrets: readonly string[], body: Uint8Array, headers: Headers, now: Date): Stripe.Event => {
  const header = headers['stripe-signature'];
  if (typeof header !== 'string' || header === '') throw new NoticeRefused('The notice has no signature, or several.');
  if (header.length > LONGEST_HEADER) throw new NoticeRefused('The signature of the notice is too long.');
  for (const secret of secrets) {
    const event = parsedBy(secret, body, header, now);
    if (event !== undefined) return event;
  }
  throw new NoticeRefused('The signature of the notice is wrong or too old, or the notice is none.');
};
