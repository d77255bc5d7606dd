import fc from 'fast-check';
import t from 'tap';
import { PersistentMap } from '../../../src/domain/kernel/persistent-map.js';

// FNV-1a gives both of these the same 32 bits, and so everything that follows them.
const COLLIDING = ['costarring', 'liquid'] as const;

type Step = Readonly<{ type: 'with' | 'without'; key: string; value: number }>;

const apply = (map: PersistentMap<number>, { type, key, value }: Step): PersistentMap<number> =>
  type === 'with' ? map.with(key, value) : map.without(key);

const applyTo = (map: Map<string, number>, { type, key, value }: Step): Map<string, number> => {
  const changed = new Map(map);
  if (type === 'with') changed.set(key, value);
  else changed.delete(key);
  return changed;
};

const contents = (map: PersistentMap<number>) => new Map(map.entries());

const keys = fc.oneof(fc.constantFrom(...COLLIDING, 'declinate', 'macallums', ''), fc.uuid(), fc.string({ maxLength: 2 }));
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ type: fc.constantFrom('with' as const, 'without' as const), key: keys, value: fc.nat() }),
  { maxLength: 200 },
);

t.test('it holds what a Map holds, after any sequence of changes', async (t) => {
  fc.assert(
    fc.property(steps, (changes) => {
      let map = PersistentMap.empty<number>();
      let model = new Map<string, number>();
      for (const step of changes) {
        map = apply(map, step);
        model = applyTo(model, step);
        t.equal(map.size, model.size);
      }
      t.strictSame([...contents(map)].toSorted(), [...model].toSorted());
      for (const [key, value] of model) t.equal(map.get(key), value);
    }),
    { numRuns: 50 },
  );
});

t.test('a map never changes: each one keeps what it held', async (t) => {
  fc.assert(
    fc.property(steps, (changes) => {
      const history = [{ map: PersistentMap.empty<number>(), model: new Map<string, number>() }];
      for (const step of changes) {
        const last = history.at(-1);
        if (last !== undefined) history.push({ map: apply(last.map, step), model: applyTo(last.model, step) });
      }
      for (const { map, model } of history) t.strictSame([...contents(map)].toSorted(), [...model].toSorted());
    }),
    { numRuns: 20 },
  );
});

t.test('keys of one hash stay apart', async (t) => {
  const [first, second] = COLLIDING;
  const both = PersistentMap.empty<number>().with(first, 1).with(second, 2).with('other', 3);
  t.strictSame([both.get(first), both.get(second), both.get('other'), both.size], [1, 2, 3, 3]);
  const replaced = both.with(first, 4);
  t.strictSame([replaced.get(first), replaced.get(second), replaced.size], [4, 2, 3]);
  const one = replaced.without(first);
  t.strictSame([one.get(first), one.get(second), one.size], [undefined, 2, 2]);
  t.equal(one.without(second).without('other').size, 0);
});

t.test('taking out what is not there gives the same map', async (t) => {
  const map = PersistentMap.empty<number>().with('a', 1);
  t.equal(map.without('b'), map);
  t.notOk(map.has('b'));
});

t.test('a hundred thousand keys are found again', async (t) => {
  let map = PersistentMap.empty<number>();
  for (let i = 0; i < 100_000; i += 1) map = map.with(`payment-${i}`, i);
  t.equal(map.size, 100_000);
  let found = 0;
  for (let i = 0; i < 100_000; i += 1) if (map.get(`payment-${i}`) === i) found += 1;
  t.equal(found, 100_000);
});
