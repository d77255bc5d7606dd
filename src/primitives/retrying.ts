import type { Clock } from '../ports/clock.js';

export interface RetryOptions {
  readonly clock: Pick<Clock, 'after'>;
  readonly signal: AbortSignal;
  /** The pause after the first failure; each pause is twice as long as the one before, up to `longestMs`. */
  readonly firstMs: number;
  /** Absent: every pause is as long as the first. */
  readonly longestMs?: number;
  /** Told of each failure before the pause. An error that it throws ends the attempts and is passed on. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

/**
 * Attempts the task until it succeeds, with a pause after each failure; answers its result, or undefined when the signal
 * aborted first. A long task calls `progressed` to have the next pause as short as the first.
 */
export const retrying = async <Result>(
  { clock, signal, firstMs, longestMs = firstMs, onFailure }: RetryOptions,
  task: (progressed: () => void) => Promise<Result>,
): Promise<Result | undefined> => {
  let retryInMs = firstMs;
  const progressed = (): void => void (retryInMs = firstMs);
  while (!signal.aborted) {
    try {
      return await task(progressed);
    } catch (error) {
      if (signal.aborted) return undefined;
      onFailure(error, retryInMs);
      await clock.after(retryInMs, signal);
      retryInMs = Math.min(retryInMs * 2, longestMs);
    }
  }
  return undefined;
};
