import { retrying } from '../../primitives/retrying.js';
import { reconcile, type Reconciliation, type ReconciliationServices } from './reconciliation.js';

export interface DailyReconciliationServices extends ReconciliationServices {
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
  readonly onDone: (result: Reconciliation) => void;
}

const WORKER = 'payment-reconciliation';
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** Of the day, UTC: few pay then. */
const AT_MS = 3.5 * HOUR_MS;
/** A day that was missed is compared with the next. */
const BACK_MS = 3 * DAY_MS;
const FIRST_RETRY_MS = 60_000;

const nextRun = (now: number): Date => {
  const today = Math.floor(now / DAY_MS) * DAY_MS + AT_MS;
  return new Date(today > now ? today : today + DAY_MS);
};

/** Reconciles the payments of the last three days every day at 3:30 UTC, until the signal aborts. */
export const runDailyReconciliation = async (services: DailyReconciliationServices, signal: AbortSignal): Promise<void> => {
  const { clock, onFailure, onDone } = services;
  const failed = (error: unknown, retryInMs: number): void => onFailure(WORKER, error, retryInMs);
  for (;;) {
    await clock.until(nextRun(clock.now().getTime()), signal);
    if (signal.aborted) return;
    const since = new Date(clock.now().getTime() - BACK_MS);
    const result = await retrying({ clock, signal, firstMs: FIRST_RETRY_MS, longestMs: HOUR_MS, onFailure: failed }, () => reconcile(services, since, signal));
    if (result?.interrupted === false) onDone(result);
  }
};
