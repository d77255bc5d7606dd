import type { Clock } from '../../ports/clock.js';

export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

/**
 * Gives a call so much time, also when it ignores its signal; once the program is being stopped, finishMs more at most.
 * Rejects with NoAnswerInTime: the outcome is unknown.
 */
export const callWithTimeout = async <Answer>(
  clock: Clock,
  { timeoutMs, finishMs = 0 }: { readonly timeoutMs: number; readonly finishMs?: number },
  stopping: AbortSignal,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const given = new AbortController();
  const answered = new AbortController();
  const after = (milliseconds: number): Date => new Date(clock.now().getTime() + milliseconds);
  const tooLate = async (): Promise<never> => {
    await clock.until(after(timeoutMs), AbortSignal.any([stopping, answered.signal]));
    if (stopping.aborted) await clock.until(after(finishMs), answered.signal);
    const error = new NoAnswerInTime(`no answer within ${timeoutMs} ms`);
    if (!answered.signal.aborted) given.abort(error);
    throw error;
  };
  try {
    return await Promise.race([call(given.signal), tooLate()]);
  } finally {
    answered.abort();
  }
};
