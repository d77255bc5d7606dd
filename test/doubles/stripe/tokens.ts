import type { Failure } from './objects.js';

const declined = (declineCode: string, message: string, code = 'card_declined'): Failure => ({ type: 'card_error', code, decline_code: declineCode, message });

export type Confirmation =
  | Readonly<{ then: 'succeed' }>
  | Readonly<{ then: 'decline'; failure: Failure }>
  | Readonly<{ then: 'authenticate' }>
  | Readonly<{ then: 'process' }>;

export interface Token {
  readonly confirmation: Confirmation;
  /** What becomes of the first answer of the confirmation of each intent. `applied`: the confirmation has its effect all the same. */
  readonly first?: Readonly<{ status: number; kept: boolean; applied: boolean }> | 'lost' | 'silent';
  readonly refunds?: 'pending';
  readonly disputed?: true;
  readonly email?: string;
}

const succeed = { confirmation: { then: 'succeed' } } as const;

/** Those that Stripe's test mode has, too, start with pm_card_. */
export const TOKENS: Readonly<Record<string, Token>> = {
  pm_card_visa: succeed,
  pm_card_mastercard: { ...succeed, email: 'payer@shop.example' },
  pm_card_visa_chargeDeclined: { confirmation: { then: 'decline', failure: declined('generic_decline', 'Your card was declined.') } },
  pm_card_visa_chargeDeclinedInsufficientFunds: { confirmation: { then: 'decline', failure: declined('insufficient_funds', 'Your card has insufficient funds.') } },
  pm_card_chargeDeclinedExpiredCard: { confirmation: { then: 'decline', failure: declined('expired_card', 'Your card has expired.', 'expired_card') } },
  pm_card_authenticationRequired: { confirmation: { then: 'authenticate' } },
  pm_card_pendingRefund: { ...succeed, refunds: 'pending' },
  pm_card_refundFail: succeed,
  pm_card_createDispute: { ...succeed, disputed: true },
  pm_processing: { confirmation: { then: 'process' } },
  pm_lost_answer: { ...succeed, first: 'lost' },
  pm_no_answer: { ...succeed, first: 'silent' },
  pm_500: { ...succeed, first: { status: 500, kept: true, applied: false } },
  pm_500_captured: { ...succeed, first: { status: 500, kept: true, applied: true } },
  pm_503: { ...succeed, first: { status: 503, kept: false, applied: false } },
  pm_429: { ...succeed, first: { status: 429, kept: false, applied: false } },
  pm_409: { ...succeed, first: { status: 409, kept: false, applied: false } },
};

export const AUTHENTICATION_FAILED: Failure = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
};
export const PROCESSING_FAILED = declined('generic_decline', 'The bank refused the payment.');
