import type { HttpServices } from '../http-services.js';

/**
 * Reads again with every change of the read models until the value is as wished or the time is over; answers the
 * last value read. For what workers do after a command: the wait ends as soon as they have done it.
 */
export const readUntil = async <Value>(
  { store, progress }: Pick<HttpServices, 'store' | 'progress'>,
  read: () => Promise<Value>,
  isDone: (value: Value) => boolean,
  timeoutMs: number,
): Promise<Value> => {
  const deadline = performance.now() + timeoutMs;
  const left = (): number => Math.max(0, deadline - performance.now());
  for (;;) {
    const head = await store.head();
    const inTime = await progress.waitFor(head, left());
    const value = await read();
    if (isDone(value) || !inTime || left() === 0) return value;
    // Whatever the value does not show yet comes after the head: the next event of the log is worth another look.
    await progress.waitFor(head + 1n, left());
  }
};
