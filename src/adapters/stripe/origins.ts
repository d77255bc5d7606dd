import type { Stripe } from 'stripe';
import { orAborted } from './failures.js';
import { paymentIdIn } from './our-metadata.js';

/** What a refund or a dispute is of. */
export interface Origin {
  readonly chargeReference: string;
  readonly paymentId: string | null;
}

type OfCharge = Pick<Stripe.Refund | Stripe.Dispute, 'payment_intent' | 'charge'>;

const MOST_KNOWN = 1_000;

const idOf = (object: string | { readonly id: string } | null): string | null => (object === null || typeof object === 'string' ? object : object.id);

/** Finds the payment of a refund or a dispute, which name their charge only. */
export class Origins {
  readonly #stripe: Stripe;
  /** A payment's intent keeps its metadata. */
  readonly #known = new Map<string, string | null>();

  constructor(stripe: Stripe) {
    this.#stripe = stripe;
  }

  /** Null: of a charge without a payment intent, which is none of ours. Asks Stripe once or twice where the object does not say it. */
  async of({ payment_intent: intent, charge }: OfCharge, signal: AbortSignal): Promise<Origin | null> {
    if (intent !== null && typeof intent !== 'string') return { chargeReference: intent.id, paymentId: paymentIdIn(intent.metadata) };
    const chargeReference = intent ?? (await this.#intentOf(charge, signal));
    return chargeReference === null ? null : { chargeReference, paymentId: await this.#paymentOf(chargeReference, signal) };
  }

  /** The intent as it is now. */
  present(id: string, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    return orAborted(signal, () => this.#stripe.paymentIntents.retrieve(id));
  }

  async #intentOf(charge: OfCharge['charge'], signal: AbortSignal): Promise<string | null> {
    const id = idOf(charge);
    if (id === null) return null;
    const whole = typeof charge === 'string' || charge === null ? await orAborted(signal, () => this.#stripe.charges.retrieve(id)) : charge;
    return idOf(whole.payment_intent);
  }

  async #paymentOf(intentId: string, signal: AbortSignal): Promise<string | null> {
    const known = this.#known.get(intentId);
    if (known !== undefined) return known;
    const { metadata } = await orAborted(signal, () => this.#stripe.paymentIntents.retrieve(intentId));
    const paymentId = paymentIdIn(metadata);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST_KNOWN) break;
      this.#known.delete(oldest);
    }
    this.#known.set(intentId, paymentId);
    return paymentId;
  }
}
