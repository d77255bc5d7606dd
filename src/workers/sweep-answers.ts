import type { Clock } from '../ports/clock.js';
import type { RecordedAnswers } from '../ports/recorded-answers.js';

export interface SweepAnswersServices {
  readonly answers: RecordedAnswers;
  readonly clock: Clock;
  readonly onFailure: (worker: string, error: unknown, retryInMs: number) => void;
}

const EVERY_MS = 60 * 60_000;

/** Removes recorded answers older than a day, at the start and every hour, until the signal aborts. */
export const sweepAnswers = async ({ answers, clock, onFailure }: SweepAnswersServices, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await answers.sweep(clock.now()).catch((error: unknown) => onFailure('sweep-answers', error, EVERY_MS));
    await clock.after(EVERY_MS, signal);
  }
};
