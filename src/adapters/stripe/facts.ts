import type { Stripe } from 'stripe';
import type { ChargeFact, DisputeFact, RefundFact } from '../../ports/payment-gateway.js';
import { fromProvider } from './amounts.js';
import { shown } from './failures.js';
import { outcomeOf } from './intent-outcome.js';
import type { Origin } from './origins.js';
import { paymentIdIn, refundIdIn } from './our-metadata.js';
import { refundStatusOf } from './refunds.js';

const wordsOf = (sentence: string | null | undefined): string | null => shown(sentence, '') || null;

const reasonOf = (intent: Stripe.PaymentIntent): string | null =>
  intent.status === 'succeeded' ? null : wordsOf(intent.last_payment_error?.message ?? intent.cancellation_reason);

export const chargeFactOf = (intent: Stripe.PaymentIntent): ChargeFact => {
  const { outcome: status } = outcomeOf(intent);
  return {
    kind: 'charge',
    status,
    reference: intent.id,
    paymentId: paymentIdIn(intent.metadata),
    ...fromProvider(status === 'captured' ? intent.amount_received : intent.amount, intent.currency),
    reason: reasonOf(intent),
  };
};

export const refundFactOf = (refund: Stripe.Refund, origin: Origin): RefundFact => ({
  kind: 'refund',
  status: refundStatusOf(refund),
  reference: refund.id,
  refundId: refundIdIn(refund.metadata),
  ...origin,
  ...fromProvider(refund.amount, refund.currency),
  reason: wordsOf(refund.failure_reason ?? refund.reason),
});

/** Null: an inquiry, which takes no money. An appeal comes after a dispute was lost, and the money is away until it is won. */
const disputeStatusOf = (status: Stripe.Dispute.Status): DisputeFact['status'] | null => {
  switch (status) {
    case 'needs_response':
    case 'under_review':
      return 'open';
    case 'won':
    case 'prevented':
      return 'won';
    case 'lost':
    case 'appeal_needs_response':
    case 'appeal_under_review':
      return 'lost';
    default:
      return null;
  }
};

export const disputeFactOf = (dispute: Stripe.Dispute, origin: Origin): DisputeFact | null => {
  const status = disputeStatusOf(dispute.status);
  if (status === null) return null;
  return { kind: 'dispute', status, reference: dispute.id, ...origin, ...fromProvider(dispute.amount, dispute.currency), reason: wordsOf(dispute.reason) };
};
