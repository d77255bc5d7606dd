import type { PasswordHasher } from '../ports/password-hasher.js';
import { ConcurrencyLimit } from '../workers/loops/concurrency-limit.js';

/**
 * Limits how many passwords are hashed at a time. A hash takes a thread for a good part of a second, and the same threads flush
 * the event log: a wave of logins must not make every command wait.
 */
export const limitedPasswordHasher = (hasher: PasswordHasher, atATime: number): PasswordHasher => {
  const limit = new ConcurrencyLimit(atATime);
  return {
    hash: (password) => limit.run(() => hasher.hash(password)),
    verify: (password, hash) => limit.run(() => hasher.verify(password, hash)),
    isOutdated: (hash) => hasher.isOutdated(hash),
  };
};
