import type { Stripe } from 'stripe';
import type { RefundOutcome, RefundRequest } from '../../ports/payment-gateway.js';
import { toProvider } from './amounts.js';
import { isInvalid, isKeptFailure, isReplay, orAborted, shown, StripeCallFailed } from './failures.js';
import { isIntentId } from './intents.js';
import { refundIdIn } from './our-metadata.js';

const FAILED = 'Stripe did not make the refund';
/** Each key beyond the first is for a failure that Stripe kept for the one before it. */
const MOST_KEYS = 20;

const failed = (sentence: string | null | undefined): RefundOutcome => ({ outcome: 'failed', reason: shown(sentence, FAILED) });

/** An unknown state is one that still moves: a notice tells how it ends. */
export const refundStatusOf = ({ status }: Stripe.Refund): 'refunded' | 'pending' | 'failed' =>
  status === 'succeeded' ? 'refunded' : status === 'failed' || status === 'canceled' ? 'failed' : 'pending';

const outcomeOf = (refund: Stripe.Refund): RefundOutcome => {
  const outcome = refundStatusOf(refund);
  return outcome === 'failed' ? failed(refund.failure_reason) : { outcome, reference: refund.id };
};

/** Refunds of payment intents. Methods throw what the library throws. */
export class Refunds {
  readonly #stripe: Stripe;

  constructor(stripe: Stripe) {
    this.#stripe = stripe;
  }

  async refund({ idempotencyKey: refundId, paymentId, chargeReference, amount, currency }: RefundRequest, signal: AbortSignal): Promise<RefundOutcome> {
    if (!isIntentId(chargeReference)) return failed(`Stripe knows no charge ${chargeReference ?? 'of this payment'}`);
    const money = toProvider(amount, currency);
    if (!money.ok) return failed(money.reason);
    const parameters = { payment_intent: chargeReference, amount: money.amount, metadata: { paymentId, refundId } };
    try {
      return outcomeOf(await this.#made(refundId, parameters, signal));
    } catch (error) {
      // Refunded already, disputed, more than is left, of another account: no repeat changes it.
      if (isInvalid(error)) return failed(error.message);
      throw error;
    }
  }

  async #made(refundId: string, parameters: Stripe.RefundCreateParams & { readonly payment_intent: string }, signal: AbortSignal): Promise<Stripe.Refund> {
    for (let count = 1; count <= MOST_KEYS; count += 1) {
      const idempotencyKey = count === 1 ? refundId : `${refundId}/${count}`;
      try {
        const refund = await orAborted(signal, () => this.#stripe.refunds.create(parameters, { idempotencyKey }));
        return isReplay(refund.lastResponse) ? await orAborted(signal, () => this.#stripe.refunds.retrieve(refund.id)) : refund;
      } catch (error) {
        if (!isKeptFailure(error)) throw error;
        // Stripe may have made it all the same.
        const made = await this.#madeBefore(refundId, parameters.payment_intent, signal);
        if (made !== undefined) return made;
      }
    }
    throw new StripeCallFailed(`Stripe: the refund ${refundId} fails there again and again`);
  }

  async #madeBefore(refundId: string, intentId: string, signal: AbortSignal): Promise<Stripe.Refund | undefined> {
    signal.throwIfAborted();
    const refunds = this.#stripe.refunds.list({ payment_intent: intentId, limit: 100 });
    for (;;) {
      const next = await orAborted(signal, () => refunds.next());
      if (next.done === true) return undefined;
      if (refundIdIn(next.value.metadata) === refundId) return next.value;
    }
  }
}
