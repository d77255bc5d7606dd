import { setImmediate as nextTurn } from 'node:timers/promises';

const hasReason = (error: unknown): error is Error & { readonly commitError: Promise<unknown> } =>
  error instanceof Error && 'commitError' in error && error.commitError instanceof Promise;

/**
 * Resolves when lmdb has committed (and flushed, where the environment does). A failed commit rejects twice: the write, and a
 * second promise with the reason, which ends the process if it is not awaited. Rejects with the reason.
 */
export const durably = async <Value>(write: Promise<Value>): Promise<Value> => {
  try {
    return await write;
  } catch (error) {
    if (!hasReason(error)) throw error;
    // lmdb gives no reason for some failures.
    throw await Promise.race([error.commitError.catch((reason: unknown) => reason), nextTurn(error)]);
  }
};
