/** For whom a password is hashed. */
export interface PasswordCaller {
  /** The address, or the network of one subscriber: what is counted together. */
  readonly address: string;
  /** Calls `leave` when nobody waits for the answer any more, at once if it is so already. Gives a function that forgets it. */
  whenGone(leave: () => void): () => void;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With null it takes as long as a real check and answers false, so that timing does not reveal accounts. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** The hash of this password was made at a lower cost than the configured one, or in an earlier way. */
  isOutdated(hash: string, password: string): boolean;
  /** The same for a caller, whose share of this costly work is limited. Rejects with PasswordsBusy. Absent: nobody's is. */
  forCaller?(caller: PasswordCaller): PasswordHasher;
}

/** The password was not looked at. `spent`: the caller has had its share; else too many others wait. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';

  constructor(
    readonly reason: 'spent' | 'full' | 'gone',
    readonly retryAfterMs: number,
  ) {
    super(`too many passwords are being hashed (${reason})`);
  }
}
