import type { Stripe } from 'stripe';
import type { ChargeFact, ProviderFact, ProviderNotice } from '../../ports/payment-gateway.js';
import { chargeFactOf, disputeFactOf, refundFactOf } from './facts.js';
import { paymentIdIn } from './our-metadata.js';
import type { Origins } from './origins.js';

/** What the event says of the intent: the object in it is the intent of then, but its state alone does not tell a failed card from a new one. */
const chargeFact = (intent: Stripe.PaymentIntent, status: ChargeFact['status']): ProviderFact | null =>
  paymentIdIn(intent.metadata) === null ? null : { ...chargeFactOf(intent), status };

/** Notices come late and out of order, and an end is not taken back: it is believed if it is so now. */
const presentFact = async (intent: Stripe.PaymentIntent, origins: Origins, signal: AbortSignal): Promise<ProviderFact | null> =>
  paymentIdIn(intent.metadata) === null ? null : chargeFactOf(await origins.present(intent.id, signal));

const refundFact = async (refund: Stripe.Refund, origins: Origins, signal: AbortSignal): Promise<ProviderFact | null> => {
  const paymentId = paymentIdIn(refund.metadata);
  const intentId = typeof refund.payment_intent === 'string' ? refund.payment_intent : refund.payment_intent?.id;
  if (paymentId !== null && intentId !== undefined) return refundFactOf(refund, { chargeReference: intentId, paymentId });
  const origin = await origins.of(refund, signal);
  return origin === null || origin.paymentId === null ? null : refundFactOf(refund, origin);
};

const disputeFact = async (dispute: Stripe.Dispute, origins: Origins, signal: AbortSignal): Promise<ProviderFact | null> => {
  const origin = await origins.of(dispute, signal);
  return origin === null || origin.paymentId === null ? null : disputeFactOf(dispute, origin);
};

const factIn = async (event: Stripe.Event, origins: Origins, signal: AbortSignal): Promise<ProviderFact | null> => {
  switch (event.type) {
    case 'payment_intent.succeeded':
      return chargeFact(event.data.object, 'captured');
    case 'payment_intent.requires_action':
      return chargeFact(event.data.object, 'action-required');
    case 'payment_intent.processing':
      return chargeFact(event.data.object, 'pending');
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return presentFact(event.data.object, origins, signal);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
    case 'charge.refund.updated':
      return refundFact(event.data.object, origins, signal);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
      return disputeFact(event.data.object, origins, signal);
    default:
      return null;
  }
};

/** Null: about nothing of ours, or of a connected account. */
export const noticeOf = async (event: Stripe.Event, origins: Origins, isLive: boolean, signal: AbortSignal): Promise<ProviderNotice | null> => {
  if (event.account !== undefined || event.livemode !== isLive) return null;
  const fact = await factIn(event, origins, signal);
  if (fact === null) return null;
  return { id: event.id, occurredAt: new Date(event.created * 1_000).toISOString(), fact };
};
