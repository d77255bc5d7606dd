import { WindowCounter, type Limit } from '../http/plugins/window-counter.js';
import type { CacheShare } from '../primitives/cache-budget.js';
import type { Clock } from '../ports/clock.js';
import { PasswordsBusy, type PasswordCaller, type PasswordHasher } from '../ports/password-hasher.js';
import { FairQueue } from './fair-queue.js';

export interface PasswordLimits {
  readonly atATime: number;
  readonly mostWaiting?: number;
  /** Of each address, over all routes; null: not limited. */
  readonly budget?: Limit | null;
  readonly clock: Clock;
  /** What the counts of addresses may take in memory. */
  readonly cache?: CacheShare;
}

const MOST_WAITING = 256;
const HASH_MS = 250;

/** The program itself, which hashes little and is never refused. */
const ITSELF: PasswordCaller = { address: '', whenGone: () => () => undefined };

/**
 * Limits how many passwords are hashed at a time. A hash takes a thread for a good part of a second, and the same threads flush
 * the event log: a wave of logins must not make every command wait, and one address not all others.
 */
export const limitedPasswordHasher = (hasher: PasswordHasher, { atATime, mostWaiting = MOST_WAITING, budget = null, clock, cache }: PasswordLimits): PasswordHasher => {
  const queue = new FairQueue({ atATime, mostWaiting, taskMs: HASH_MS });
  const spent = budget === null ? null : new WindowCounter(budget, cache);
  const spend = async ({ address }: PasswordCaller): Promise<void> => {
    const waitMs = spent?.take(address, clock.now()) ?? 0;
    if (waitMs > 0) throw new PasswordsBusy('spent', waitMs);
  };
  const forCaller = (caller: PasswordCaller): PasswordHasher => ({
    hash: async (password) => {
      await spend(caller);
      return queue.run(caller, () => hasher.hash(password));
    },
    verify: async (password, hash) => {
      await spend(caller);
      return queue.run(caller, () => hasher.verify(password, hash));
    },
    isOutdated: (hash, password) => hasher.isOutdated(hash, password),
  });
  return {
    hash: (password) => queue.run(ITSELF, () => hasher.hash(password)),
    verify: (password, hash) => queue.run(ITSELF, () => hasher.verify(password, hash)),
    isOutdated: (hash, password) => hasher.isOutdated(hash, password),
    forCaller,
  };
};
