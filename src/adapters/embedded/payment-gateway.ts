import type { ChargeOutcome, ChargeRequest, PaymentGateway, RefundOutcome } from '../../ports/payment-gateway.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';

/** Tokens for each failure (docs/sandbox-payments.md). Any other token, and none, is captured. */
export const SANDBOX_DECLINED = 'sandbox-declined';
export const SANDBOX_NO_ANSWER = 'sandbox-no-answer';

const REFERENCES = '6d0a3a3c-1c0d-5a49-9a39-6f5b1c4b2f11';

// Derived, so that a repeat after a restart gives the same reference without a memory.
const reference = (kind: 'charge' | 'refund', idempotencyKey: string): string =>
  `sandbox-${kind}-${uuidV5(`${kind}/${idempotencyKey}`, REFERENCES)}`;

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const give = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('the call was given up'));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });

/** Moves no real money. Captures cards and wallets, and makes refunds, at once. */
export class SandboxPaymentGateway implements PaymentGateway {
  readonly name = 'sandbox';
  readonly description = 'sandbox: no money moves';
  readonly records = null;

  async charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome> {
    signal.throwIfAborted();
    switch (request.token) {
      case SANDBOX_DECLINED:
        return { outcome: 'declined', reason: 'the sandbox declines this token' };
      case SANDBOX_NO_ANSWER:
        return untilAborted(signal);
      default:
        return { outcome: 'captured', reference: reference('charge', request.idempotencyKey) };
    }
  }

  async refund(request: { readonly idempotencyKey: string }, signal: AbortSignal): Promise<RefundOutcome> {
    signal.throwIfAborted();
    return { outcome: 'refunded', reference: reference('refund', request.idempotencyKey) };
  }
}
