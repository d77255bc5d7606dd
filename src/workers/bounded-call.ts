import type { Clock } from '../ports/clock.js';

export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

/** Gives a call so much time, also when it ignores its signal. Rejects with NoAnswerInTime: the outcome is unknown. */
export const boundedCall = async <Answer>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> => {
  const given = new AbortController();
  const answered = new AbortController();
  const tooLate = clock
    .until(new Date(clock.now().getTime() + timeoutMs), AbortSignal.any([signal, answered.signal]))
    .then((): never => {
      const error = new NoAnswerInTime(`no answer within ${timeoutMs} ms`);
      if (!answered.signal.aborted) given.abort(error);
      throw error;
    });
  try {
    return await Promise.race([call(given.signal), tooLate]);
  } finally {
    answered.abort();
  }
};
