import { asUnavailable } from './failures.js';

/**
 * A call with an end: aborted after `ms` with all its repeats, but only until it is answered, since a content may take longer.
 * Rejects with FileStoreUnavailable, or gives what `otherwise` makes of the error.
 */
export const inTime = async <Answer, Instead = never>(
  what: string,
  ms: number,
  call: (signal: AbortSignal) => Promise<Answer>,
  otherwise?: (error: unknown) => Instead | undefined,
): Promise<Answer | Instead> => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  try {
    return await call(late.signal);
  } catch (error) {
    const instead = otherwise?.(error);
    if (instead !== undefined) return instead;
    throw asUnavailable(what, late.signal.aborted ? new Error(`no answer within ${ms} ms`, { cause: error }) : error);
  } finally {
    clearTimeout(timer);
  }
};
