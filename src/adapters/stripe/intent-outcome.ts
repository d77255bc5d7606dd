import type { Stripe } from 'stripe';
import type { ChargeOutcome, NextAction } from '../../ports/payment-gateway.js';
import { shown, StripeCallFailed } from './failures.js';
import { isConfirmedByClient } from './our-metadata.js';

const DECLINED = 'The payment was declined.';

export const declined = (sentence: string | null | undefined): ChargeOutcome => ({ outcome: 'declined', reason: shown(sentence, DECLINED) });

const actionOf = ({ next_action: next, client_secret: clientSecret }: Stripe.PaymentIntent): NextAction => {
  const redirectUrl = next?.redirect_to_url?.url ?? null;
  return { kind: redirectUrl === null ? 'client' : 'redirect', clientSecret, redirectUrl };
};

/** The intent waits for a payment method, and no attempt has failed that was to be the only one. */
const isOpen = (intent: Stripe.PaymentIntent): boolean => intent.last_payment_error === null || isConfirmedByClient(intent);

/** The intent may be confirmed with a payment method from here. */
export const awaitsConfirmation = (intent: Stripe.PaymentIntent): boolean =>
  intent.status === 'requires_confirmation' || (intent.status === 'requires_payment_method' && isOpen(intent));

/** What the state of the intent means; every answer about a charge is made here. */
export const outcomeOf = (intent: Stripe.PaymentIntent): ChargeOutcome => {
  const { id: reference, status } = intent;
  switch (status) {
    case 'succeeded':
      return { outcome: 'captured', reference };
    case 'processing':
    case 'requires_capture':
      return { outcome: 'pending', reference };
    case 'canceled':
      return { outcome: 'cancelled' };
    case 'requires_action':
      return { outcome: 'action-required', reference, nextAction: actionOf(intent) };
    case 'requires_payment_method':
    case 'requires_confirmation':
      if (!isOpen(intent)) return declined(intent.last_payment_error?.message);
      return { outcome: 'action-required', reference, nextAction: actionOf(intent) };
    default:
      throw new StripeCallFailed(`Stripe: the payment intent ${reference} is in a state that is not known here: ${shown(status, 'none')}`);
  }
};
