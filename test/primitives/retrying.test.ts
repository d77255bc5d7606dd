import t from 'tap';
import { retrying, type RetryOptions } from '../../src/primitives/retrying.js';

/** A clock on which every pause is over at once, and is remembered. */
const opened = (limits: Pick<RetryOptions, 'firstMs' | 'longestMs'>) => {
  const pauses: number[] = [];
  const failures: [unknown, number][] = [];
  const stop = new AbortController();
  const options: RetryOptions = {
    ...limits,
    clock: { after: async (milliseconds) => void pauses.push(milliseconds) },
    signal: stop.signal,
    onFailure: (error, retryInMs) => void failures.push([error, retryInMs]),
  };
  return { options, pauses, failures, stop };
};

/** Fails so many times, then answers. */
const failing = (times: number, beforeFailure: (attempt: number, progressed: () => void) => void = () => undefined) => {
  let attempt = 0;
  return async (progressed: () => void): Promise<string> => {
    attempt += 1;
    if (attempt > times) return `attempt ${attempt}`;
    beforeFailure(attempt, progressed);
    throw new Error(`failure ${attempt}`);
  };
};

t.test('the pause doubles up to the longest, and each failure is told before it', async (t) => {
  const { options, pauses, failures } = opened({ firstMs: 100, longestMs: 350 });
  t.equal(await retrying(options, failing(4)), 'attempt 5');
  t.strictSame(pauses, [100, 200, 350, 350]);
  t.match(failures.map(([error, retryInMs]) => [String(error), retryInMs]), [['Error: failure 1', 100], ['Error: failure 2', 200], [/3/, 350], [/4/, 350]]);
});

t.test('without a longest pause all are as the first', async (t) => {
  const { options, pauses } = opened({ firstMs: 100 });
  await retrying(options, failing(3));
  t.strictSame(pauses, [100, 100, 100]);
});

t.test('a task that got on begins with the first pause again', async (t) => {
  const { options, pauses } = opened({ firstMs: 100, longestMs: 10_000 });
  await retrying(options, failing(4, (attempt, progressed) => attempt === 3 && progressed()));
  t.strictSame(pauses, [100, 200, 100, 200]);
});

t.test('nothing is attempted, told or waited for once the signal aborted', async (t) => {
  const before = opened({ firstMs: 100 });
  before.stop.abort();
  t.equal(await retrying(before.options, async () => t.fail('attempted')), undefined);
  const during = opened({ firstMs: 100 });
  t.equal(await retrying(during.options, failing(9, () => during.stop.abort())), undefined);
  t.strictSame([during.pauses, during.failures], [[], []]);
  const pausing = opened({ firstMs: 100 });
  const clock = { after: async () => pausing.stop.abort() };
  t.equal(await retrying({ ...pausing.options, clock }, failing(9)), undefined);
  t.equal(pausing.failures.length, 1);
});

t.test('an error that must not be retried is passed on', async (t) => {
  const { options, pauses } = opened({ firstMs: 100 });
  const onFailure = (error: unknown): never => {
    throw error;
  };
  await t.rejects(retrying({ ...options, onFailure }, failing(9)), { message: 'failure 1' });
  t.strictSame(pauses, []);
});
