import t from 'tap';
import { readUntil } from '../../../src/http/purchases/read-until.js';
import type { Position } from '../../../src/ports/event-store.js';

/** A log whose head and read models move when the test says so. */
const log = () => {
  let head = 1n;
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const services = {
    store: { head: () => Promise.resolve(head) },
    progress: {
      waitFor: async (position: Position, timeoutMs: number): Promise<boolean> => {
        let late = false;
        const timer = setTimeout(() => {
          late = true;
          wake();
        }, timeoutMs);
        while (head < position && !late) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
            for (const notify of watchers) notify();
          });
        }
        clearTimeout(timer);
        return head >= position;
      },
    },
  };
  return {
    services,
    advance: () => {
      head += 1n;
      wake();
    },
    /** Somebody waits for the next change. */
    asked: async () => {
      if (waiting.size === 0) await new Promise<void>((resolve) => watchers.add(resolve));
    },
  };
};

t.test('what is as wished is answered at once', async (t) => {
  const { services } = log();
  t.same(await readUntil(services, ['payments'], () => Promise.resolve(7), (value) => value === 7, 60_000), { value: 7, position: 1n });
});

t.test('it reads again with every change, and no more often', async (t) => {
  const { services, advance, asked } = log();
  let reads = 0;
  const answer = readUntil(services, ['payments'], () => Promise.resolve((reads += 1)), (value) => value === 3, 60_000);
  for (let change = 0; change < 2; change += 1) {
    await asked();
    advance();
  }
  t.same(await answer, { value: 3, position: 3n });
  t.equal(reads, 3);
});

t.test('when the time is over the last value is answered as it is', async (t) => {
  const { services } = log();
  t.match(await readUntil(services, ['payments'], () => Promise.resolve('pending'), () => false, 20), { value: 'pending' });
});
