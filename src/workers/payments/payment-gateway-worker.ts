import { setMaxListeners } from 'node:events';
import type { DomainEvent } from '../../domain/events.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import { retrying } from '../../primitives/retrying.js';
import { ConcurrencyLimit } from '../loops/concurrency-limit.js';
import { followLog } from '../loops/follow-log.js';
import { OutOfOrderCheckpoint } from '../loops/out-of-order-checkpoint.js';
import { resolveRequest, type NextLook } from './payment-gateway-calls.js';
import { isRequest, outcomeIdOf, type PaymentGatewayWorkerServices, type Request } from './payment-gateway-outcomes.js';

export type { PaymentGatewayWorkerServices } from './payment-gateway-outcomes.js';

export const PAYMENT_GATEWAY_WORKER = 'payment-gateway-worker';
const FIRST_REPEAT_MS = 1_000;
const LONGEST_REPEAT_MS = 60_000;
const FIRST_CALLS_AT_A_TIME = 200;
/** Repeats have a limit of their own: calls that hang again and again don't keep new ones waiting. */
const REPEATS_AT_A_TIME = 50;
/** More requests stay in the log until some of these are finished. */
const MOST_UNDER_WAY = 10_000;
/** Charges that wait for their payers and are looked at from time to time: once a minute each, which the provider's limits bear. */
const MOST_WATCHED = 2_000;

/**
 * Asks the gateway for every requested charge and refund and records the outcome. Repeats a call of unknown outcome with the same
 * idempotency key, also after a restart, until the payment has ended; then ends the charge at the provider, too.
 */
export const runPaymentGatewayWorker = async (services: PaymentGatewayWorkerServices, signal: AbortSignal): Promise<void> => {
  // Every request that waits for its next attempt listens to the signal.
  setMaxListeners(0, signal);
  const work = new OutOfOrderCheckpoint(services.checkpoints, PAYMENT_GATEWAY_WORKER);
  const limits = { first: new ConcurrencyLimit(FIRST_CALLS_AT_A_TIME), repeats: new ConcurrencyLimit(REPEATS_AT_A_TIME) };
  const underWay = new Set<Promise<void>>();
  const watched = new Set<Promise<void>>();
  let onRoom = (): void => undefined;

  const pursueAndWatch = async (request: Request): Promise<void> => {
    const next = await pursue(services, limits, request, 0, signal);
    if (next === undefined) return;
    await work.finish(request);
    // A charge that waits for its payer keeps no other from being made. A notice tells of it, too, and the end of the payment.
    if (next === null || watched.size >= MOST_WATCHED) return;
    const task = watch(services, limits, request, next, signal).finally(() => watched.delete(task));
    watched.add(task);
  };
  const handle = async (events: readonly RecordedEvent<DomainEvent>[]): Promise<void> => {
    for (const event of events) {
      if (!isRequest(event)) continue;
      await services.past?.upTo(event.position);
      if (services.past?.has(outcomeIdOf(event)) === true || !work.begin(event)) continue;
      while (underWay.size >= MOST_UNDER_WAY) await new Promise<void>((resolve) => (onRoom = resolve));
      const task = pursueAndWatch(event).finally(() => {
        underWay.delete(task);
        onRoom();
      });
      underWay.add(task);
    }
  };
  await followLog({ ...services, checkpoints: work }, { name: PAYMENT_GATEWAY_WORKER, categories: ['payment'], handle }, signal);
  await Promise.all(underWay);
  await Promise.all(watched);
};

interface Limits {
  readonly first: ConcurrencyLimit;
  readonly repeats: ConcurrencyLimit;
}

/** Repeats until the outcome is known; undefined when the signal aborted first. */
const pursue = async (services: PaymentGatewayWorkerServices, limits: Limits, request: Request, looks: number, signal: AbortSignal): Promise<NextLook | undefined> => {
  const { clock, onFailure } = services;
  let calls = looks === 0 ? limits.first : limits.repeats;
  const failed = (error: unknown, retryInMs: number): void => {
    calls = limits.repeats;
    onFailure(`${PAYMENT_GATEWAY_WORKER}: ${request.stream}`, error, retryInMs);
  };
  return retrying({ clock, signal, firstMs: FIRST_REPEAT_MS, longestMs: LONGEST_REPEAT_MS, onFailure: failed }, () =>
    calls.run(() => resolveRequest(services, request, looks, signal)));
};

const watch = async (services: PaymentGatewayWorkerServices, limits: Limits, request: Request, first: Date, signal: AbortSignal): Promise<void> => {
  let next: NextLook | undefined = first;
  for (let looks = 1; next !== null && next !== undefined && !signal.aborted; looks += 1) {
    await services.clock.until(next, signal);
    if (!signal.aborted) next = await pursue(services, limits, request, looks, signal);
  }
};
