import { pause } from './pause.js';

const TOO_MANY = 429;
const USUAL_WAIT_SECONDS = 5;

/** Asks again where it was too often, as soon as the server says that it may. Throws when the signal aborts. */
export const patiently = async <Answer extends { readonly response: Response }>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
  for (;;) {
    const answer = await ask();
    if (answer.response.status !== TOO_MANY) return answer;
    const seconds = Number(answer.response.headers.get('retry-after') ?? USUAL_WAIT_SECONDS);
    await pause((Number.isFinite(seconds) ? seconds : USUAL_WAIT_SECONDS) * 1_000, signal);
    signal.throwIfAborted();
  }
};
