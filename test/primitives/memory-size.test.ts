import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { emptyMap } from '../../src/domain/kernel/persistent-map.js';
import { memorySizeOf } from '../../src/primitives/memory-size.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const COUNT = 10_000;

/** How many bytes of the heap each value takes, when there are many of its kind. */
const measured = (make: (n: number) => unknown): number => {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const values = Array.from({ length: COUNT }, (_, n) => make(n));
  collectGarbage();
  const bytes = (process.memoryUsage().heapUsed - before) / COUNT;
  return values.length === COUNT ? bytes : Infinity;
};

const text = (n: number, length: number): string => Buffer.alloc(length, `${n} `).toString('latin1');

const samples: Readonly<Record<string, (n: number) => unknown>> = {
  'a small object': (n) => ({ id: text(n, 36), amount: text(n, 5), at: text(n, 24), isOpen: n % 2 === 0 }),
  'an object with lists': (n) => ({
    id: text(n, 36),
    lines: Array.from({ length: 5 }, (_, line) => ({ courseId: text(n + line, 36), title: text(n + line, 20), price: text(n, 5) })),
    tags: Array.from({ length: 8 }, (_, tag) => text(tag + n, 10)),
  }),
  'a persistent map': (n) => Array.from({ length: 40 }, (_, key) => text(n + key, 36)).reduce((map, key) => map.set(key, true), emptyMap<true>()),
  'a long text': (n) => ({ description: text(n, 4_000) }),
};

for (const [what, make] of Object.entries(samples)) {
  t.test(`issue 9.0: the size of ${what} is known well enough to keep to a budget`, async (t) => {
    const ratio = memorySizeOf(make(1)) / measured(make);
    t.ok(ratio > 0.5 && ratio < 2, `ratio ${ratio.toFixed(2)}`);
  });
}

t.test('a long list costs no more to judge than a short one, and what is nested without end is not followed', async (t) => {
  let looked = 0;
  const watched = (length: number) => new Proxy(Array.from({ length }, () => 'x'), { get: (list, key) => ((looked += 1), Reflect.get(list, key) as unknown) });
  memorySizeOf(watched(100));
  const [short] = [looked, (looked = 0)];
  t.equal(memorySizeOf(watched(100_000)) > 1_000_000, true);
  t.equal(looked, short);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  t.ok(memorySizeOf(circle) < 1_000);
});
