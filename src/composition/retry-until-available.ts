import type { Clock } from '../ports/clock.js';
import { retrying } from '../primitives/retrying.js';
import type { Logger } from './logger.js';

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onWaiting: (part: string, reason: string) => void;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
/** A first attempt that takes longer is reported before it has failed. */
const SLOW_MS = 1_000;
/** Errors that waiting can cure; a wrong version, folder or configuration stays wrong. */
const PASSING = new Set(['EventStoreUnavailable', 'ReadModelsUnavailable', 'NatsUnavailable', 'FileStoreUnavailable']);

/** Opens a part that may not be there yet: tries again with back-off, saying what it waits for, until the signal aborts. */
export const retryUntilAvailable = async <Part>(name: string, open: () => Promise<Part>, patience: RetryOptions): Promise<Part> => {
  const { clock, signal, logger, onWaiting } = patience;
  const answered = new AbortController();
  void tellWhenSlow(name, patience, answered.signal);
  let failure: unknown;
  const attempt = async (): Promise<{ readonly part: Part }> => {
    try {
      return { part: await unlessAborted(open(), signal, name) };
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      answered.abort();
    }
  };
  const onFailure = (error: unknown, retryInMs: number): void => {
    if (!(error instanceof Error) || !PASSING.has(error.name)) throw error;
    logger.warn({ part: name, reason: error.message, retryInMs }, 'waiting for a server');
    onWaiting(name, error.message);
  };
  const opened = await retrying({ clock, signal, firstMs: FIRST_RETRY_MS, longestMs: LONGEST_RETRY_MS, onFailure }, attempt);
  if (opened === undefined) throw failure ?? new Error(`the program was stopped before it opened ${name}`);
  return opened.part;
};

/** Rejects as soon as the signal aborts: clients of servers take up to ten seconds to give up. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal, name: string): Promise<Value> => {
  const settled = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(new Error(`the program was stopped before it opened ${name}`));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
};

const tellWhenSlow = async (name: string, { clock, logger, onWaiting }: RetryOptions, answered: AbortSignal): Promise<void> => {
  await clock.after(SLOW_MS, answered);
  if (answered.aborted) return;
  logger.warn({ part: name, reason: 'no answer yet' }, 'waiting for a server');
  onWaiting(name, 'no answer yet');
};
