import type { WorkerFailure } from '../http/operations/operating.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from './logger.js';

/** Called when a worker failed, before its next attempt. */
export type OnFailure = (worker: string, error: unknown, retryInMs: number) => void;

const LONGEST_MESSAGE = 1_000;

/** The last failure of each worker of this process since its start. Workers are few, so that what is kept is small. */
export class WorkerFailures {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #last = new Map<string, WorkerFailure>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  note(worker: string, error: unknown, retryInMs: number): void {
    const now = this.#clock.now();
    const message = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_MESSAGE).toWellFormed();
    this.#last.set(worker, { at: now.toISOString(), message, retryAt: new Date(now.getTime() + retryInMs).toISOString() });
  }

  /** Notes failures, and writes them to the log. */
  logged(logger: Pick<Logger, 'error'>): OnFailure {
    return (worker, error, retryInMs) => {
      this.note(worker, error, retryInMs);
      logger.error({ worker, err: error, retryInMs }, 'a worker failed and tries again');
    };
  }

  of(worker: string): WorkerFailure | null {
    return this.#last.get(worker) ?? null;
  }
}
