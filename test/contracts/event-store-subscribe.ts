import type { Test } from 'tap';
import { appendOrFail, freshCategory, labelOf, takeUntil } from './event-store-samples.js';
import type { OpenEventStore } from './event-store.js';

export const subscriptionContract = (t: Test, open: () => Promise<OpenEventStore>): void => {
  const opened = async (t: Test) => {
    const { store, close } = await open();
    const abort = new AbortController();
    t.teardown(async () => {
      abort.abort();
      await close();
    });
    const category = freshCategory();
    const categories = [category];
    const subscribe = (options: Partial<Parameters<typeof store.subscribe>[0]> = {}) =>
      store.subscribe({ after: 0n, categories, signal: abort.signal, ...options });
    return { store, category, subscribe, abort };
  };

  void t.test('what is there is given in batches, then it is live', async (t) => {
    const { store, category, subscribe } = await opened(t);
    for (let n = 0; n < 25; n += 1) await appendOrFail(store, `${category}-${n % 3}`, [`${n}`]);
    const sizes: number[] = [];
    const seen = await takeUntil(subscribe({ batchSize: 10 }), (_, { events, live }) => {
      sizes.push(events.length);
      return live;
    });
    t.ok(sizes.every((size) => size <= 10));
    t.strictSame(seen.map(labelOf), Array.from({ length: 25 }, (_, n) => `${n}`));
  });

  void t.test('on nothing it says at once that it is live', async (t) => {
    const { store, subscribe } = await opened(t);
    const head = await store.head();
    const batches: unknown[] = [];
    await takeUntil(subscribe({ after: head }), (_, batch) => {
      batches.push(batch);
      return batch.live;
    });
    t.match(batches.at(-1), { events: [], live: true });
  });

  void t.test('the position moves on over what the filter leaves out', async (t) => {
    const { store, category, subscribe } = await opened(t);
    const { position } = await appendOrFail(store, `${freshCategory()}-1`, ['other']);
    await takeUntil(subscribe(), (_, batch) => batch.live && batch.position >= position);
    const next = takeUntil(subscribe({ after: position }), (seen) => seen.length === 1);
    await appendOrFail(store, `${category}-1`, ['wanted']);
    t.strictSame((await next).map(labelOf), ['wanted']);
  });

  void t.test('under load nothing is missing and nothing comes twice', async (t) => {
    const { store, category, subscribe, abort } = await opened(t);
    const writers = 20;
    const each = 50;
    const start = await store.head();
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; n < each; n += 1) await appendOrFail(store, `${category}-${writer}`, [`${writer}.${n}.a`, `${writer}.${n}.b`]);
    };
    const total = writers * each * 2;
    const enough = (seen: readonly unknown[]): boolean => seen.length >= total;
    const early = takeUntil(subscribe(), enough);
    const ofAll = takeUntil(store.subscribe({ after: start, signal: abort.signal }), (seen) =>
      enough(seen.filter(({ stream }) => stream.startsWith(category))),
    );
    const small = takeUntil(subscribe({ batchSize: 3 }), enough);
    const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const late = writing.then(() => takeUntil(subscribe(), enough));
    const expected = (await late).map(({ id }) => id);
    t.equal(new Set(expected).size, total);
    for (const seen of [early, small, ofAll]) {
      const own = (await seen).filter(({ stream }) => stream.startsWith(category));
      t.strictSame(own.map(({ id }) => id), expected);
      t.ok(own.every(({ position }, index) => index === 0 || position > (own[index - 1]?.position ?? 0n)));
    }
  });

  void t.test('a slow reader is given everything when it comes back, in batches of the size it asked for', async (t) => {
    const { store, category, subscribe } = await opened(t);
    const batches = subscribe({ batchSize: 50 })[Symbol.asyncIterator]();
    await appendOrFail(store, `${category}-1`, ['first']);
    t.match(await batches.next(), { done: false });
    const labels = Array.from({ length: 2_000 }, (_, n) => `${n}`);
    for (let start = 0; start < labels.length; start += 500) {
      await Promise.all(labels.slice(start, start + 500).map((label) => appendOrFail(store, `${category}-2`, [label])));
    }
    let count = 0;
    while (count < labels.length) {
      const next = await batches.next();
      if (next.done === true) throw new Error('the subscription ended');
      const { value } = next;
      const own = value.events.filter(({ stream }) => stream === `${category}-2`);
      t.ok(value.events.length <= 50);
      count += own.length;
    }
    t.equal(count, labels.length);
    await batches.return?.();
  });

  void t.test('it goes on after the position of any batch', async (t) => {
    const { store, category, subscribe } = await opened(t);
    const labels = Array.from({ length: 40 }, (_, n) => `${n}`);
    await appendOrFail(store, `${category}-1`, labels);
    const seen: string[] = [];
    let after = 0n;
    while (seen.length < labels.length) {
      await takeUntil(subscribe({ after, batchSize: 7 }), (_, batch) => {
        seen.push(...batch.events.map(labelOf));
        after = batch.position;
        return true;
      });
    }
    t.strictSame(seen, labels);
  });

  void t.test('it ends when the signal aborts, while it waits and when it was aborted before', async (t) => {
    const { subscribe, abort } = await opened(t);
    await takeUntil(subscribe(), (_, { live }) => {
      if (live) abort.abort();
      return false;
    });
    await takeUntil(subscribe(), () => t.fail('a batch after the abort'));
  });

  void t.test('it ends when the store closes', async (t) => {
    const { store, subscribe } = await opened(t);
    let closing = Promise.resolve();
    await takeUntil(subscribe(), (_, { live }) => {
      if (live) closing = store.close();
      return false;
    });
    await closing;
  });
};
