import { emptyMap, type PersistentMap } from '../kernel/persistent-map.js';
import { addMoney, compareMoney, subtractMoney, zero } from '../kernel/money.js';
import { unknownEvent } from '../kernel/decider.js';
import type { PaymentEvent, PaymentMethod, Quote } from './events.js';

export type Refund = Readonly<{ status: 'requested' | 'done' | 'failed'; amount: string }>;

export type OpenedPayment = Readonly<{
  status: 'opened';
  paymentId: string;
  payerId: string;
  method: PaymentMethod;
  quote: Quote;
  expiresAt: string;
}>;

/** `payerId`, `method` and `quote` are null where the payment expired before it was opened. */
export type EndedPayment = Readonly<{
  status: 'declined' | 'cancelled' | 'expired';
  paymentId: string;
  payerId: string | null;
  method: PaymentMethod | null;
  quote: Quote | null;
}>;

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
  refunded: string;
}>;

export type Payment = Readonly<{ status: 'none' }> | OpenedPayment | EndedPayment | CapturedPayment;

export const isCaptured = (payment: Payment): payment is CapturedPayment =>
  payment.status === 'captured' || payment.status === 'captured-late';

export const refundable = ({ amount, committed }: CapturedPayment): string => subtractMoney(amount, committed);

export const isFullyRefunded = (payment: Payment): boolean =>
  isCaptured(payment) && compareMoney(payment.amount, '0') > 0 && compareMoney(payment.refunded, payment.amount) === 0;

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
  refunded: zero(data.currency),
});

const ended = (payment: Payment, paymentId: string, status: EndedPayment['status']): Payment => {
  if (payment.status === 'none') return { status, paymentId, payerId: null, method: null, quote: null };
  if (payment.status !== 'opened') return payment;
  const { payerId, method, quote } = payment;
  return { status, paymentId, payerId, method, quote };
};

const weight = (refund: Refund | undefined, standings: readonly Refund['status'][]): string =>
  refund !== undefined && standings.includes(refund.status) ? refund.amount : '0';

const withRefund = (payment: Payment, refundId: string, refund: Refund): Payment => {
  if (!isCaptured(payment)) return payment;
  const before = payment.refunds.get(refundId);
  const moved = (total: string, standings: readonly Refund['status'][]) =>
    addMoney(subtractMoney(total, weight(before, standings)), weight(refund, standings));
  return {
    ...payment,
    refunds: payment.refunds.set(refundId, refund),
    committed: moved(payment.committed, ['requested', 'done']),
    refunded: moved(payment.refunded, ['done']),
  };
};

export const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  const { type, data } = event;
  switch (type) {
    case 'PaymentOpened': {
      if (payment.status !== 'none') return payment;
      const { paymentId, payerId, method, quote, expiresAt } = data;
      return { status: 'opened', paymentId, payerId, method, quote, expiresAt };
    }
    case 'PaymentCaptureRequested':
      return payment;
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
      return withRefund(payment, data.refundId, { status: 'requested', amount: data.amount });
    case 'PaymentRefunded':
      return withRefund(payment, data.refundId, { status: 'done', amount: data.amount });
    case 'PaymentRefundFailed':
      return withRefund(payment, data.refundId, { status: 'failed', amount: data.amount });
    default:
      return unknownEvent(type, payment);
  }
};
