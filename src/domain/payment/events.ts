import { Type, type Static } from 'typebox';
import { Currency, DecimalString, defineEvent, Id, Nullable, Secret, Timestamp, type EventOf } from '../kernel/event-schema.js';
import { ProviderFact } from './provider-facts.js';

export const PaymentMethod = Type.Enum(['card', 'wallet', 'cash']);
export type PaymentMethod = Static<typeof PaymentMethod>;

/** The price, line by line. All amounts in the minor unit's precision of `currency`; total = subtotal - discount. */
export const Quote = Type.Object({
  lines: Type.Array(
    Type.Object({
      courseId: Id,
      title: Type.String(),
      listPrice: DecimalString,
      discount: DecimalString,
      total: DecimalString,
    }),
    { minItems: 1 },
  ),
  subtotal: DecimalString,
  discount: DecimalString,
  total: DecimalString,
  currency: Currency,
  couponCode: Nullable(Type.String()),
});
export type Quote = Readonly<Static<typeof Quote>>;

export const RefundFailure = Type.Enum(['refused', 'unknown']);
export type RefundFailure = Static<typeof RefundFailure>;

export const DisputeOutcome = Type.Enum(['won', 'lost']);
export type DisputeOutcome = Static<typeof DisputeOutcome>;

/** notice: sent by the provider; look-up and reconciliation: asked for. */
export const NoticeSource = Type.Enum(['notice', 'look-up', 'reconciliation']);
export type NoticeSource = Static<typeof NoticeSource>;

/** What a refund takes from one course of the quote. */
export const RefundLine = Type.Object({ courseId: Id, amount: DecimalString });
export type RefundLine = Static<typeof RefundLine>;

const paymentId = Id;
/** Line by line as quoted. Absent where the payment is of one course, and in events that are older than this field. */
const lines = Type.Optional(Type.Array(RefundLine));
/** The refund ends the access to these courses. Absent: only one that leaves nothing ends any, and then all of it. */
const courseIds = Type.Optional(Type.Array(Id, { minItems: 1 }));
const money = { amount: DecimalString, currency: Currency };

export const paymentEvents = [
  defineEvent('PaymentOpened', 'A payer was quoted a price and asked to pay it. The payment expires at expiresAt unless it is captured before.', {
    paymentId,
    payerId: Id,
    method: PaymentMethod,
    quote: Quote,
    expiresAt: Timestamp,
    openedAt: Timestamp,
  }),
  defineEvent('PaymentCaptureRequested', 'The gateway is to charge the quote. Intent: the outcome is an event of its own.', {
    paymentId,
    ...money,
    /** A token of the gateway, in exchange for the payer's card; never a card number. Sealed with a key of JWT_SECRET; old events have it plain. */
    token: Secret(Nullable(Type.String())),
    requestedAt: Timestamp,
  }),
  defineEvent('PaymentActionRequired', 'The payer has to do something at the provider or the bank before the money comes (3-D Secure).', {
    paymentId,
    reference: Id,
    /** How to go on, as JSON (kind, clientSecret, redirectUrl). Sealed with a key of JWT_SECRET. */
    nextAction: Secret(Type.String()),
    requiredAt: Timestamp,
  }),
  defineEvent('PaymentProcessing', 'The provider took the charge, and tells by a notice how it ends.', { paymentId, reference: Id, startedAt: Timestamp }),
  defineEvent('PaymentNoticeReceived', 'The provider told something about this payment. What follows from it is an event of its own.', {
    paymentId,
    provider: Type.String(),
    /** The provider's id of the notice. */
    noticeId: Id,
    source: NoticeSource,
    fact: ProviderFact,
    occurredAt: Timestamp,
    receivedAt: Timestamp,
  }),
  defineEvent('PaymentCaptured', 'The money is ours.', {
    paymentId,
    ...money,
    reference: Nullable(Type.String()),
    capturedAt: Timestamp,
  }),
  defineEvent('PaymentCapturedLate', 'Money came for a payment that had already ended; it is to be refunded.', {
    paymentId,
    ...money,
    reference: Nullable(Type.String()),
    capturedAt: Timestamp,
  }),
  defineEvent('PaymentDeclined', 'The gateway refused the charge.', { paymentId, reason: Type.String(), declinedAt: Timestamp }),
  defineEvent('PaymentCancelled', 'The payment was cancelled before any money came.', {
    paymentId,
    cancelledBy: Id,
    reason: Nullable(Type.String()),
    cancelledAt: Timestamp,
  }),
  defineEvent('PaymentExpired', 'No money came in time (also: its holds were taken and it was never opened).', {
    paymentId,
    expiredAt: Timestamp,
  }),
  defineEvent('PaymentRefundRequested', 'Captured money is to be refunded; the amount counts as refunded from now on.', {
    paymentId,
    refundId: Id,
    ...money,
    lines,
    courseIds,
    reason: Nullable(Type.String()),
    requestedBy: Nullable(Id),
    requestedAt: Timestamp,
  }),
  defineEvent('PaymentRefundProcessing', 'The provider took the refund, and tells by a notice how it ends.', {
    paymentId,
    refundId: Id,
    reference: Id,
    startedAt: Timestamp,
  }),
  defineEvent('PaymentRefunded', 'Money was given back. `full` when nothing of the purchase is left.', {
    paymentId,
    refundId: Id,
    ...money,
    lines,
    courseIds,
    full: Type.Boolean(),
    reference: Nullable(Type.String()),
    refundedAt: Timestamp,
  }),
  defineEvent('PaymentRefundFailed', 'The gateway did not refund the money; the amount can be refunded again.', {
    paymentId,
    refundId: Id,
    ...money,
    reason: Type.String(),
    /** unknown: no answer came; the money may have been returned. Absent in events that are older than this field. */
    outcome: Type.Optional(RefundFailure),
    /** The provider's id of the refund that failed there: it will not come through later. */
    reference: Type.Optional(Id),
    failedAt: Timestamp,
  }),
  defineEvent('PaymentRefundReversed', 'Money that was given back did not arrive and is ours again; the amount can be refunded again.', {
    paymentId,
    refundId: Id,
    ...money,
    lines,
    reason: Type.String(),
    reversedAt: Timestamp,
  }),
  defineEvent('PaymentDisputeOpened', 'The payer’s bank asks for the money back. Nothing is refunded while it is open.', {
    paymentId,
    disputeId: Id,
    ...money,
    reason: Nullable(Type.String()),
    openedAt: Timestamp,
  }),
  defineEvent('PaymentDisputeClosed', 'The bank decided. won: the money stays here; lost: it is gone, which is recorded as a refund, too.', {
    paymentId,
    disputeId: Id,
    ...money,
    outcome: DisputeOutcome,
    closedAt: Timestamp,
  }),
] as const;

export type PaymentEvent = EventOf<(typeof paymentEvents)[number]>;
