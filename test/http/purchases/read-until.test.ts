import t from 'tap';
import { readUntil } from '../../../src/http/purchases/read-until.js';
import type { Position } from '../../../src/ports/event-store.js';

/** Read models that move when the test says so. */
const readModels = () => {
  let position = 1n;
  let waits = 0;
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const services = {
    progress: {
      reached: () => position,
      waitFor: async (wanted: Position, timeoutMs: number): Promise<boolean> => {
        waits += 1;
        let late = false;
        const timer = setTimeout(() => {
          late = true;
          wake();
        }, timeoutMs);
        while (position < wanted && !late) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
            for (const notify of watchers) notify();
          });
        }
        clearTimeout(timer);
        return position >= wanted;
      },
    },
  };
  return {
    services,
    waits: () => waits,
    advance: () => {
      position += 1n;
      wake();
    },
    /** Somebody waits for the next change. */
    asked: async () => {
      if (waiting.size === 0) await new Promise<void>((resolve) => watchers.add(resolve));
    },
  };
};

t.test('what is as wished is answered at once', async (t) => {
  const { services, waits } = readModels();
  t.same(await readUntil(services, ['payments'], () => Promise.resolve(7), (value) => value === 7, 60_000), { value: 7, position: 1n });
  t.equal(waits(), 0);
});

t.test('it reads again with every change, and no more often', async (t) => {
  const { services, waits, advance, asked } = readModels();
  let reads = 0;
  const answer = readUntil(services, ['payments'], () => Promise.resolve((reads += 1)), (value) => value === 3, 60_000);
  for (let change = 0; change < 2; change += 1) {
    await asked();
    advance();
  }
  t.same(await answer, { value: 3, position: 3n });
  t.equal(reads, 3);
  t.equal(waits(), 2, 'one wait for each change');
});

t.test('when the time is over the last value is answered as it is', async (t) => {
  const { services } = readModels();
  t.match(await readUntil(services, ['payments'], () => Promise.resolve('pending'), () => false, 20), { value: 'pending' });
});

t.test('a step that came while the value was read is in the position', async (t) => {
  const { services, advance } = readModels();
  const read = async (): Promise<string> => {
    advance();
    return 'completed';
  };
  t.same(await readUntil(services, ['payments'], read, () => true, 60_000), { value: 'completed', position: 2n });
});
