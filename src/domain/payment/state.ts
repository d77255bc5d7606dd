import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import { addMoney, subtractMoney, zero } from '../kernel/money.js';
import { unknownEvent } from '../kernel/decider.js';
import type { DisputeOutcome, PaymentEvent, PaymentMethod, Quote, RefundLine } from './events.js';
import type { ProviderFact } from './provider-facts.js';
import { lessLines, linesNamed, moreLines, spreadAlone, takenFrom, type LinesLeft } from './refund-lines.js';

/** `lines`: what it takes from each line of the quote; none where nothing was bought (the money came late). */
export type Refund = Readonly<{
  status: 'requested' | 'done' | 'failed';
  amount: string;
  lines: readonly string[];
  /** The provider’s id of it, where the provider tells later how it ends. */
  reference?: string;
  /** The courses whose access it ends, if it names some. */
  courseIds?: readonly string[];
  /** The provider says that it failed: an older notice of its success is not believed. */
  final?: true;
  /** It was made, and failed afterwards. */
  reversed?: true;
}>;

/** What the provider told before the money was here, the oldest first; it counts once the money is. */
type Told = Readonly<{ told?: readonly ProviderFact[] }>;
/** The provider's id of the charge, if it is known. */
type Charged = Readonly<{ charge?: string }>;

export type OpenedPayment = Readonly<{
  status: 'opened';
  paymentId: string;
  payerId: string;
  method: PaymentMethod;
  quote: Quote;
  expiresAt: string;
}> & Told & Charged;

/** `payerId`, `method` and `quote` are null where the payment expired before it was opened. */
export type EndedPayment = Readonly<{
  status: 'declined' | 'cancelled' | 'expired';
  paymentId: string;
  payerId: string | null;
  method: PaymentMethod | null;
  quote: Quote | null;
}> & Told & Charged;

/** captured-late: the payment had ended before the money came; all of it is to be refunded. */
export type CapturedPayment = Readonly<{
  status: 'captured' | 'captured-late';
  paymentId: string;
  payerId: string | null;
  method: PaymentMethod | null;
  quote: Quote | null;
  amount: string;
  currency: string;
  reference: string | null;
  refunds: PersistentMap<Refund>;
  /** The sum of refunds that were requested and did not fail. */
  committed: string;
  /** The quote less those refunds, line by line; no lines where the money came late. */
  left: LinesLeft;
  refunded: string;
  /** A refund was full: the purchase is undone, also one that cost nothing. */
  takenBack: boolean;
  disputes: PersistentMap<'open' | DisputeOutcome>;
}>;

export type Payment = (Readonly<{ status: 'none' }> & Told) | OpenedPayment | EndedPayment | CapturedPayment;

export const isCaptured = (payment: Payment): payment is CapturedPayment =>
  payment.status === 'captured' || payment.status === 'captured-late';

export const refundable = ({ amount, committed }: CapturedPayment): string => subtractMoney(amount, committed);

export const isDisputed = ({ disputes }: CapturedPayment): boolean => disputes.includes('open');

export const toldOf = (payment: Payment): readonly ProviderFact[] => (isCaptured(payment) ? [] : (payment.told ?? []));

export const isFullyRefunded = (payment: Payment): boolean => isCaptured(payment) && payment.takenBack;

type Captured = Extract<PaymentEvent, { type: 'PaymentCaptured' | 'PaymentCapturedLate' }>;

const captured = (payment: OpenedPayment | EndedPayment, { type, data }: Captured): CapturedPayment => ({
  status: type === 'PaymentCaptured' ? 'captured' : 'captured-late',
  paymentId: payment.paymentId,
  payerId: payment.payerId,
  method: payment.method,
  quote: payment.quote,
  amount: data.amount,
  currency: data.currency,
  reference: data.reference,
  refunds: emptyMap(),
  committed: zero(data.currency),
  left: type === 'PaymentCaptured' && payment.quote !== null ? payment.quote.lines.map(({ total }) => total) : [],
  refunded: zero(data.currency),
  takenBack: false,
  disputes: emptyMap(),
});

const ended = (payment: Payment, paymentId: string, status: EndedPayment['status']): Payment => {
  if (payment.status === 'none') return { ...payment, status, paymentId, payerId: null, method: null, quote: null };
  if (payment.status !== 'opened') return payment;
  const { expiresAt: _over, ...kept } = payment;
  return { ...kept, status };
};

type RefundEvent = Extract<PaymentEvent, { type: 'PaymentRefundRequested' | 'PaymentRefunded' | 'PaymentRefundFailed' | 'PaymentRefundReversed' }>;

const STANDINGS = { PaymentRefundRequested: 'requested', PaymentRefunded: 'done', PaymentRefundFailed: 'failed', PaymentRefundReversed: 'failed' } as const;

const isFinal = ({ type, data }: RefundEvent): boolean => type === 'PaymentRefundReversed' || (type === 'PaymentRefundFailed' && data.reference !== undefined);

const linesOf = (
  { quote, left, refunds }: CapturedPayment,
  { type, refundId, amount, lines }: { type: RefundEvent['type']; refundId: string; amount: string; lines?: readonly RefundLine[] },
): readonly string[] => {
  if (quote === null || left.length === 0) return [];
  if (lines !== undefined) return linesNamed(quote, lines);
  if (type === 'PaymentRefunded') return spreadAlone(quote, amount);
  return refunds.get(refundId)?.lines ?? takenFrom(left, amount, quote.currency);
};

export const isCommitted = (refund: Refund | undefined): refund is Refund => refund !== undefined && refund.status !== 'failed';

const withRefund = (payment: Payment, event: RefundEvent): Payment => {
  if (!isCaptured(payment)) return payment;
  const { type, data } = event;
  const { refundId, amount } = data;
  const before = payment.refunds.get(refundId);
  const courseIds = 'courseIds' in data ? data.courseIds : before?.courseIds;
  const lines = linesOf(payment, { type, ...data });
  const refund: Refund = {
    status: STANDINGS[type],
    amount,
    lines,
    ...(courseIds === undefined ? {} : { courseIds }),
    ...(isFinal(event) ? { final: true } : {}),
    ...(type === 'PaymentRefundReversed' ? { reversed: true } : {}),
  };
  const moved = (total: string, counts: (one: Refund | undefined) => boolean) =>
    addMoney(subtractMoney(total, before !== undefined && counts(before) ? before.amount : '0'), counts(refund) ? amount : '0');
  const freed = isCommitted(before) ? moreLines(payment.left, before.lines) : payment.left;
  return {
    ...payment,
    refunds: payment.refunds.set(refundId, refund),
    committed: moved(payment.committed, isCommitted),
    left: isCommitted(refund) ? lessLines(freed, refund.lines) : freed,
    refunded: moved(payment.refunded, (one) => one?.status === 'done'),
    takenBack: payment.takenBack || (event.type === 'PaymentRefunded' && event.data.full),
  };
};

const withRefundReference = (payment: Payment, refundId: string, reference: string): Payment => {
  const refund = isCaptured(payment) ? payment.refunds.get(refundId) : undefined;
  return isCaptured(payment) && refund !== undefined ? { ...payment, refunds: payment.refunds.set(refundId, { ...refund, reference }) } : payment;
};

const withDispute = (payment: Payment, disputeId: string, standing: 'open' | DisputeOutcome): Payment =>
  isCaptured(payment) ? { ...payment, disputes: payment.disputes.set(disputeId, standing) } : payment;

export const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  const { type, data } = event;
  switch (type) {
    case 'PaymentOpened': {
      if (payment.status !== 'none') return payment;
      const { paymentId, payerId, method, quote, expiresAt } = data;
      return { ...payment, status: 'opened', paymentId, payerId, method, quote, expiresAt };
    }
    case 'PaymentCaptureRequested':
      return payment;
    case 'PaymentActionRequired':
    case 'PaymentProcessing':
      return payment.status === 'none' || isCaptured(payment) ? payment : { ...payment, charge: data.reference };
    case 'PaymentNoticeReceived':
      return isCaptured(payment) ? payment : { ...payment, told: [...toldOf(payment), data.fact] };
    case 'PaymentCaptured':
    case 'PaymentCapturedLate':
      return payment.status === 'none' || isCaptured(payment) ? payment : captured(payment, event);
    case 'PaymentDeclined':
      return ended(payment, data.paymentId, 'declined');
    case 'PaymentCancelled':
      return ended(payment, data.paymentId, 'cancelled');
    case 'PaymentExpired':
      return ended(payment, data.paymentId, 'expired');
    case 'PaymentRefundRequested':
    case 'PaymentRefunded':
    case 'PaymentRefundFailed':
    case 'PaymentRefundReversed':
      return withRefund(payment, event);
    case 'PaymentRefundProcessing':
      return withRefundReference(payment, data.refundId, data.reference);
    case 'PaymentDisputeOpened':
      return withDispute(payment, data.disputeId, 'open');
    case 'PaymentDisputeClosed':
      return withDispute(payment, data.disputeId, data.outcome);
    default:
      return unknownEvent(type, payment);
  }
};
