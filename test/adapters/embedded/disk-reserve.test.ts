import t from 'tap';
import { DiskReserve } from '../../../src/adapters/embedded/event-store/disk-reserve.js';
import { LmdbEventStore } from '../../../src/adapters/embedded/event-store/lmdb-event-store.js';
import { openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import { appendOrFail, collect, labelOf } from '../../contracts/event-store-samples.js';

const MEGABYTE = 1_048_576;

t.test('appends are refused while the disk has too little room, and taken again by themselves', async (t) => {
  let free = 65 * MEGABYTE;
  let now = 0;
  const reserve = new DiskReserve('data', () => free, () => now);
  const store = new LmdbEventStore(await openLogEnvironment(t.testdir()), { reserve });
  await appendOrFail(store, 'cart-1', ['a']);
  t.doesNotThrow(() => store.assertWritable());

  free = 63 * MEGABYTE;
  now += 250;
  const refusal = { name: 'EventStoreUnavailable', message: /less than 64 MB are free on the disk of data/ };
  await t.rejects(appendOrFail(store, 'cart-1', ['b']), refusal);
  t.throws(() => store.assertWritable(), refusal);
  t.strictSame((await collect(store.readStream('cart-1'))).map(labelOf), ['a'], 'reading goes on');

  free = 65 * MEGABYTE;
  now += 250;
  t.doesNotThrow(() => store.assertWritable());
  await appendOrFail(store, 'cart-1', ['b']);
  t.strictSame((await collect(store.readStream('cart-1'))).map(labelOf), ['a', 'b']);
  await store.close();
});

t.test('the disk is not asked for each append, and one that can’t be asked does not stop the log', async (t) => {
  let now = 0;
  const asked: number[] = [];
  const reserve = new DiskReserve('data', () => {
    asked.push(now);
    throw new Error('not here');
  }, () => now);
  for (now of [0, 1, 249, 250, 499, 1_000]) t.equal(reserve.isShort, false);
  t.strictSame(asked, [0, 250, 1_000]);
  t.equal(new DiskReserve(t.testdir()).isShort, false);
});
