import type { Stripe } from 'stripe';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Those of money that came late say so, and count. */
const REFUND_ID = /^[\w-]{1,100}$/;

const textIn = (metadata: Stripe.Metadata | null, name: string, pattern: RegExp): string | null => {
  const value: unknown = metadata?.[name];
  return typeof value === 'string' && pattern.test(value) ? value : null;
};

/** Null: an object that is not ours. */
export const paymentIdIn = (metadata: Stripe.Metadata | null): string | null => textIn(metadata, 'paymentId', UUID);
export const refundIdIn = (metadata: Stripe.Metadata | null): string | null => textIn(metadata, 'refundId', REFUND_ID);

/** The payer's browser confirms the intent: a card that fails is no end, another one may follow. */
export const isConfirmedByClient = (intent: Stripe.PaymentIntent): boolean => intent.metadata?.['confirmedBy'] === 'client';
