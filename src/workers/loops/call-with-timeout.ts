import type { Clock } from '../../ports/clock.js';
import { OVER } from '../../primitives/over.js';
import { withEither } from '../../primitives/with-either.js';

export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

const DECIDED = new Error('the call answered in time');

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
    await withEither(stopping, answered.signal, (either) => clock.after(timeoutMs, either));
    if (stopping.aborted) await clock.after(finishMs, answered.signal);
    // Nobody waits for this any more, and a new error takes its stack with it.
    if (answered.signal.aborted) throw DECIDED;
    const error = new NoAnswerInTime(`no answer within ${timeoutMs} ms`);
    given.abort(error);
    throw error;
  };
  try {
    return await Promise.race([call(given.signal), tooLate()]);
  } finally {
    answered.abort(OVER);
  }
};
