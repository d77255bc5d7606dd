/** The right to do a piece of work, for a time. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Greater than that of every lease of this name before: what the checkpoint of the work is guarded with. */
  readonly fence: bigint;
}

/**
 * Kept where the checkpoints of the work live. Time is that of the place, not of the holders. Where the place can't be
 * reached they reject with LeasesUnavailable: what was asked for may have happened or not.
 */
export interface Leases {
  /** Null while somebody else holds it. Whoever holds it already gets a new one. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | null>;
  /** False when it was lost: somebody else has had it since. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Makes way at once; nothing happens when it was lost. */
  release(lease: Lease): Promise<void>;
}

export class LeasesUnavailable extends Error {
  override readonly name = 'LeasesUnavailable';
}
