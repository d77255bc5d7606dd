import { unsealPaymentToken } from '../../commands/payments/payment-token.js';
import type { CommandHandler } from '../../commands/write-path/command-handler.js';
import { aggregates } from '../../domain/aggregates.js';
import type { EventOfType } from '../../domain/events.js';
import type { PaymentCommand } from '../../domain/payment/decider.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { KeyStore } from '../../ports/key-store.js';
import type { ChargeOutcome, ChargeRequest, PaymentGateway, RefundOutcome } from '../../ports/payment-gateway.js';
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

/** The charge to request, unless the payment has ended or the charge is recorded already. */
export const chargeWanted = async (
  { handler, keys }: PaymentGatewayWorkerServices,
  { data: { paymentId, amount, currency, token: kept } }: CaptureRequest,
): Promise<ChargeRequest | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId);
  if (state.status !== 'opened' || state.method === 'cash') return undefined;
  const token = unsealPaymentToken(keys, paymentId, kept);
  return { idempotencyKey: paymentId, amount, currency, method: state.method, token };
};

/** The refund to request, unless it is complete. Cash refunds are completed in the same append. */
export const refundWanted = async (
  { handler }: PaymentGatewayWorkerServices,
  { data: { paymentId, refundId, amount, currency } }: RefundRequest,
): Promise<Parameters<PaymentGateway['refund']>[0] | undefined> => {
  const { state } = await handler.load(aggregates.payment, paymentId);
  if (state.status !== 'captured' && state.status !== 'captured-late') return undefined;
  if (state.refunds.get(refundId)?.status !== 'requested') return undefined;
  return { idempotencyKey: refundId, chargeReference: state.reference, amount, currency };
};

export const recordCharge = (services: PaymentGatewayWorkerServices, request: CaptureRequest, answer: ChargeOutcome): Promise<void> => {
  const { amount, currency } = request.data;
  const at = services.clock.now().toISOString();
  return record(services, request, answer.outcome === 'captured'
    ? { type: 'RecordCapture', data: { reference: answer.reference, amount, currency, at } }
    : { type: 'RecordDecline', data: { reason: answer.reason, at } });
};

export const recordRefund = (services: PaymentGatewayWorkerServices, request: RefundRequest, answer: RefundOutcome): Promise<void> => {
  const { refundId } = request.data;
  const at = services.clock.now().toISOString();
  return record(services, request, answer.outcome === 'refunded'
    ? { type: 'RecordRefund', data: { refundId, reference: answer.reference, at } }
    : { type: 'RecordRefundFailure', data: { refundId, reason: answer.reason, outcome: 'refused', at } });
};

export const recordRefundGivenUp = (services: PaymentGatewayWorkerServices, request: RefundRequest): Promise<void> => {
  const reason = 'the gateway gave no answer; look the refund up there before it is asked for again';
  const { refundId } = request.data;
  const at = services.clock.now().toISOString();
  return record(services, request, { type: 'RecordRefundFailure', data: { refundId, reason, outcome: 'unknown', at } });
};

const record = async (
  { handler, onRefused }: PaymentGatewayWorkerServices,
  { id, metadata, data: { paymentId } }: CaptureRequest | RefundRequest,
  command: PaymentCommand,
): Promise<void> => {
  const handled = await handler.handle(aggregates.payment, paymentId, command, {
    // One outcome per request.
    commandId: uuidV5('gateway-outcome', id),
    actorId: null,
    correlationId: metadata.correlationId,
    causationId: id,
  });
  if (!handled.ok) onRefused(paymentId, command.type, handled.rejection);
};
