import { getHeapStatistics } from 'node:v8';
import t from 'tap';
import { cacheBytesOf } from '../../src/composition/cache-bytes.js';

t.test('issue 9.0: caches hold what is set, or a part of the heap', async (t) => {
  t.equal(cacheBytesOf({ cacheBytes: 9_000_000 }), 9_000_000);
  const bytes = cacheBytesOf({ cacheBytes: null });
  t.ok(bytes >= 8 * 1_048_576 && bytes <= getHeapStatistics().heap_size_limit / 4);
});
