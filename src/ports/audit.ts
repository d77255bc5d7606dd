/** Signs checkpoints of the audit tree (C2SP tlog-checkpoint). */
export interface CheckpointSigner {
  /** The name of the log, and of its keys. */
  readonly origin: string;
  /** The public key, `name+id+key`. */
  readonly vkey: string;
  /** The signed note. The same tree is always signed alike. */
  sign(size: number, root: Uint8Array): string;
}

/** Where checkpoints are laid down for people and programs on the same machine. */
export interface CheckpointFiles {
  /** Replaces a file of this name as a whole, and the newest one. */
  write(name: string, note: string): Promise<void>;
}

/** The Merkle tree over the events of payments and coupons, as far as it has come. */
export interface AuditTree {
  size(): Promise<number>;
  /** The root of the first `size` leaves, of which there must be as many. */
  root(size: number): Promise<Uint8Array>;
}
