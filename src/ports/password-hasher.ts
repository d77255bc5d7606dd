export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With null it takes as long as a real check and answers false, so that timing does not reveal accounts. */
  verify(password: string, hash: string | null): Promise<boolean>;
  /** The hash was made at a lower cost than the configured one. */
  isOutdated(hash: string): boolean;
}
