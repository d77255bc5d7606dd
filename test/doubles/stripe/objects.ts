import { randomBytes } from 'node:crypto';
import type { Stripe } from 'stripe';

type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

/** What the double keeps of each object, in the shapes of the library. */
export type Intent = Mutable<
  Pick<
    Stripe.PaymentIntent,
    | 'id' | 'object' | 'amount' | 'amount_received' | 'currency' | 'client_secret' | 'created' | 'livemode' | 'metadata' | 'status' | 'description'
    | 'receipt_email' | 'statement_descriptor_suffix' | 'next_action' | 'cancellation_reason' | 'automatic_payment_methods'
  >
> & { last_payment_error: Failure | null; payment_method: string | null; latest_charge: string | null };

export type Refund = Mutable<
  Pick<Stripe.Refund, 'id' | 'object' | 'amount' | 'currency' | 'created' | 'metadata' | 'reason' | 'status'>
> & { charge: string; payment_intent: string; failure_reason?: string };

export type Dispute = Mutable<Pick<Stripe.Dispute, 'id' | 'object' | 'amount' | 'currency' | 'created' | 'livemode' | 'metadata' | 'reason' | 'status'>> & {
  charge: string;
  payment_intent: string;
};

export interface Failure {
  readonly type: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly message: string;
  readonly param?: string;
}

/** An answer that is a failure: Stripe's envelope. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly failure: Failure,
  ) {
    super(failure.message);
  }
}

export const invalid = (message: string, more: Partial<Failure> = {}): Refusal => new Refusal(400, { type: 'invalid_request_error', message, ...more });

export const missing = (what: string, id: string, param: string): Refusal =>
  new Refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}: '${id}'`, param });

export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
