import type { Stripe } from 'stripe';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const uuidIn = (metadata: Stripe.Metadata | null, name: string): string | null => {
  const value: unknown = metadata?.[name];
  return typeof value === 'string' && UUID.test(value) ? value : null;
};

/** Null: an object that is not ours. */
export const paymentIdIn = (metadata: Stripe.Metadata | null): string | null => uuidIn(metadata, 'paymentId');
export const refundIdIn = (metadata: Stripe.Metadata | null): string | null => uuidIn(metadata, 'refundId');

/** The payer's browser confirms the intent: a card that fails is no end, another one may follow. */
export const isConfirmedByClient = (intent: Stripe.PaymentIntent): boolean => intent.metadata?.['confirmedBy'] === 'client';
