import type { ChargeOutcome } from '../../ports/payment-gateway.js';
import { LONGEST_CALL_MS } from '../../ports/payment-gateway.js';
import { callWithTimeout } from '../loops/call-with-timeout.js';
import {
  chargeWanted,
  endedAt,
  recordCharge,
  recordRefund,
  recordRefundGivenUp,
  refundWanted,
  releaseWanted,
  type CaptureRequest,
  type EndOfPayment,
  type PaymentGatewayWorkerServices,
  type RefundRequest,
  type Request,
} from './payment-gateway-outcomes.js';

/** Providers forget idempotency keys after a day: a later repeat could pay the refund twice, or make another charge. */
const GIVEN_UP_MS = 23 * 60 * 60_000;
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 60_000;
/** Time for a look before the payment expires: money that was lost sight of is found while the purchase can still have it. */
const LAST_LOOK_MS = 15_000;

/** When to look again at a charge that is under way; null: the request is settled. */
export type NextLook = Date | null;

type Call = <Answer>(ask: (bound: AbortSignal) => Promise<Answer>) => Promise<Answer>;

const nextLook = (now: number, looks: number, end: number): Date => {
  const next = now + Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 2 ** looks);
  const last = end - LAST_LOOK_MS;
  return new Date(now < last ? Math.min(next, last) : next);
};

/** Throws when the outcome is unknown. `looks`: how often the charge was found under way before. */
export const resolveRequest = async (services: PaymentGatewayWorkerServices, request: Request, looks: number, signal: AbortSignal): Promise<NextLook> => {
  const call: Call = (ask) => {
    signal.throwIfAborted();
    return callWithTimeout(services.clock, { timeoutMs: LONGEST_CALL_MS }, signal, ask);
  };
  switch (request.type) {
    case 'PaymentCaptureRequested':
      return resolveCharge(services, request, looks, call);
    case 'PaymentRefundRequested':
      await resolveRefund(services, request, call);
      return null;
    default:
      return resolveEnd(services, request, looks, call);
  }
};

const resolveCharge = async (services: PaymentGatewayWorkerServices, request: CaptureRequest, looks: number, call: Call): Promise<NextLook> => {
  const { clock, gateway } = services;
  const { records } = gateway;
  // A reconciliation finds what became of it.
  if (clock.now().getTime() >= Date.parse(request.data.requestedAt) + GIVEN_UP_MS) return null;
  const wanted = await chargeWanted(services, request);
  if (wanted === undefined) return null;
  const { request: charge, reference, expiresAt } = wanted;
  const ask = (bound: AbortSignal): Promise<ChargeOutcome> =>
    looks === 0 || records === null ? gateway.charge(charge, bound) : records.lookUp(charge, reference, bound);
  if (await recordCharge(services, request, charge, await call(ask))) return null;
  return nextLook(clock.now().getTime(), looks, Date.parse(expiresAt));
};

const resolveRefund = async (services: PaymentGatewayWorkerServices, request: RefundRequest, call: Call): Promise<void> => {
  const { clock, gateway } = services;
  const refund = await refundWanted(services, request);
  if (refund === undefined) return;
  if (clock.now().getTime() >= Date.parse(request.data.requestedAt) + GIVEN_UP_MS) return recordRefundGivenUp(services, request);
  await recordRefund(services, request, await call((bound) => gateway.refund(refund, bound)));
};

const resolveEnd = async (services: PaymentGatewayWorkerServices, request: EndOfPayment, looks: number, call: Call): Promise<NextLook> => {
  const { clock, gateway: { records } } = services;
  // A notice or a reconciliation finds what comes still later.
  const isOver = clock.now().getTime() >= Date.parse(endedAt(request)) + GIVEN_UP_MS;
  const wanted = records === null || isOver ? undefined : await releaseWanted(services, request);
  if (records === null || wanted === undefined) return null;
  const { request: charge, reference } = wanted;
  const outcome = await call((bound) => records.release(charge, reference, bound));
  const hasEnded = outcome.outcome === 'captured' ? await recordCharge(services, request, charge, outcome) : outcome.outcome === 'cancelled' || outcome.outcome === 'declined';
  return hasEnded ? null : nextLook(clock.now().getTime(), looks, Number.POSITIVE_INFINITY);
};
