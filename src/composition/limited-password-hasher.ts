import type { PasswordHasher } from '../ports/password-hasher.js';
import { ConcurrencyLimit } from '../workers/loops/concurrency-limit.js';

/**
 * Lets so many passwords be hashed at a time. Each takes a thread of the pool for a good part of a second, and the
 * same pool flushes the event log: a wave of logins must not make every command wait.
 */
export const limitedPasswordHasher = (hasher: PasswordHasher, atATime: number): PasswordHasher => {
  const limit = new ConcurrencyLimit(atATime);
  return {
    hash: (password) => limit.run(() => hasher.hash(password)),
    verify: (password, hash) => limit.run(() => hasher.verify(password, hash)),
    isOutdated: (hash) => hasher.isOutdated(hash),
  };
};
