import t from 'tap';
import { AppendQueue } from '../../../src/adapters/embedded/event-store/append-queue.js';
import type { PendingAppend } from '../../../src/adapters/embedded/event-store/append-group.js';
import { EventStoreUnavailable, type AppendResult } from '../../../src/ports/event-store.js';
import { addedToCart, appendOrFail, collect, freshCategory, labelOf } from '../../contracts/event-store-samples.js';
import { openStore } from './open-log.js';

void t.test('an event that can’t be written fails its own append and no other of the group', async (t) => {
  const folder = t.testdir();
  const store = await openStore(folder);
  const stream = `${freshCategory()}-1`;
  const circular = addedToCart('circular');
  Object.assign(circular.data, { itself: circular.data });
  const [first, bad, last] = await Promise.allSettled([
    appendOrFail(store, stream, ['a']),
    store.append(stream, 'any', [addedToCart('before'), circular]),
    appendOrFail(store, stream, ['b']),
  ]);
  t.strictSame([first.status, bad.status, last.status], ['fulfilled', 'rejected', 'fulfilled']);
  t.strictSame((await collect(store.readAll())).map(labelOf), ['a', 'b']);
  await store.close();
  const again = await openStore(folder);
  await appendOrFail(again, stream, ['c']);
  t.strictSame((await collect(again.readStream(stream))).map(labelOf), ['a', 'b', 'c']);
  await again.close();
});

void t.test('a stream needs a name of a sensible length', async (t) => {
  const store = await openStore(t.testdir());
  await t.rejects(store.append('', 'any', [addedToCart('a')]), RangeError);
  await t.rejects(store.append('x'.repeat(501), 'any', [addedToCart('a')]), RangeError);
  await store.close();
});

void t.test('an append of nothing checks the revision and answers where the stream stands', async (t) => {
  const store = await openStore(t.testdir());
  t.strictSame(await store.append('nothing-1', 'no_stream', []), { ok: true, revision: -1, position: 0n });
  const { position } = await appendOrFail(store, 'nothing-1', ['a']);
  t.strictSame(await store.append('nothing-1', 0, []), { ok: true, revision: 0, position });
  t.match(await store.append('nothing-1', 'no_stream', []), { ok: false, currentRevision: 0 });
  await store.close();
});

const pushTo = (queue: AppendQueue): Promise<AppendResult> =>
  new Promise((resolve, reject) => {
    queue.push({ stream: 'queue-1', expected: 'any', events: [addedToCart('a')], resolve, reject });
  });

void t.test('after a failed write nothing more is taken: what is in the log is known only when it is opened anew', async (t) => {
  let groups = 0;
  const queue = new AppendQueue(async (take) => {
    take();
    groups += 1;
    throw new Error('no space left on device');
  });
  const failure = { name: 'EventStoreUnavailable', message: /no space left on device.*restart/ };
  await Promise.all([t.rejects(pushTo(queue), failure), t.rejects(pushTo(queue), failure)]);
  const seen = groups;
  await t.rejects(pushTo(queue), EventStoreUnavailable);
  t.equal(groups, seen);
  await queue.close();
});

void t.test('appends that come while a transaction waits for its turn share it', async (t) => {
  const groups: number[] = [];
  const queue = new AppendQueue(async (take) => {
    await Promise.resolve();
    const group: readonly PendingAppend[] = take();
    groups.push(group.length);
    return group.map((pending) => ({ pending, outcome: { ok: true, revision: 0, position: 1n } as const }));
  });
  await Promise.all(Array.from({ length: 100 }, () => pushTo(queue)));
  t.strictSame(groups, [100]);
  await queue.close();
});
