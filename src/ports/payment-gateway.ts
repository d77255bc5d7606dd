export interface ChargeRequest {
  /** The payment's id. The same key is the same charge, however often it is requested. */
  readonly idempotencyKey: string;
  readonly amount: string;
  readonly currency: string;
  readonly method: 'card' | 'wallet';
  /** The provider's token for a card; never a card number. */
  readonly token: string | null;
}

export type ChargeOutcome =
  | Readonly<{ outcome: 'captured'; reference: string }>
  | Readonly<{ outcome: 'declined'; reason: string }>;

export type RefundOutcome =
  | Readonly<{ outcome: 'refunded'; reference: string }>
  | Readonly<{ outcome: 'failed'; reason: string }>;

/** Calls may hang or throw (unknown outcome): the caller limits them by the signal and repeats them with the same key. */
/** How long a call may take, in milliseconds; what comes later counts as no answer, and is asked for again. */
export const LONGEST_CALL_MS = 10_000;

export interface PaymentGateway {
  charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome>;
  refund(
    request: { idempotencyKey: string; chargeReference: string | null; amount: string; currency: string },
    signal: AbortSignal,
  ): Promise<RefundOutcome>;
}
