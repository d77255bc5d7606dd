import t, { type Test } from 'tap';
import { memoryOfLastHalf, soak, soakCallers } from '../../bench/soak.js';

const doesNotGrow = (t: Test, megabytes: readonly number[]): void => {
  const { before, last } = memoryOfLastHalf(megabytes);
  t.ok(last <= before * 1.25, `${before.toFixed(0)} MB in the third quarter, ${last.toFixed(0)} MB in the last: ${megabytes.map(Math.round).join(' ')}`);
};

t.test('issue 9.0: purchases in a small heap end where they began, and nothing is lost', async (t) => {
  const { payments, purchases, cachedBytes, cacheLimit, megabytes } = await soak({ purchases: 12_000, heapMegabytes: 128 });
  t.equal(payments, purchases);
  t.ok(cachedBytes <= cacheLimit * 1.05, `${cachedBytes} bytes are cached, ${cacheLimit} may be`);
  doesNotGrow(t, megabytes);
});

t.test('issue 9.0: many different callers leave nothing in a small heap', async (t) => {
  const windows = await soakCallers({ callers: 4_000, heapMegabytes: 128 });
  doesNotGrow(t, windows.map(({ megabytes }) => megabytes));
});
