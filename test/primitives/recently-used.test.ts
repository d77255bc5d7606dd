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
  const kept = new RecentlyUsed<{ readonly weight: number }>(100, ({ weight }) => weight);
  kept.set('heavy', value(40));
  kept.set('light', value(1));
  kept.gained(20);
  kept.set('next', value(1));
  kept.gained(60);
  t.notOk(kept.get('heavy'));
  t.notOk(kept.get('light'));
  t.ok(kept.get('next'));
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
