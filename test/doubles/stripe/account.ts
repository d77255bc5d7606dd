import { randomBytes } from 'node:crypto';
import { invalid, missing, newId, Refusal, type Dispute, type Failure, type Intent, type Refund } from './objects.js';
import { AUTHENTICATION_FAILED, PROCESSING_FAILED, TOKENS } from './tokens.js';
import type { Webhooks } from './webhooks.js';

export interface IntentWish {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly description: string | null;
  readonly descriptor: string | null;
  readonly redirects: 'always' | 'never';
}

/** Money that moved for one payment, in the smallest units that Stripe counts. */
export interface Book {
  captures: number;
  captured: number;
  refunds: number;
  refunded: number;
  disputed: number;
}

const LARGEST = 999_999_999_999;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((name) => name.toLowerCase()));

/** An account at Stripe: payment intents with their states, refunds, disputes. Whatever moves makes its events. */
export class Account {
  readonly intents: Intent[] = [];
  readonly refunds: Refund[] = [];
  readonly disputes: Dispute[] = [];
  readonly #webhooks: Webhooks;
  readonly #now: () => number;

  constructor(webhooks: Webhooks, now: () => number) {
    this.#webhooks = webhooks;
    this.#now = now;
  }

  intent(id: string): Intent {
    const found = this.intents.find((intent) => intent.id === id);
    if (found === undefined) throw missing('payment_intent', id, 'intent');
    return found;
  }

  refund(id: string): Refund {
    const found = this.refunds.find((refund) => refund.id === id);
    if (found === undefined) throw missing('refund', id, 'id');
    return found;
  }

  make({ amount, currency, metadata, description, descriptor, redirects }: IntentWish): Intent {
    if (!CURRENCIES.has(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
    if (!Number.isSafeInteger(amount) || amount < 1) throw invalid('Invalid integer', { param: 'amount', code: 'parameter_invalid_integer' });
    if (amount > LARGEST) throw invalid('Amount must be no more than $999,999,999,999.99', { param: 'amount', code: 'amount_too_large' });
    if (currency === 'usd' && amount < 50) throw invalid('Amount must be at least $0.50 usd', { param: 'amount', code: 'amount_too_small' });
    if (descriptor !== null && /[<>\\'"*]/.test(descriptor)) throw invalid('The statement descriptor has characters that are not allowed', { param: 'statement_descriptor_suffix' });
    const id = newId('pi');
    const intent: Intent = {
      id, object: 'payment_intent', amount, amount_received: 0, currency, client_secret: `${id}_secret_${randomBytes(8).toString('hex')}`,
      created: this.#seconds(), livemode: false, metadata, status: 'requires_payment_method', description, receipt_email: null,
      statement_descriptor_suffix: descriptor, next_action: null, cancellation_reason: null, last_payment_error: null, payment_method: null,
      latest_charge: null, automatic_payment_methods: { enabled: true, allow_redirects: redirects },
    };
    this.intents.push(intent);
    this.#tell('payment_intent.created', intent);
    return intent;
  }

  confirm(id: string, token: string | undefined, returnUrl: string | undefined, receiptEmail: string | null): Intent {
    const intent = this.intent(id);
    if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) throw this.#unexpected(intent, 'confirm');
    if (token === undefined) throw invalid('You cannot confirm this PaymentIntent because it\'s missing a payment method.', { code: 'payment_intent_unexpected_state' });
    const known = TOKENS[token];
    if (known === undefined) throw missing('PaymentMethod', token, 'payment_method');
    if (intent.automatic_payment_methods?.allow_redirects === 'always' && returnUrl === undefined) {
      throw invalid('This PaymentIntent is configured to accept payment methods that redirect: you must provide a `return_url`.', { param: 'return_url' });
    }
    Object.assign(intent, { payment_method: token, last_payment_error: null, receipt_email: receiptEmail, next_action: null });
    switch (known.confirmation.then) {
      case 'succeed':
        this.#succeed(intent);
        if (known.disputed === true) this.dispute(intent.id);
        return intent;
      case 'decline':
        this.#fail(intent, known.confirmation.failure);
        throw new Refusal(402, known.confirmation.failure);
      case 'authenticate':
        intent.status = 'requires_action';
        intent.next_action =
          returnUrl === undefined
            ? { type: 'use_stripe_sdk', use_stripe_sdk: {} }
            : { type: 'redirect_to_url', redirect_to_url: { url: `https://hooks.stripe.example/3d_secure/${id}`, return_url: returnUrl } };
        this.#tell('payment_intent.requires_action', intent);
        return intent;
      case 'process':
        intent.status = 'processing';
        this.#tell('payment_intent.processing', intent);
        return intent;
    }
  }

  cancel(id: string, reason: Intent['cancellation_reason']): Intent {
    const intent = this.intent(id);
    if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') throw this.#unexpected(intent, 'cancel');
    Object.assign(intent, { status: 'canceled', cancellation_reason: reason, next_action: null });
    this.#tell('payment_intent.canceled', intent);
    return intent;
  }

  /** The payer at the bank's page. */
  authenticate(id: string, end: 'succeed' | 'fail'): void {
    const intent = this.intent(id);
    if (intent.status !== 'requires_action') throw this.#unexpected(intent, 'authenticate');
    if (end === 'succeed') this.#succeed(intent);
    else this.#fail(intent, AUTHENTICATION_FAILED);
  }

  /** The bank behind a payment that takes its time. */
  settle(id: string, end: 'succeed' | 'fail'): void {
    const intent = this.intent(id);
    if (intent.status !== 'processing') throw this.#unexpected(intent, 'settle');
    if (end === 'succeed') this.#succeed(intent);
    else this.#fail(intent, PROCESSING_FAILED);
  }

  makeRefund(intentId: string, amount: number | null, metadata: Record<string, string>, reason: Refund['reason']): Refund {
    const intent = this.intents.find(({ id }) => id === intentId);
    if (intent === undefined) throw missing('payment_intent', intentId, 'payment_intent');
    const { latest_charge: charge } = intent;
    if (charge === null || intent.status !== 'succeeded') throw invalid(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
    const left = intent.amount - this.#sum(this.refunds.filter((refund) => refund.payment_intent === intentId && refund.status !== 'failed'));
    if (left === 0) throw invalid(`Charge ${charge} has already been refunded.`, { code: 'charge_already_refunded' });
    if (this.disputes.some((dispute) => dispute.payment_intent === intentId && dispute.status !== 'won')) throw invalid(`Charge ${charge} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
    const wanted = amount ?? left;
    if (wanted > left) throw invalid(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
    const isPending = TOKENS[intent.payment_method ?? '']?.refunds === 'pending';
    const refund: Refund = {
      id: newId('re'), object: 'refund', amount: wanted, currency: intent.currency, created: this.#seconds(), metadata, reason,
      status: isPending ? 'pending' : 'succeeded', charge, payment_intent: intentId,
    };
    this.refunds.push(refund);
    this.#tell('refund.created', refund);
    return refund;
  }

  pendingRefunds(paymentId?: string): readonly string[] {
    const isOf = ({ payment_intent: of }: Refund): boolean => paymentId === undefined || this.intent(of).metadata['paymentId'] === paymentId;
    return this.refunds.filter((refund) => refund.status === 'pending' && isOf(refund)).map(({ id }) => id);
  }

  /** How a refund ends that was pending, or that had succeeded and comes back. */
  settleRefund(id: string, end: 'succeed' | 'fail'): void {
    const refund = this.refund(id);
    refund.status = end === 'succeed' ? 'succeeded' : 'failed';
    if (end === 'fail') refund.failure_reason = 'expired_or_canceled_card';
    this.#tell('refund.updated', refund);
    if (end === 'fail') this.#tell('refund.failed', refund);
  }

  dispute(intentId: string, status: Dispute['status'] = 'needs_response'): Dispute {
    const intent = this.intent(intentId);
    if (intent.latest_charge === null) throw invalid('nothing to dispute');
    // Banks ask for what is left of a charge.
    const refunded = this.#sum(this.refunds.filter((refund) => refund.payment_intent === intentId && refund.status !== 'failed'));
    const dispute: Dispute = {
      id: newId('du'), object: 'dispute', amount: intent.amount - refunded, currency: intent.currency, created: this.#seconds(), livemode: false, metadata: {},
      reason: 'fraudulent', status, charge: intent.latest_charge, payment_intent: intentId,
    };
    this.disputes.push(dispute);
    this.#tell('charge.dispute.created', dispute);
    return dispute;
  }

  moveDispute(id: string, status: Dispute['status']): void {
    const dispute = this.disputes.find((each) => each.id === id);
    if (dispute === undefined) throw missing('dispute', id, 'id');
    dispute.status = status;
    this.#tell(['won', 'lost', 'warning_closed'].includes(status) ? 'charge.dispute.closed' : 'charge.dispute.updated', dispute);
  }

  /** By the payment's id in the metadata of the intents. */
  books(): Readonly<Record<string, Book>> {
    const books: Record<string, Book> = {};
    for (const intent of this.intents) {
      const book = (books[intent.metadata['paymentId'] ?? intent.id] ??= { captures: 0, captured: 0, refunds: 0, refunded: 0, disputed: 0 });
      if (intent.status === 'succeeded') book.captures += 1;
      book.captured += intent.amount_received;
      const refunds = this.refunds.filter(({ payment_intent: of, status }) => of === intent.id && status !== 'failed');
      book.refunds += refunds.length;
      book.refunded += this.#sum(refunds);
      const away = ['needs_response', 'under_review', 'lost'];
      book.disputed += this.#sum(this.disputes.filter(({ payment_intent: of, status }) => of === intent.id && away.includes(status)));
    }
    return books;
  }

  #succeed(intent: Intent): void {
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount, latest_charge: newId('ch'), next_action: null, last_payment_error: null });
    this.#tell('payment_intent.succeeded', intent);
  }

  #fail(intent: Intent, failure: Failure): void {
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: failure, payment_method: null, next_action: null });
    this.#tell('payment_intent.payment_failed', intent);
  }

  #unexpected({ status }: Intent, what: string): Refusal {
    return invalid(`You cannot ${what} this PaymentIntent because it has a status of ${status}.`, { code: 'payment_intent_unexpected_state' });
  }

  #sum(objects: readonly { readonly amount: number }[]): number {
    return objects.reduce((total, { amount }) => total + amount, 0);
  }

  #tell(type: string, object: object): void {
    this.#webhooks.make(type, object);
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1_000);
  }
}
