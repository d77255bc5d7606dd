import { setMaxListeners } from 'node:events';
import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { retrying } from '../../primitives/retrying.js';
import { LONGEST_CALL_MS } from '../../ports/payment-gateway.js';
import { callWithTimeout } from '../loops/call-with-timeout.js';
import { ConcurrencyLimit } from '../loops/concurrency-limit.js';
import { followLog } from '../loops/follow-log.js';
import {
  chargeWanted,
  recordCharge,
  recordRefund,
  recordRefundGivenUp,
  refundWanted,
  type CaptureRequest,
  type PaymentGatewayWorkerServices,
  type RefundRequest,
} from './payment-gateway-outcomes.js';
import { OutOfOrderCheckpoint } from '../loops/out-of-order-checkpoint.js';

export type { PaymentGatewayWorkerServices } from './payment-gateway-outcomes.js';

type Request = CaptureRequest | RefundRequest;

export const PAYMENT_GATEWAY_WORKER = 'payment-gateway-worker';
const FIRST_REPEAT_MS = 1_000;
const LONGEST_REPEAT_MS = 60_000;
/** Providers forget idempotency keys after a day: a later repeat could pay the refund twice. */
const REFUND_GIVEN_UP_MS = 23 * 60 * 60_000;
const FIRST_CALLS_AT_A_TIME = 200;
/** Repeats have a limit of their own: calls that hang again and again don't keep new ones waiting. */
const REPEATS_AT_A_TIME = 50;
/** More requests stay in the log until some of these are finished. */
const MOST_UNDER_WAY = 10_000;

const isRequest = (event: RecordedEvent<DomainEvent>): event is Request & RecordedEvent<DomainEvent> =>
  event.type === 'PaymentCaptureRequested' || event.type === 'PaymentRefundRequested';

/**
 * Asks the gateway for every requested charge and refund and records the outcome. Repeats a call of unknown outcome with the same
 * idempotency key, also after a restart, until the payment has ended.
 */
export const runPaymentGatewayWorker = async (services: PaymentGatewayWorkerServices, signal: AbortSignal): Promise<void> => {
  // Every request that waits for its next attempt listens to the signal.
  setMaxListeners(0, signal);
  const work = new OutOfOrderCheckpoint(services.checkpoints, PAYMENT_GATEWAY_WORKER);
  const limits = { first: new ConcurrencyLimit(FIRST_CALLS_AT_A_TIME), repeats: new ConcurrencyLimit(REPEATS_AT_A_TIME) };
  const underWay = new Set<Promise<void>>();
  let onRoom = (): void => undefined;

  const handle = async (events: readonly RecordedEvent<DomainEvent>[]): Promise<void> => {
    for (const event of events) {
      if (!isRequest(event) || !work.begin(event)) continue;
      while (underWay.size >= MOST_UNDER_WAY) await new Promise<void>((resolve) => (onRoom = resolve));
      const task = pursue(services, limits, work, event, signal).finally(() => {
        underWay.delete(task);
        onRoom();
      });
      underWay.add(task);
    }
  };
  await followLog({ ...services, checkpoints: work }, { name: PAYMENT_GATEWAY_WORKER, categories: ['payment'], handle }, signal);
  await Promise.all(underWay);
};

const pursue = async (
  services: PaymentGatewayWorkerServices,
  limits: { readonly first: ConcurrencyLimit; readonly repeats: ConcurrencyLimit },
  work: OutOfOrderCheckpoint,
  request: Request,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, onFailure } = services;
  let calls = limits.first;
  const failed = (error: unknown, retryInMs: number): void => {
    calls = limits.repeats;
    onFailure(`${PAYMENT_GATEWAY_WORKER}: ${request.stream}`, error, retryInMs);
  };
  await retrying({ clock, signal, firstMs: FIRST_REPEAT_MS, longestMs: LONGEST_REPEAT_MS, onFailure: failed }, async () => {
    await calls.run(() => resolveRequest(services, request, signal));
    await work.finish(request);
  });
};

/** Throws when the outcome is unknown. */
const resolveRequest = async (services: PaymentGatewayWorkerServices, request: Request, signal: AbortSignal): Promise<void> => {
  const { clock, gateway } = services;
  const call = <Answer>(ask: (bound: AbortSignal) => Promise<Answer>): Promise<Answer> => {
    signal.throwIfAborted();
    return callWithTimeout(clock, { timeoutMs: LONGEST_CALL_MS }, signal, ask);
  };
  if (request.type === 'PaymentCaptureRequested') {
    const charge = await chargeWanted(services, request);
    if (charge === undefined) return;
    return recordCharge(services, request, await call((bound) => gateway.charge(charge, bound)));
  }
  const refund = await refundWanted(services, request);
  if (refund === undefined) return;
  const givenUpAt = Date.parse(request.data.requestedAt) + REFUND_GIVEN_UP_MS;
  if (clock.now().getTime() >= givenUpAt) return recordRefundGivenUp(services, request);
  return recordRefund(services, request, await call((bound) => gateway.refund(refund, bound)));
};
