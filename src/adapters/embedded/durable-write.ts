import { setImmediate as nextTurn } from 'node:timers/promises';

const hasReason = (error: unknown): error is Error & { readonly commitError: Promise<unknown> } =>
  error instanceof Error && 'commitError' in error && error.commitError instanceof Promise;

/**
 * Resolves when lmdb has committed (and flushed, where the environment does). A commit that fails rejects twice: the
 * write, and beside it a promise of the reason, which ends the process unless somebody waits for it. Rejects with the reason.
 */
export const durably = async <Value>(write: Promise<Value>): Promise<Value> => {
  try {
    return await write;
  } catch (error) {
    if (!hasReason(error)) throw error;
    // Some reasons are never told.
    throw await Promise.race([error.commitError.catch((reason: unknown) => reason), nextTurn(error)]);
  }
};
