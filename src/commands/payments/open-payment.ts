import { paysPayment } from '../access/rules.js';
import { reject, type Refusal } from '../../domain/kernel/decider.js';
import type { BillingData } from '../../domain/invoice/events.js';
import { isZero, subtractMoney } from '../../domain/kernel/money.js';
import type { PaymentRejection } from '../../domain/payment/decider.js';
import type { PaymentMethod } from '../../domain/payment/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { Actor } from '../actor.js';
import { derivedContext, type CommandContext } from '../context.js';
import { done, succeeded, type Outcome } from '../outcome.js';
import { cancelForDeletedAccount } from './cancel-payment.js';
import { sealPaymentToken } from './payment-token.js';
import { releaseHolds, takeHolds, type HoldRejection, type Purchase } from './purchase-holds.js';
import { quotePurchase, type QuoteRejection, type WantedPurchase } from './quote-purchase.js';
import type { CommandServices } from '../services.js';

export interface OpenPaymentInput extends WantedPurchase {
  readonly actor: Actor;
  readonly method: PaymentMethod;
  readonly token: string | null;
  readonly billing: Partial<BillingData>;
}

export type OpenPaymentRejection = 'payment-method-unavailable' | QuoteRejection | HoldRejection | PaymentRejection | 'payment-not-permitted' | 'account-not-found';
type Opened = Outcome<{ readonly paymentId: string }, OpenPaymentRejection>;

/**
 * Quotes the price, takes the holds and opens the payment. Every step is derived from the command: a repeat, also after a crash
 * between two steps, goes on where the first one stopped and makes the same payment.
 */
export const openPayment =
  (services: CommandServices) =>
  async (input: OpenPaymentInput, context: CommandContext): Promise<Opened> => {
    const { actor, payerId, method } = input;
    if (!paysPayment(actor, { payerId })) return reject('payment-not-permitted');
    if (actor.accountId !== payerId) {
      const { state: payer } = await services.handler.load(aggregates.account, payerId);
      if (payer.status !== 'registered') return reject('account-not-found', { accountId: payerId });
    }
    const paymentId = uuidV5('payment', context.commandId);
    const earlier = context.isFirst === true ? undefined : await openedEarlier(services, paymentId);
    if (earlier !== undefined) return earlier;

    const now = services.clock.now();
    const at = now.toISOString();
    const quoted = await quotePurchase(services)(input, paymentId, at);
    if (!quoted.ok) {
      await endEarlierAttempt(services, input, paymentId, at, context);
      return quoted;
    }
    const { quote } = quoted;
    if (method !== 'cash' && !isZero(quote.total) && !services.settings.takesCards) return reject('payment-method-unavailable', { method });
    const purchase: Purchase = { paymentId, payerId, quote, at };
    const { paymentTimeoutMs, cashPaymentTimeoutMs } = services.settings;
    const timeout = method === 'cash' ? cashPaymentTimeoutMs : paymentTimeoutMs;
    const holdUntil = new Date(now.getTime() + timeout).toISOString();
    const held = await takeHolds(services, purchase, holdUntil, context, () => recordBilling(services, purchase, input.billing, context));
    if (!held.ok) {
      const refusal = withRightAmount(held, purchase);
      return held.heldNothing ? refusal : giveUp(services, purchase, refusal, context);
    }

    const token = sealPaymentToken(services.keys, paymentId, input.token);
    const data = { paymentId, payerId, method, quote, token, expiresAt: held.holdUntil, at };
    const opened = await services.handler.handle(aggregates.payment, paymentId, { type: 'OpenPayment', data }, context);
    if (!opened.ok) return giveUp(services, purchase, opened, context);
    if (await wasDeletedMeanwhile(services, { paymentId, payerId }, context)) return reject('account-not-found', { accountId: payerId });
    return done(opened, { paymentId });
  };

/** Of a deletion that came later, the worker finds this payment; of one that came before, this finds the payment. */
const wasDeletedMeanwhile = async (
  services: CommandServices,
  { paymentId, payerId }: { readonly paymentId: string; readonly payerId: string },
  context: CommandContext,
): Promise<boolean> => {
  const { state: payer } = await services.handler.load(aggregates.account, payerId);
  if (payer.status !== 'deleted') return false;
  await cancelForDeletedAccount(services, { paymentId, accountId: payerId }, derivedContext(context, 'cancel-payment'));
  return true;
};

/** The answer to a repeat of the command; undefined: it opened nothing yet. */
const openedEarlier = async ({ handler }: CommandServices, paymentId: string): Promise<Opened | undefined> => {
  const { state: known, position } = await handler.load(aggregates.payment, paymentId);
  if (known.status === 'none') return undefined;
  return wasOpened(known) ? succeeded({ paymentId }, { position, changed: true }) : reject('payment-already-ended');
};

type KnownPayment = Readonly<{ status: string; quote?: unknown }>;
const wasOpened = (payment: KnownPayment): boolean => payment.quote !== null && payment.quote !== undefined;

const expire = ({ handler }: CommandServices, paymentId: string, at: string, context: CommandContext) => {
  const command = { type: 'ExpirePayment', data: { paymentId, at } } as const;
  return handler.handle(aggregates.payment, paymentId, command, derivedContext(context, 'expire-payment'));
};

/** A repeat that is refused may have holds from before a crash: the end of the payment has the checkout give them back. */
const endEarlierAttempt = async (
  services: CommandServices,
  { payerId, courseIds }: OpenPaymentInput,
  paymentId: string,
  at: string,
  context: CommandContext,
): Promise<void> => {
  const [first] = courseIds.toSorted();
  if (first === undefined) return;
  const { state } = await services.handler.load(aggregates.enrollment, `${payerId}.${first}`);
  if (state.hold?.paymentId === paymentId) await expire(services, paymentId, at, context);
};

/** The coupon's terms changed after the quote: the refusal of the hold gives the right total. */
const withRightAmount = ({ rejection, details }: Refusal<HoldRejection>, { quote }: Purchase): Refusal<OpenPaymentRejection> => {
  const discount = details?.['discount'];
  if (rejection !== 'quote-changed' || typeof discount !== 'string') return reject(rejection, details);
  const { subtotal, currency } = quote;
  return reject('amount-mismatch', { amount: subtractMoney(subtotal, discount), subtotal, discount, currency });
};

const recordBilling = (
  { handler }: CommandServices,
  { paymentId, payerId, at }: Purchase,
  fields: Partial<BillingData>,
  context: CommandContext,
) => {
  const data = { recordId: paymentId, ownerId: payerId, actorId: context.actorId, fields, at };
  return handler.handle(aggregates.paymentBilling, paymentId, { type: 'CreateRecord', data }, derivedContext(context, 'record-billing'));
};

/**
 * Ends the payment before its holds are given back, so that no repeat can open it without them. If another process opened it and
 * its money is here, the payment stands.
 */
const giveUp = async (
  services: CommandServices,
  purchase: Purchase,
  refusal: Refusal<OpenPaymentRejection>,
  context: CommandContext,
): Promise<Opened> => {
  const { paymentId, at } = purchase;
  const ended = await expire(services, paymentId, at, context);
  if (ended.ok && ended.state.status === 'captured') return succeeded({ paymentId }, { position: ended.position, changed: true });
  await releaseHolds(services, purchase, refusal.rejection, context);
  const forget = { type: 'DeleteRecord', data: { recordId: paymentId, actorId: context.actorId, at } } as const;
  await services.handler.handle(aggregates.paymentBilling, paymentId, forget, derivedContext(context, 'forget-billing'));
  return refusal;
};
