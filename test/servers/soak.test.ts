import t from 'tap';
import { soak, soakCallers } from '../../bench/soak.js';

t.test('issue 9.0: purchases in a small heap end where they began, and nothing is lost', async (t) => {
  const { payments, purchases, cachedBytes, cacheLimit, megabytes } = await soak({ purchases: 12_000, heapMegabytes: 128 });
  t.equal(payments, purchases);
  t.ok(cachedBytes <= cacheLimit * 1.05, `${cachedBytes} bytes are cached, ${cacheLimit} may be`);
  const [half, end] = [megabytes[megabytes.length / 2] ?? 0, megabytes.at(-1) ?? Infinity];
  t.ok(end <= half * 1.25, `${half.toFixed(0)} MB at half of it, ${end.toFixed(0)} MB at the end`);
});

t.test('issue 9.0: many different callers leave nothing in a small heap', async (t) => {
  const windows = await soakCallers({ callers: 4_000, heapMegabytes: 128 });
  const [half, end] = [windows[windows.length / 2]?.megabytes ?? 0, windows.at(-1)?.megabytes ?? Infinity];
  t.ok(end <= half * 1.25, `${half.toFixed(0)} MB at half of it, ${end.toFixed(0)} MB at the end`);
});
