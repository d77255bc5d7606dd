import t from 'tap';
import { RecentlyUsed } from '../../src/primitives/recently-used.js';

const value = (weight: number): { readonly weight: number } => ({ weight });
const heldOf = (kept: RecentlyUsed<object>, count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => n).filter((n) => kept.get(`${n}`) !== undefined);

t.test('keeps what fits, and forgets what was not used for longest', async (t) => {
  const kept = new RecentlyUsed<object>(10);
  for (let n = 0; n < 5; n += 1) kept.set(`${n}`, value(1));
  for (let n = 5; n < 9; n += 1) kept.set(`${n}`, value(1));
  t.ok(kept.get('0'), 'used again, so it is young');
  for (let n = 9; n < 14; n += 1) kept.set(`${n}`, value(1));
  t.ok(kept.get('0'));
  t.notOk(kept.get('1'));
  t.ok(heldOf(kept, 14).length <= 10);
});

t.test('never holds more than its capacity, whatever is done', async (t) => {
  const kept = new RecentlyUsed<object>(100);
  for (let n = 0; n < 1_000; n += 1) {
    kept.set(`${n}`, value(1));
    kept.get(`${(n * 7) % (n + 1)}`);
  }
  t.ok(heldOf(new RecentlyUsed<object>(1), 1_000).length === 0);
  const held = heldOf(kept, 1_000);
  t.ok(held.length > 0 && held.length <= 101, `${held.length}`);
});

t.test('weighs what it keeps, also what grows afterwards', async (t) => {
  const kept = new RecentlyUsed<{ weight: number }>(100, ({ weight }) => weight);
  const [growing, next] = [{ weight: 40 }, { weight: 1 }];
  kept.set('growing', growing);
  kept.set('light', { weight: 1 });
  growing.weight = 60;
  kept.set('growing', growing);
  t.equal(kept.weight, 61, 'as the old generation');
  kept.set('next', next);
  next.weight = 60;
  kept.set('next', next);
  t.notOk(kept.get('growing'));
  t.notOk(kept.get('light'));
  t.equal(kept.get('next'), next);
});

t.test('what is deleted weighs nothing, whatever it has grown to', async (t) => {
  const kept = new RecentlyUsed<{ weight: number }>(1_000, ({ weight }) => weight);
  for (let n = 0; n < 10_000; n += 1) {
    const growing = { weight: 10 };
    kept.set(`${n}`, growing);
    growing.weight = 90;
    kept.delete(`${n}`);
    kept.delete(`${n}`);
  }
  t.equal(kept.weight, 0);
});

t.test('a capacity may change', async (t) => {
  let capacity = 100;
  const kept = new RecentlyUsed<object>(() => capacity);
  for (let n = 0; n < 40; n += 1) kept.set(`${n}`, value(1));
  capacity = 10;
  for (let n = 40; n < 60; n += 1) kept.set(`${n}`, value(1));
  t.ok(heldOf(kept, 60).length <= 10);
});

t.test('a value that is set again stands once', async (t) => {
  const kept = new RecentlyUsed<object>(4);
  const [first, second] = [value(1), value(2)];
  kept.set('a', first);
  kept.set('a', second);
  kept.set('a', second);
  kept.set('b', first);
  t.equal(kept.get('a'), second);
  kept.delete('a');
  t.equal(kept.get('a'), undefined);
  kept.clear();
  t.equal(kept.get('b'), undefined);
});
