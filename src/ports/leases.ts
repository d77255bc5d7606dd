/** The right to do a piece of work for some time. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Greater than that of every earlier lease of this name: it guards the checkpoint of the work. */
  readonly fence: bigint;
}

/**
 * Leases are kept with the checkpoints of the work, by that store's clock. Reject with LeasesUnavailable when it can't be
 * reached: the call may or may not have taken effect.
 */
export interface Leases {
  /** Null while another holder has it. Its own holder gets a new one. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | null>;
  /** False when it was lost: another holder has had it since. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Frees it at once; no effect when it was lost. */
  release(lease: Lease): Promise<void>;
}

export class LeasesUnavailable extends Error {
  override readonly name = 'LeasesUnavailable';
}
