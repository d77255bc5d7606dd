import { randomUUID } from 'node:crypto';
import type { Stripe } from 'stripe';
import type { ChargeOutcome, ChargeRequest } from '../../ports/payment-gateway.js';
import { REQUEST_TIMEOUT_MS, type StripeOptions } from './client.js';
import { isInvalid, isKeptFailure, isKeyOfAnother, isOtherState, isReplay, isStripeFailure, orAborted } from './failures.js';
import { awaitsConfirmation, declined, outcomeOf } from './intent-outcome.js';
import type { Intents } from './intents.js';
import { isConfirmedByClient } from './our-metadata.js';

/** What these say wrong is for whoever set the program up, and not for the payer. */
const OURS = new Set(['return_url', 'intent', 'receipt_email']);

/** Charges, each a payment intent. Methods throw what the library throws. */
export class Charges {
  readonly #stripe: Stripe;
  readonly #intents: Intents;
  readonly #options: StripeOptions;

  constructor(stripe: Stripe, intents: Intents, options: StripeOptions) {
    this.#stripe = stripe;
    this.#intents = intents;
    this.#options = options;
  }

  async charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome> {
    const answer = await this.#intents.of(request, null, signal);
    if (!answer.found) return declined(answer.reason);
    const { intent } = answer;
    if (!awaitsConfirmation(intent)) return outcomeOf(intent);
    if (request.token === null) return outcomeOf(await this.#leftToClient(intent, signal));
    return this.#confirm(intent, request.token, `${request.idempotencyKey}/confirm`, signal);
  }

  async lookUp(request: Omit<ChargeRequest, 'token'>, reference: string | null, signal: AbortSignal): Promise<ChargeOutcome> {
    const answer = await this.#intents.of(request, reference, signal);
    return answer.found ? outcomeOf(answer.intent) : declined(answer.reason);
  }

  async release(request: Omit<ChargeRequest, 'token'>, reference: string | null, signal: AbortSignal): Promise<ChargeOutcome> {
    const answer = await this.#intents.of(request, reference, signal);
    if (!answer.found) return declined(answer.reason);
    const { id, status } = answer.intent;
    if (status === 'succeeded' || status === 'canceled' || status === 'processing') return outcomeOf(answer.intent);
    try {
      return outcomeOf(await orAborted(signal, () => this.#stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' })));
    } catch (error) {
      if (!isOtherState(error)) throw error;
      return this.#byState(id, error, signal);
    }
  }

  /** Before the payer learns the client secret: notices of a failed card then say that it is no end. */
  async #leftToClient(intent: Stripe.PaymentIntent, signal: AbortSignal): Promise<Stripe.PaymentIntent> {
    if (isConfirmedByClient(intent)) return intent;
    return orAborted(signal, () => this.#stripe.paymentIntents.update(intent.id, { metadata: { confirmedBy: 'client' } }));
  }

  async #confirm(intent: Stripe.PaymentIntent, token: string, idempotencyKey: string, signal: AbortSignal, isAnew = false): Promise<ChargeOutcome> {
    const { id } = intent;
    const parameters = await this.#parameters(token, signal);
    const timeout = 2 * (this.#options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
    try {
      const confirmed = await orAborted(signal, () => this.#stripe.paymentIntents.confirm(id, parameters, { idempotencyKey, timeout }));
      return outcomeOf(isReplay(confirmed.lastResponse) ? await this.#intents.present(id, signal) : confirmed);
    } catch (error) {
      if (!isAnew && (isKeptFailure(error) || isKeyOfAnother(error))) return this.#confirmAnew(id, token, signal);
      if (isOtherState(error)) return this.#byState(id, error, signal);
      if (isStripeFailure(error) && error.type === 'StripeCardError') return this.#afterCardError(id, error, signal);
      if (isInvalid(error) && !OURS.has(error.param ?? '')) return declined(error.message);
      throw error;
    }
  }

  /** The key will not do any more. The state of the intent guards against a second capture in its place, at Stripe, too. */
  async #confirmAnew(id: string, token: string, signal: AbortSignal): Promise<ChargeOutcome> {
    const intent = await this.#intents.present(id, signal);
    return awaitsConfirmation(intent) ? this.#confirm(intent, token, `${id}/confirm/${randomUUID()}`, signal, true) : outcomeOf(intent);
  }

  async #afterCardError(id: string, error: Error & { readonly headers?: Readonly<Record<string, string>> }, signal: AbortSignal): Promise<ChargeOutcome> {
    if (!isReplay(error)) return declined(error.message);
    const intent = await this.#intents.present(id, signal);
    return awaitsConfirmation(intent) ? declined(error.message) : outcomeOf(intent);
  }

  async #byState(id: string, error: unknown, signal: AbortSignal): Promise<ChargeOutcome> {
    const intent = await this.#intents.present(id, signal);
    if (awaitsConfirmation(intent)) throw error;
    return outcomeOf(intent);
  }

  async #parameters(token: string, signal: AbortSignal): Promise<Stripe.PaymentIntentConfirmParams> {
    const { receipts, returnUrl } = this.#options;
    const email = receipts ? await this.#emailOf(token, signal) : null;
    return {
      payment_method: token,
      ...(returnUrl === null ? {} : { return_url: returnUrl }),
      ...(email === null ? {} : { receipt_email: email }),
    };
  }

  async #emailOf(token: string, signal: AbortSignal): Promise<string | null> {
    try {
      return (await orAborted(signal, () => this.#stripe.paymentMethods.retrieve(token))).billing_details.email;
    } catch (error) {
      // Whether the token is one, the confirmation says.
      if (isInvalid(error)) return null;
      throw error;
    }
  }
}
