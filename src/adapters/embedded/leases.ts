import type { Clock } from '../../ports/clock.js';
import type { Lease, Leases } from '../../ports/leases.js';

interface Held {
  readonly lease: Lease;
  readonly until: number;
}

export class InProcessLeases implements Leases {
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async acquire(name: string, holder: string, ttlMs: number): Promise<Lease | null> {
    const held = this.#held.get(name);
    if (held !== undefined && held.lease.holder !== holder && held.until > this.#now()) return null;
    return this.#hold({ name, holder, fence: (held?.lease.fence ?? 0n) + 1n }, ttlMs);
  }

  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    if (!this.#isCurrent(lease)) return false;
    this.#hold(lease, ttlMs);
    return true;
  }

  async release(lease: Lease): Promise<void> {
    if (this.#isCurrent(lease)) this.#hold(lease, 0);
  }

  #hold(lease: Lease, ttlMs: number): Lease {
    this.#held.set(lease.name, { lease, until: this.#now() + ttlMs });
    return lease;
  }

  #isCurrent({ name, fence }: Lease): boolean {
    return this.#held.get(name)?.lease.fence === fence;
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
