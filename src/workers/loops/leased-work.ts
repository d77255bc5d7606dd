import type { Clock } from '../../ports/clock.js';
import type { Lease, Leases } from '../../ports/leases.js';
import { retrying } from '../../primitives/retrying.js';
import { withEither } from '../../primitives/with-either.js';
import { callWithTimeout } from './call-with-timeout.js';

export interface LeasedWorkServices {
  readonly leases: Leases;
  readonly clock: Clock;
  /** Unique among all processes that may own the work. */
  readonly holder: string;
  readonly onFailure: (work: string, error: unknown, retryInMs: number) => void;
  readonly onChange?: (work: string, change: 'owned' | 'lost' | 'released') => void;
  readonly ttlMs?: number;
}

/** Does the work until the signal aborts; the fence guards its writes. */
export type LeasedWork = (signal: AbortSignal, fence: bigint) => Promise<void>;

const TTL_MS = 6_000;
const STAND_BY_MS = 1_000;
const RETRY_MS = 1_000;
const RENEWALS_PER_TTL = 4;

/**
 * One of all processes that run the work of this name does it, the others stand by; another takes it over when the owner
 * ends, dies or can't reach the leases. An owner that slept learns at once that its lease is over. Runs until the signal
 * aborts.
 */
export const runLeased = async (services: LeasedWorkServices, name: string, work: LeasedWork, signal: AbortSignal): Promise<void> => {
  const { leases, clock, holder, onFailure, ttlMs = TTL_MS } = services;
  const ownOnce = async (): Promise<void> => {
    const asked = clock.now().getTime();
    const lease = await leases.acquire(name, holder, ttlMs);
    if (lease === null) await clock.after(STAND_BY_MS, signal);
    else await own(services, lease, asked + ttlMs, work, signal);
  };
  const failed = (error: unknown, retryInMs: number): void => onFailure(name, error, retryInMs);
  while (!signal.aborted) await retrying({ clock, signal, firstMs: RETRY_MS, onFailure: failed }, ownOnce);
};

const own = (services: LeasedWorkServices, lease: Lease, until: number, work: LeasedWork, signal: AbortSignal): Promise<void> => {
  const over = new AbortController();
  return withEither(signal, over.signal, (owned) => ownUntil(services, lease, until, work, owned, over));
};

const ownUntil = async (services: LeasedWorkServices, lease: Lease, until: number, work: LeasedWork, owned: AbortSignal, over: AbortController): Promise<void> => {
  const { leases, onChange } = services;
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
    // If the release fails, the lease expires by itself.
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
    // Expired by the local clock: no need to ask the server.
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
