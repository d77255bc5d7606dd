import { Stripe } from 'stripe';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { NoticeRefused } from '../../ports/payment-gateway.js';

const TOLERANCE_SECONDS = 300;
const LONGEST_HEADER = 2_000;

/** What the library says of every event; it looks at the signature alone. */
const event = Compile(
  Type.Object({
    id: Type.String({ minLength: 1, maxLength: 200 }),
    type: Type.String(),
    created: Type.Integer({ minimum: 0, maximum: 10 ** 10 }),
    livemode: Type.Boolean(),
    data: Type.Object({ object: Type.Object({}) }),
  }),
);

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const parsedBy = (secret: string, body: Uint8Array, header: string, now: Date): Stripe.Event | undefined => {
  try {
    const parsed = Stripe.webhooks.constructEvent(body, header, secret, TOLERANCE_SECONDS, undefined, now.getTime());
    return event.Check(parsed) ? parsed : undefined;
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
    const parsed = parsedBy(secret, body, header, now);
    if (parsed !== undefined) return parsed;
  }
  throw new NoticeRefused('The signature of the notice is wrong or too old, or the notice is none.');
};
