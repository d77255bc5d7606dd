import type { NextAction } from '../domain/payment/next-action.js';
import type { ProviderFact as ToldFact } from '../domain/payment/provider-facts.js';

/** How long a call may take, in milliseconds; what comes later counts as no answer, and is asked for again. */
export const LONGEST_CALL_MS = 10_000;

export type { NextAction } from '../domain/payment/next-action.js';

export interface ChargeRequest {
  /** The payment's id. The same key is the same charge, however often it is requested. */
  readonly idempotencyKey: string;
  readonly amount: string;
  readonly currency: string;
  readonly method: 'card' | 'wallet';
  /** The provider's token for a card; never a card number. Null: the payer gives the card to the provider directly, by nextAction. */
  readonly token: string | null;
}

/** pending: under way at the provider, who tells by a notice how it ended. cancelled: it ended, and no money came. */
export type ChargeOutcome =
  | Readonly<{ outcome: 'captured'; reference: string }>
  | Readonly<{ outcome: 'declined'; reason: string }>
  /** redirect: a page of the bank or the provider; client: the provider's library in the browser goes on with clientSecret. */
  | Readonly<{ outcome: 'action-required'; reference: string; nextAction: NextAction }>
  | Readonly<{ outcome: 'pending'; reference: string }>
  | Readonly<{ outcome: 'cancelled' }>;

export interface RefundRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  readonly chargeReference: string | null;
  readonly amount: string;
  readonly currency: string;
}

/** pending: the provider took it, and tells by a notice how it ended. */
export type RefundOutcome =
  | Readonly<{ outcome: 'refunded'; reference: string }>
  | Readonly<{ outcome: 'pending'; reference: string }>
  | Readonly<{ outcome: 'failed'; reason: string }>;

/** What the provider says about money, in a notice or a list: amounts as here (`"10.50"`), currencies in capital letters. */
export type ProviderFact = ToldFact & Readonly<{
  /** Null: the provider does not know it as one of ours. */
  paymentId: string | null;
}>;

export type ChargeFact = Extract<ProviderFact, { kind: 'charge' }>;
export type RefundFact = Extract<ProviderFact, { kind: 'refund' }>;
export type DisputeFact = Extract<ProviderFact, { kind: 'dispute' }>;

export interface ProviderNotice {
  /** The provider's id of the notice; a repeat has the same. */
  readonly id: string;
  readonly occurredAt: string;
  readonly fact: ProviderFact;
}

/** The signature of a notice is wrong, missing or too old. */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused';
}

/** What a provider does that is more than an answer at once; the sandbox has none of it. */
export interface ProviderRecords {
  /**
   * Checks who sent the notice, by the body as it was sent. Null: authentic, and about nothing of ours. Throws NoticeRefused.
   * `headers`: names in lower case.
   */
  readNotice(body: Uint8Array, headers: Readonly<Record<string, string | readonly string[] | undefined>>, now: Date, signal: AbortSignal): Promise<ProviderNotice | null>;
  /** Present state of the charge with this key; makes it known to the provider where it is not, which moves no money. */
  lookUp(request: Omit<ChargeRequest, 'token'>, reference: string | null, signal: AbortSignal): Promise<ChargeOutcome>;
  /** Ends the charge unless its money came: `cancelled`, `declined` or `captured`; nothing of it can come later. */
  release(request: Omit<ChargeRequest, 'token'>, reference: string | null, signal: AbortSignal): Promise<ChargeOutcome>;
  /** Every charge that was made since then, and every refund and dispute that may have moved since then, also those that are not ours. */
  list(since: Date, signal: AbortSignal): AsyncIterable<ProviderFact>;
}

/** Calls may hang or throw (unknown outcome): the caller limits them by the signal and repeats them with the same key. */
export interface PaymentGateway {
  /** As operators know it: `stripe`, `sandbox`. */
  readonly name: string;
  /** One line for operators: which account, live or test. */
  readonly description: string;
  readonly records: ProviderRecords | null;
  charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeOutcome>;
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
}
