
/**
 * Runs something with a signal that aborts when one of two does. In Node 20 AbortSignal.any leaves a reference behind in each
 * signal that outlives the other, for ever: what is done often, under a signal that lives long, is done in here.
 */
export const withEither = async <Answer>(one: AbortSignal, other: AbortSignal, run: (either: AbortSignal) => Promise<Answer>): Promise<Answer> => {
  const either = new AbortController();
  const abort = (): void => either.abort(one.aborted ? one.reason : other.reason);
  if (one.aborted || other.aborted) abort();
  one.addEventListener('abort', abort, { once: true });
  other.addEventListener('abort', abort, { once: true });
  try {
    return await run(either.signal);
  } finally {
    one.removeEventListener('abort', abort);
    other.removeEventListener('abort', abort);
  }
};
