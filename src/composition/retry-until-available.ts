import type { Clock } from '../ports/clock.js';
import type { Logger } from './logger.js';

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onWaiting: (part: string, reason: string) => void;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
/** A first attempt that takes longer is told of before it has failed. */
const SLOW_MS = 1_000;
/** Waiting mends a server that is not there yet; a wrong version, folder or configuration it does not. */
const PASSING = new Set(['EventStoreUnavailable', 'ReadModelsUnavailable', 'NatsUnavailable']);

/** Opens a part that may not be there yet: tries again with back-off, saying what it waits for, until the signal aborts. */
export const retryUntilAvailable = async <Part>(name: string, open: () => Promise<Part>, patience: RetryOptions): Promise<Part> => {
  const { clock, signal, logger, onWaiting } = patience;
  const answered = new AbortController();
  void tellWhenSlow(name, patience, answered.signal);
  for (let retryInMs = FIRST_RETRY_MS; ; retryInMs = Math.min(2 * retryInMs, LONGEST_RETRY_MS)) {
    try {
      return await open();
    } catch (error) {
      if (signal.aborted || !(error instanceof Error) || !PASSING.has(error.name)) throw error;
      logger.warn({ part: name, reason: error.message, retryInMs }, 'waiting for a server');
      onWaiting(name, error.message);
      await clock.until(new Date(clock.now().getTime() + retryInMs), signal);
      if (signal.aborted) throw error;
    } finally {
      answered.abort();
    }
  }
};

const tellWhenSlow = async (name: string, { clock, logger, onWaiting }: RetryOptions, answered: AbortSignal): Promise<void> => {
  await clock.until(new Date(clock.now().getTime() + SLOW_MS), answered);
  if (answered.aborted) return;
  logger.warn({ part: name, reason: 'no answer yet' }, 'waiting for a server');
  onWaiting(name, 'no answer yet');
};
