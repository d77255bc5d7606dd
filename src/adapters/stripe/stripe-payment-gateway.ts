import type { ChargeOutcome, ChargeRequest, PaymentGateway, ProviderRecords, RefundOutcome, RefundRequest } from '../../ports/payment-gateway.js';
import { Charges } from './charges.js';
import { isLiveKey, stripeClient, type StripeOptions } from './client.js';
import { callFailed } from './failures.js';
import { Intents } from './intents.js';
import { factsSince } from './listing.js';
import { noticeOf } from './notices.js';
import { Origins } from './origins.js';
import { Refunds } from './refunds.js';
import { signedEvent } from './signed-event.js';

/** The reason of a signal that aborted is passed on; of what the library throws, nothing but what may be logged. */
const told = async <Answer>(signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await call();
  } catch (error) {
    throw signal.aborted && error === signal.reason ? error : callFailed(error);
  }
};

/** Cards and wallets at Stripe: every charge is a payment intent, whose metadata names the payment. */
export class StripePaymentGateway implements PaymentGateway {
  readonly name = 'stripe';
  readonly description: string;
  readonly records: ProviderRecords;
  readonly #charges: Charges;
  readonly #refunds: Refunds;

  constructor(options: StripeOptions) {
    const isLive = isLiveKey(options.secretKey);
    const stripe = stripeClient(options);
    const origins = new Origins(stripe);
    const charges = new Charges(stripe, new Intents(stripe, options), options);
    this.description = isLive ? 'stripe, live' : 'stripe, test mode';
    this.#charges = charges;
    this.#refunds = new Refunds(stripe);
    this.records = {
      readNotice: async (body, headers, now, signal) => {
        const event = signedEvent(options.webhookSecrets, body, headers, now);
        return told(signal, () => noticeOf(event, origins, isLive, signal));
      },
      lookUp: (request, reference, signal) => told(signal, () => charges.lookUp(request, reference, signal)),
      release: (request, reference, signal) => told(signal, () => charges.release(request, reference, signal)),
      list: async function* (since, signal) {
        try {
          yield* factsSince(stripe, origins, since, signal);
        } catch (error) {
          throw signal.aborted && error === signal.reason ? error : callFailed(error);
        }
      },
    };
  }

  charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome> {
    return told(signal, () => this.#charges.charge(request, signal));
  }

  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome> {
    return told(signal, () => this.#refunds.refund(request, signal));
  }
}
