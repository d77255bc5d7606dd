import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import { compareMoney, isZero, parseAmount } from '../kernel/money.js';
import { isConsistentQuote } from '../pricing.js';
import type { PaymentEvent, PaymentMethod, Quote } from './events.js';
import { decideNotice, withTold, type NoticeCommand } from './notices.js';
import { decideRefund, type RefundCommand, type RefundRejection } from './refunds.js';
import { evolve, isCaptured, type EndedPayment, type OpenedPayment, type Payment } from './state.js';

export type { RefundCommand } from './refunds.js';
export { isCaptured, isFullyRefunded, refundable, type CapturedPayment, type Payment } from './state.js';

export type OpenPayment = Readonly<{
  paymentId: string;
  payerId: string;
  method: PaymentMethod;
  quote: Quote;
  /** A token of the gateway, in exchange for the payer's card. */
  token: string | null;
  expiresAt: string;
  at: string;
}>;
type ActionRequired = Readonly<{ reference: string; nextAction: string; at: string }>;
type Capture = Readonly<{ reference: string | null; amount: string; currency: string; at: string }>;

export type PaymentCommand =
  | RefundCommand
  | NoticeCommand
  | Message<'RecordActionRequired', ActionRequired>
  | Message<'RecordProcessing', { reference: string; at: string }>
  | Message<'OpenPayment', OpenPayment>
  | Message<'RecordCapture', Capture>
  | Message<'RecordDecline', { reason: string; at: string }>
  | Message<'RecordCashReceived', { receivedBy: string; at: string }>
  | Message<'CancelPayment', { cancelledBy: string; reason: string | null; at: string }>
  | Message<'ExpirePayment', { paymentId: string; at: string }>;

export type PaymentRejection =
  | RefundRejection
  | 'payment-already-ended'
  | 'payment-already-captured'
  | 'payment-method-mismatch'
  | 'quote-inconsistent'
  | 'amount-mismatch';

type PaymentDecision = Decision<PaymentEvent, PaymentRejection>;

const capture = (paymentId: string, { amount, currency, reference, at }: Capture): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: { paymentId, amount, currency, reference, capturedAt: at },
});

const open = (command: OpenPayment): PaymentDecision => {
  const { token, at, ...opening } = command;
  const { paymentId, method, quote } = opening;
  if (!isConsistentQuote(quote)) return reject('quote-inconsistent');
  const { total: amount, currency } = quote;
  const opened: PaymentEvent = { type: 'PaymentOpened', data: { ...opening, openedAt: at } };
  if (isZero(amount)) return accept(opened, capture(paymentId, { amount, currency, reference: null, at }));
  if (method === 'cash') return accept(opened);
  const requested: PaymentEvent = {
    type: 'PaymentCaptureRequested',
    data: { paymentId, amount, currency, token, requestedAt: at },
  };
  return accept<PaymentEvent>(opened, requested);
};

// Money that arrives for a payment that is over is recorded, so that all of it can be refunded.
const captureLate = (command: Capture, { paymentId }: EndedPayment): PaymentDecision => {
  const money = parseAmount(command.amount, command.currency, 'positive');
  if (!money.ok) return reject('amount-invalid', { problem: money.problem, currency: command.currency });
  const { currency, reference, at } = command;
  return accept({
    type: 'PaymentCapturedLate',
    data: { paymentId, amount: money.amount, currency, reference, capturedAt: at },
  });
};

const captureInTime = (command: Capture, { paymentId, method, quote }: OpenedPayment): PaymentDecision => {
  const { total: amount, currency } = quote;
  if (method === 'cash') return reject('payment-method-mismatch', { method });
  if (command.currency !== currency || compareMoney(command.amount, amount) !== 0) {
    return reject('amount-mismatch', { amount, currency });
  }
  return accept(capture(paymentId, { ...command, amount }));
};

const actionRequired = ({ reference, nextAction, at }: ActionRequired, { paymentId, method, charge }: OpenedPayment): PaymentDecision => {
  if (method === 'cash') return reject('payment-method-mismatch', { method });
  return charge === reference ? accept() : accept({ type: 'PaymentActionRequired', data: { paymentId, reference, nextAction, requiredAt: at } });
};

const processing = ({ reference, at }: { readonly reference: string; readonly at: string }, { paymentId, method, charge }: OpenedPayment): PaymentDecision => {
  if (method === 'cash') return reject('payment-method-mismatch', { method });
  return charge === reference ? accept() : accept({ type: 'PaymentProcessing', data: { paymentId, reference, startedAt: at } });
};

/** Notices that came before the money count with it. */
const withFollowing = (decision: PaymentDecision, payment: Payment, at: string): PaymentDecision =>
  decision.ok ? accept(...withTold(payment, decision.events, at)) : decision;

const decideOpened = (
  { type, data }: Exclude<PaymentCommand, RefundCommand | NoticeCommand | { type: 'OpenPayment' }>,
  payment: OpenedPayment,
): PaymentDecision => {
  const { paymentId, method, quote } = payment;
  const { at } = data;
  switch (type) {
    case 'RecordActionRequired':
      return actionRequired(data, payment);
    case 'RecordProcessing':
      return processing(data, payment);
    case 'RecordCapture':
      return withFollowing(captureInTime(data, payment), payment, at);
    case 'RecordCashReceived':
      if (method !== 'cash') return reject('payment-method-mismatch', { method });
      return accept(capture(paymentId, { amount: quote.total, currency: quote.currency, reference: null, at }));
    case 'RecordDecline':
      if (method === 'cash') return reject('payment-method-mismatch', { method });
      return accept({ type: 'PaymentDeclined', data: { paymentId, reason: data.reason, declinedAt: at } });
    case 'CancelPayment': {
      const { cancelledBy, reason } = data;
      return accept({ type: 'PaymentCancelled', data: { paymentId, cancelledBy, reason, cancelledAt: at } });
    }
    case 'ExpirePayment':
      return accept({ type: 'PaymentExpired', data: { paymentId, expiredAt: at } });
  }
};

const isRefund = (command: PaymentCommand): command is RefundCommand =>
  command.type === 'RequestRefund' || command.type === 'RecordRefund' || command.type === 'RecordRefundProcessing' || command.type === 'RecordRefundFailure';

const hasEnded = (payment: Payment): payment is EndedPayment =>
  payment.status === 'declined' || payment.status === 'cancelled' || payment.status === 'expired';

export const decide = (command: PaymentCommand, payment: Payment): PaymentDecision => {
  if (isRefund(command)) return decideRefund(command, payment);
  const { type, data } = command;
  if (type === 'RecordNotice') return decideNotice(data, payment);
  if (type === 'OpenPayment') {
    if (payment.status === 'none') return withFollowing(open(data), payment, data.at);
    return hasEnded(payment) ? reject('payment-already-ended', { status: payment.status }) : accept();
  }
  if (payment.status === 'opened') return decideOpened(command, payment);
  if (payment.status === 'none') {
    if (type !== 'ExpirePayment') return reject('payment-not-opened');
    return accept({ type: 'PaymentExpired', data: { paymentId: data.paymentId, expiredAt: data.at } });
  }

  // The first outcome stands: a later one, repeated or out of order, rolls nothing back.
  switch (type) {
    case 'RecordCapture':
      return isCaptured(payment) ? accept() : withFollowing(captureLate(data, payment), payment, data.at);
    case 'RecordDecline':
    case 'RecordActionRequired':
    case 'RecordProcessing':
    case 'ExpirePayment':
      return accept();
    case 'RecordCashReceived':
      if (payment.method !== 'cash' && payment.method !== null) {
        return reject('payment-method-mismatch', { method: payment.method });
      }
      return payment.status === 'captured' ? accept() : reject('payment-already-ended', { status: payment.status });
    case 'CancelPayment':
      if (payment.status === 'cancelled') return accept();
      if (payment.status === 'captured') return reject('payment-already-captured');
      return reject('payment-already-ended', { status: payment.status });
  }
};

export const paymentDecider: Decider<Payment, PaymentCommand, PaymentEvent, PaymentRejection> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
  isAtRest: ({ status }) => status !== 'none' && status !== 'opened',
  begins: ({ type }) => type === 'OpenPayment',
};
