import type { Clock } from '../../ports/clock.js';
import { OVER } from '../../primitives/over.js';

export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

/**
 * Calls with a time limit, which holds also when the call ignores its signal; from the moment that the program is being
 * stopped the call has finishMs more at most. Rejects with NoAnswerInTime: the outcome is unknown.
 */
export const callWithTimeout = async <Answer>(
  clock: Clock,
  { timeoutMs, finishMs = 0 }: { readonly timeoutMs: number; readonly finishMs?: number },
  stopping: AbortSignal,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const given = new AbortController();
  const answered = new AbortController();
  const tooLate = async (): Promise<never> => {
    await clock.after(timeoutMs, AbortSignal.any([stopping, answered.signal]));
    if (stopping.aborted) await clock.after(finishMs, answered.signal);
    const error = new NoAnswerInTime(`no answer within ${timeoutMs} ms`);
    if (!answered.signal.aborted) given.abort(error);
    throw error;
  };
  try {
    return await Promise.race([call(given.signal), tooLate()]);
  } finally {
    answered.abort(OVER);
  }
};
