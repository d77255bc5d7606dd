import type { Clock } from '../../ports/clock.js';

/** A timer set for longer than this fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(milliseconds, LONGEST_TIMER_MS));
    signal.addEventListener('abort', done);
  });

export const systemClock: Clock = {
  now: () => new Date(),
  until: async (time, signal) => {
    let left = time.getTime() - Date.now();
    while (left > 0 && !signal.aborted) {
      await sleep(left, signal);
      left = time.getTime() - Date.now();
    }
  },
  // A wall clock that is set back must not lengthen a pause.
  after: async (milliseconds, signal) => {
    const end = performance.now() + milliseconds;
    for (let left = milliseconds; left > 0 && !signal.aborted; left = end - performance.now()) await sleep(left, signal);
  },
};
