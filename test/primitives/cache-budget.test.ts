import t from 'tap';
import { CacheBudget } from '../../src/primitives/cache-budget.js';

t.test('issue 9.0: the parts of all caches together are the budget', async (t) => {
  const budget = new CacheBudget(10_000_000);
  const limits = budget.usage().map(({ limit }) => limit);
  t.equal(Math.round(limits.reduce((sum, limit) => sum + limit, 0)), 10_000_000);
  t.ok(limits.every((limit) => limit > 0));
});

t.test('caches of one kind divide its part, however many there are', async (t) => {
  const budget = new CacheBudget(10_000_000);
  const share = budget.share('counters');
  const first = share.join(() => 3);
  t.equal(first(), share.bytes);
  const second = share.join(() => 4);
  t.equal(first(), share.bytes / 2);
  t.equal(second(), share.bytes / 2);
  t.match(budget.usage(), [{ cache: 'streams', bytes: 0 }, {}, {}, {}, { cache: 'counters', bytes: 7 }]);
});
