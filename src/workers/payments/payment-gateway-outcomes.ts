import { sealNextAction } from '../../commands/payments/next-action.js';
import { unsealPaymentToken } from '../../commands/payments/payment-token.js';
import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import { aggregates } from '../../domain/aggregates.js';
import type { DomainEvent, EventOfType } from '../../domain/events.js';
import type { PaymentCommand } from '../../domain/payment/decider.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { KeyStore } from '../../ports/key-store.js';
import type { ChargeOutcome, ChargeRequest, PaymentGateway, RefundOutcome, RefundRequest as GatewayRefund } from '../../ports/payment-gateway.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import type { FollowLogServices } from '../loops/follow-log.js';

export interface PaymentGatewayWorkerServices extends FollowLogServices {
  readonly handler: CommandHandler;
  readonly keys: KeyStore;
  readonly gateway: PaymentGateway;
  /** Called with an outcome that the payment refused: an operator has to look at it. */
  readonly onRefused: (paymentId: string, command: string, rejection: string) => void;
}

export type CaptureRequest = RecordedEvent<EventOfType<'PaymentCaptureRequested'>>;
export type RefundRequest = RecordedEvent<EventOfType<'PaymentRefundRequested'>>;
/** The payment has ended here; at the provider its charge may be under way. */
export type EndOfPayment = RecordedEvent<EventOfType<'PaymentCancelled' | 'PaymentExpired' | 'PaymentDeclined'>>;
export type Request = CaptureRequest | RefundRequest | EndOfPayment;

export const isRequest = (event: RecordedEvent<DomainEvent>): event is Request & RecordedEvent<DomainEvent> =>
  event.type === 'PaymentCaptureRequested' || event.type === 'PaymentRefundRequested' || isEnd(event);

const isEnd = ({ type }: RecordedEvent<DomainEvent>): boolean => type === 'PaymentCancelled' || type === 'PaymentExpired' || type === 'PaymentDeclined';

export const endedAt = ({ data }: EndOfPayment): string =>
  'expiredAt' in data ? data.expiredAt : 'cancelledAt' in data ? data.cancelledAt : data.declinedAt;

export interface WantedCharge {
  readonly request: ChargeRequest;
  readonly expiresAt: string;
  /** The provider's id of the charge, once it is known. */
  readonly reference: string | null;
}

/** The charge to request, unless the payment has ended or the charge is recorded already. */
export const chargeWanted = async (
  { handler, keys }: PaymentGatewayWorkerServices,
  { position, data: { paymentId, amount, currency, token: kept } }: CaptureRequest,
): Promise<WantedCharge | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId, position);
  if (state.status !== 'opened' || state.method === 'cash') return undefined;
  const token = unsealPaymentToken(keys, paymentId, kept);
  const request = { idempotencyKey: paymentId, amount, currency, method: state.method, token };
  return { request, expiresAt: state.expiresAt, reference: state.charge ?? null };
};

/** The charge to end at the provider, of a payment whose charge may be under way there. */
export const releaseWanted = async (
  { handler }: PaymentGatewayWorkerServices,
  { type, data: { paymentId } }: EndOfPayment,
): Promise<Pick<WantedCharge, 'request' | 'reference'> | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId);
  if (state.status !== 'declined' && state.status !== 'cancelled' && state.status !== 'expired') return undefined;
  const { method, quote, charge } = state;
  if (method === null || method === 'cash' || quote === null) return undefined;
  // What was declined at once has no page or library of the provider in which it could be tried again.
  if (type === 'PaymentDeclined' && charge === undefined) return undefined;
  return { request: { idempotencyKey: paymentId, amount: quote.total, currency: quote.currency, method, token: null }, reference: charge ?? null };
};

/** The refund to request, unless it is complete. Cash refunds are completed in the same append. */
export const refundWanted = async (
  { handler }: PaymentGatewayWorkerServices,
  { data: { paymentId, refundId, amount, currency } }: RefundRequest,
): Promise<GatewayRefund | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId);
  if (state.status !== 'captured' && state.status !== 'captured-late') return undefined;
  if (state.refunds.get(refundId)?.status !== 'requested') return undefined;
  return { idempotencyKey: refundId, paymentId, chargeReference: state.reference, amount, currency };
};

/** Answers whether the charge has ended; what is under way is asked for again. */
export const recordCharge = async (
  services: PaymentGatewayWorkerServices,
  request: CaptureRequest | EndOfPayment,
  { amount, currency }: Pick<ChargeRequest, 'amount' | 'currency'>,
  answer: ChargeOutcome,
): Promise<boolean> => {
  const { paymentId } = request.data;
  const at = services.clock.now().toISOString();
  switch (answer.outcome) {
    case 'captured':
      await record(services, request, 'gateway-outcome', { type: 'RecordCapture', data: { reference: answer.reference, amount, currency, at } });
      return true;
    case 'declined':
      await record(services, request, 'gateway-outcome', { type: 'RecordDecline', data: { reason: answer.reason, at } });
      return true;
    case 'cancelled':
      await record(services, request, 'gateway-outcome', { type: 'RecordDecline', data: { reason: 'The provider ended the payment.', at } });
      return true;
    case 'action-required': {
      const { reference } = answer;
      const nextAction = sealNextAction(services.keys, paymentId, answer.nextAction);
      await record(services, request, 'gateway-action', { type: 'RecordActionRequired', data: { reference, nextAction, at } });
      return false;
    }
    case 'pending':
      await record(services, request, 'gateway-action', { type: 'RecordProcessing', data: { reference: answer.reference, at } });
      return false;
  }
};

/** What the provider took without an answer at once is told by a notice. */
export const recordRefund = async (services: PaymentGatewayWorkerServices, request: RefundRequest, answer: RefundOutcome): Promise<void> => {
  const { refundId } = request.data;
  const at = services.clock.now().toISOString();
  if (answer.outcome === 'pending') {
    return record(services, request, 'gateway-action', { type: 'RecordRefundProcessing', data: { refundId, reference: answer.reference, at } });
  }
  await record(services, request, 'gateway-outcome', answer.outcome === 'refunded'
    ? { type: 'RecordRefund', data: { refundId, reference: answer.reference, at } }
    : { type: 'RecordRefundFailure', data: { refundId, reason: answer.reason, outcome: 'refused', at } });
};

export const recordRefundGivenUp = (services: PaymentGatewayWorkerServices, request: RefundRequest): Promise<void> => {
  const reason = 'the gateway gave no answer; look the refund up there before it is asked for again';
  const { refundId } = request.data;
  const at = services.clock.now().toISOString();
  return record(services, request, 'gateway-outcome', { type: 'RecordRefundFailure', data: { refundId, reason, outcome: 'unknown', at } });
};

/** One outcome per request. */
export const outcomeIdOf = ({ id }: Request): string => uuidV5('gateway-outcome', id);

const record = async (
  { handler, onRefused }: PaymentGatewayWorkerServices,
  request: Request,
  what: 'gateway-outcome' | 'gateway-action',
  command: PaymentCommand,
): Promise<void> => {
  const { id, metadata, data: { paymentId } } = request;
  const handled = await handler.handle(aggregates.payment, paymentId, command, {
    commandId: what === 'gateway-outcome' ? outcomeIdOf(request) : uuidV5(what, id),
    actorId: null,
    correlationId: metadata.correlationId,
    causationId: id,
  });
  if (!handled.ok) onRefused(paymentId, command.type, handled.rejection);
};
