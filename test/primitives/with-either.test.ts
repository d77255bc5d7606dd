import { getEventListeners } from 'node:events';
import t from 'tap';
import { withEither } from '../../src/primitives/with-either.js';

const reasonOf = (signal: AbortSignal): Promise<unknown> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

t.test('either signal aborts, with its reason', async (t) => {
  for (const which of [0, 1]) {
    const controllers = [new AbortController(), new AbortController()] as const;
    const running = withEither(controllers[0].signal, controllers[1].signal, reasonOf);
    controllers[which === 0 ? 0 : 1].abort(`by ${which}`);
    t.equal(await running, `by ${which}`);
  }
});

t.test('one that has aborted before aborts at once', async (t) => {
  const never = new AbortController().signal;
  const aborted = AbortSignal.abort('before');
  t.equal(await withEither(aborted, never, async ({ reason }) => String(reason)), 'before');
  t.equal(await withEither(never, aborted, async ({ reason }) => String(reason)), 'before');
});

t.test('nothing is left behind in a signal that lives on, whatever came out', async (t) => {
  const [long, short] = [new AbortController().signal, new AbortController().signal];
  t.equal(await withEither(long, short, async () => 1), 1);
  await t.rejects(withEither(long, short, async () => Promise.reject(new Error('no'))), { message: 'no' });
  t.same([...getEventListeners(long, 'abort'), ...getEventListeners(short, 'abort')], []);
  t.same(Object.getOwnPropertySymbols(long).filter((symbol) => String(symbol).includes('Dependant') && Reflect.get(long, symbol) !== null), [], 'nor signals that depend on it');
});
