import type { Stripe } from 'stripe';
import type { ChargeRequest } from '../../ports/payment-gateway.js';
import { toProvider } from './amounts.js';
import type { StripeOptions } from './client.js';
import { isInvalid, isKeptFailure, isKeyOfAnother, isReplay, orAborted, shown, StripeCallFailed, type StripeFailure } from './failures.js';

export type Found = Readonly<{ found: true; intent: Stripe.PaymentIntent }> | Readonly<{ found: false; reason: string }>;

/** Each key beyond the first is for a failure that Stripe kept for the one before it. */
const MOST_KEYS = 20;
const INTENT = /^pi_\w+$/;

const isOfAmount = ({ param, code }: StripeFailure): boolean => param === 'amount' || param === 'currency' || code?.startsWith('amount_') === true;

export const isIntentId = (reference: string | null): reference is string => reference !== null && INTENT.test(reference);

/**
 * The payment intents of payments. One is made without being confirmed, which moves no money, always with the same parameters: so
 * whoever asks for the payment's intent makes it or finds it, by the key alone.
 */
export class Intents {
  readonly #stripe: Stripe;
  readonly #options: StripeOptions;

  constructor(stripe: Stripe, options: StripeOptions) {
    this.#stripe = stripe;
    this.#options = options;
  }

  present(id: string, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    return orAborted(signal, () => this.#stripe.paymentIntents.retrieve(id));
  }

  /** The payment's intent in its present state. Not found: Stripe makes none of this amount. */
  async of(request: Omit<ChargeRequest, 'token'>, reference: string | null, signal: AbortSignal): Promise<Found> {
    if (isIntentId(reference)) return { found: true, intent: await this.present(reference, signal) };
    const money = toProvider(request.amount, request.currency);
    if (!money.ok) return { found: false, reason: money.reason };
    try {
      return { found: true, intent: await this.#made(request.idempotencyKey, money, signal) };
    } catch (error) {
      if (isKeyOfAnother(error)) return { found: true, intent: await this.#searched(request.idempotencyKey, signal) };
      if (isInvalid(error) && isOfAmount(error)) return { found: false, reason: shown(error.message, 'Stripe does not take this amount') };
      throw error;
    }
  }

  /** An intent that Stripe made although it answered a failure is lost, never confirmed, and so moves no money. */
  async #made(paymentId: string, money: { readonly amount: number; readonly currency: string }, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    for (let count = 1; ; count += 1) {
      const idempotencyKey = count === 1 ? paymentId : `${paymentId}/${count}`;
      try {
        const intent = await orAborted(signal, () => this.#stripe.paymentIntents.create(this.#parameters(paymentId, money), { idempotencyKey }));
        // Stripe repeats what it answered first, whatever has become of the intent since.
        return isReplay(intent.lastResponse) ? await this.present(intent.id, signal) : intent;
      } catch (error) {
        if (!isKeptFailure(error) || count >= MOST_KEYS) throw error;
      }
    }
  }

  #parameters(paymentId: string, { amount, currency }: { readonly amount: number; readonly currency: string }): Stripe.PaymentIntentCreateParams {
    const { statementDescriptor, returnUrl } = this.#options;
    return {
      amount,
      currency,
      description: `Payment ${paymentId}`,
      capture_method: 'automatic',
      // A method that leads the payer elsewhere needs an address to come back to.
      automatic_payment_methods: { enabled: true, allow_redirects: returnUrl === null ? 'never' : 'always' },
      metadata: { paymentId, confirmedBy: 'server' },
      ...(statementDescriptor === null ? {} : { statement_descriptor_suffix: statementDescriptor }),
    };
  }

  /** The search lags behind by a minute at most: what it does not find yet is asked for again later. */
  async #searched(paymentId: string, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    const { data } = await orAborted(signal, () => this.#stripe.paymentIntents.search({ query: `metadata['paymentId']:'${paymentId.replaceAll(/[^\w-]/g, '')}'` }));
    const [first] = data;
    if (first === undefined) throw new StripeCallFailed(`Stripe: the key ${paymentId} was used with other parameters, and its payment intent is not found yet`);
    return this.present(first.id, signal);
  }
}
