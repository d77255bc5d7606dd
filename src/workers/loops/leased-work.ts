import type { Clock } from '../../ports/clock.js';
import type { Lease, Leases } from '../../ports/leases.js';
import { callWithTimeout } from './call-with-timeout.js';

export interface LeasedWorkServices {
  readonly leases: Leases;
  readonly clock: Clock;
  /** Of this process: unique among all that may own the work. */
  readonly holder: string;
  readonly onFailure: (work: string, error: unknown, retryInMs: number) => void;
  readonly onChange?: (work: string, change: 'owned' | 'lost' | 'released') => void;
  readonly ttlMs?: number;
}

/** Does the work until the signal aborts; what it writes is guarded with the fence. */
export type LeasedWork = (signal: AbortSignal, fence: bigint) => Promise<void>;

const TTL_MS = 6_000;
const STAND_BY_MS = 1_000;
const RETRY_MS = 1_000;
const RENEWALS_PER_TTL = 4;

/**
 * Of all processes that run the work of this name one does it, the others stand by; it is handed over when its owner
 * ends, dies or loses touch with the leases. An owner that slept learns at once that its time is over. Runs until the
 * signal aborts.
 */
export const runLeased = async (services: LeasedWorkServices, name: string, work: LeasedWork, signal: AbortSignal): Promise<void> => {
  const { leases, clock, holder, onFailure, ttlMs = TTL_MS } = services;
  const pause = (milliseconds: number): Promise<void> => clock.until(new Date(clock.now().getTime() + milliseconds), signal);
  while (!signal.aborted) {
    try {
      const asked = clock.now().getTime();
      const lease = await leases.acquire(name, holder, ttlMs);
      if (lease === null) await pause(STAND_BY_MS);
      else await own(services, lease, asked + ttlMs, work, signal);
    } catch (error) {
      if (signal.aborted) return;
      onFailure(name, error, RETRY_MS);
      await pause(RETRY_MS);
    }
  }
};

const own = async (services: LeasedWorkServices, lease: Lease, until: number, work: LeasedWork, signal: AbortSignal): Promise<void> => {
  const { leases, onChange } = services;
  const over = new AbortController();
  const owned = AbortSignal.any([signal, over.signal]);
  onChange?.(lease.name, 'owned');
  const renewing = keep(services, lease, until, owned).then((lost) => {
    if (lost) over.abort();
    return lost;
  });
  try {
    await work(owned, lease.fence);
  } finally {
    over.abort();
    const lost = await renewing;
    onChange?.(lease.name, lost ? 'lost' : 'released');
    // Who can't be told finds out when the time is over.
    if (!lost) await leases.release(lease).catch(() => undefined);
  }
};

/** Renews the lease as long as it can; true once it is lost, false when the signal aborted before. */
const keep = async (services: LeasedWorkServices, lease: Lease, granted: number, signal: AbortSignal): Promise<boolean> => {
  const { leases, clock, onFailure, ttlMs = TTL_MS } = services;
  const renewMs = ttlMs / RENEWALS_PER_TTL;
  for (let until = granted; ; ) {
    await clock.until(new Date(Math.min(clock.now().getTime() + renewMs, until)), signal);
    if (signal.aborted) return false;
    const now = clock.now().getTime();
    // Over by our own watch: nobody needs to be asked.
    if (now >= until) return true;
    try {
      const renewed = await callWithTimeout(clock, { timeoutMs: until - now }, signal, () => leases.renew(lease, ttlMs));
      if (!renewed) return true;
      until = now + ttlMs;
    } catch (error) {
      if (!signal.aborted) onFailure(lease.name, error, renewMs);
    }
  }
};
