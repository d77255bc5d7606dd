import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { EventStoreUnavailable, type ExpectedRevision } from '../../src/ports/event-store.js';
import { addedToCart, appendOrFail, collect, freshCategory, labelOf } from './event-store-samples.js';
import type { OpenEventStore } from './event-store.js';

export const appendContract = (t: Test, open: () => Promise<OpenEventStore>): void => {
  const opened = async (t: Test) => {
    const handle = await open();
    t.teardown(() => handle.close());
    return { ...handle, stream: `${freshCategory()}-1` };
  };

  void t.test('a new stream starts at revision 0, and the answer names the last event', async (t) => {
    const { store, stream } = await opened(t);
    const result = await store.append(stream, 'no_stream', [addedToCart('a'), addedToCart('b')]);
    t.match(result, { ok: true, revision: 1 });
    const events = await collect(store.readStream(stream));
    t.strictSame(events.map(({ revision }) => revision), [0, 1]);
    t.equal(result.ok && result.position, events[1]?.position);
  });

  void t.test('an event comes back as it went in', async (t) => {
    const { store, stream } = await opened(t);
    const event = addedToCart('ä €\u{1F600}');
    await store.append(stream, 'no_stream', [event]);
    const [read] = await collect(store.readStream(stream));
    t.strictSame(read, { ...event, stream, revision: 0, position: read?.position });
  });

  void t.test('the expected revision decides, and a refusal appends nothing', async (t) => {
    const { store, stream } = await opened(t);
    const refused = { ok: false, reason: 'wrong-expected-revision' };
    const attempt = (expected: ExpectedRevision) => store.append(stream, expected, [addedToCart('x')]);
    t.strictSame(await attempt('stream_exists'), { ...refused, currentRevision: 'no_stream' });
    t.strictSame(await attempt(0), { ...refused, currentRevision: 'no_stream' });
    await appendOrFail(store, stream, ['a', 'b']);
    t.strictSame(await attempt('no_stream'), { ...refused, currentRevision: 1 });
    t.strictSame(await attempt(0), { ...refused, currentRevision: 1 });
    t.strictSame(await attempt(2), { ...refused, currentRevision: 1 });
    t.match(await attempt(1), { ok: true, revision: 2 });
    t.match(await attempt('stream_exists'), { ok: true, revision: 3 });
    t.match(await attempt('any'), { ok: true, revision: 4 });
    t.equal((await collect(store.readStream(stream))).length, 5);
  });

  void t.test('pitfall 18: a retry after a lost reply gets the first answer and appends nothing', async (t) => {
    const { store, reopen, stream } = await opened(t);
    const events = [addedToCart('b'), addedToCart('c')];
    await appendOrFail(store, stream, ['a']);
    const first = await store.append(stream, 0, events);
    t.strictSame(await store.append(stream, 0, events), first);
    t.strictSame(await store.append(stream, 'any', events), first);
    await appendOrFail(store, stream, ['d']);
    t.strictSame(await store.append(stream, 0, events), first);
    t.match(await store.append(stream, 0, [addedToCart('b')]), { ok: false, currentRevision: 3 });
    t.match(await store.append(stream, 2, events), { ok: false, currentRevision: 3 });
    let after = store;
    if (reopen !== undefined) {
      await store.close();
      after = await reopen();
      t.strictSame(await after.append(stream, 0, events), first);
    }
    t.strictSame((await collect(after.readStream(stream))).map(labelOf), ['a', 'b', 'c', 'd']);
    await after.close();
  });

  void t.test('the first append of a stream can be retried, also at once', async (t) => {
    const { store, stream } = await opened(t);
    const event = addedToCart('a', randomUUID());
    const results = await Promise.all(Array.from({ length: 20 }, () => store.append(stream, 'no_stream', [event])));
    for (const result of results) t.strictSame(result, results[0]);
    t.equal((await collect(store.readStream(stream))).length, 1);
  });

  void t.test('of concurrent appenders to one stream exactly one wins each revision', async (t) => {
    const { store, stream } = await opened(t);
    const writers = 20;
    const rounds = 10;
    for (let round = 0; round < rounds; round += 1) {
      const expected = round === 0 ? 'no_stream' : round - 1;
      const results = await Promise.all(
        Array.from({ length: writers }, (_, writer) => store.append(stream, expected, [addedToCart(`${round}.${writer}`)])),
      );
      t.equal(results.filter(({ ok }) => ok).length, 1);
      for (const result of results) if (!result.ok) t.equal(result.currentRevision, round);
    }
    t.equal((await collect(store.readStream(stream))).length, rounds);
  });

  void t.test('several events of one append stand together, whatever else is appended meanwhile', async (t) => {
    const { store, stream } = await opened(t);
    const appends = Array.from({ length: 100 }, (_, n) => appendOrFail(store, stream, [`${n}.0`, `${n}.1`, `${n}.2`]));
    await Promise.all(appends);
    const labels = (await collect(store.readStream(stream))).map(labelOf);
    t.equal(labels.length, 300);
    for (let start = 0; start < labels.length; start += 3) {
      const append = labels[start]?.split('.')[0];
      t.strictSame(labels.slice(start, start + 3), [`${append}.0`, `${append}.1`, `${append}.2`]);
    }
  });

  void t.test('after close it is unavailable; what was under way is finished', async (t) => {
    const { store, reopen, stream } = await opened(t);
    const underWay = appendOrFail(store, stream, ['a']);
    const closing = store.close();
    await t.rejects(store.append(stream, 'any', [addedToCart('b')]), EventStoreUnavailable);
    t.match(await underWay, { ok: true });
    await closing;
    await t.rejects(store.head(), EventStoreUnavailable);
    await t.rejects(collect(store.readStream(stream)), EventStoreUnavailable);
    if (reopen === undefined) return;
    const again = await reopen();
    t.strictSame((await collect(again.readStream(stream))).map(labelOf), ['a']);
    await again.close();
  });
};
