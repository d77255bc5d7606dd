import type { Test } from 'tap';
import { appendOrFail, collect, freshCategory, labelOf } from './event-store-samples.js';
import type { OpenEventStore } from './event-store.js';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n));

export const readContract = (t: Test, open: () => Promise<OpenEventStore>): void => {
  const opened = async (t: Test) => {
    const { store, close } = await open();
    t.teardown(close);
    return { store, category: freshCategory() };
  };

  void t.test('a stream that is not there has no events', async (t) => {
    const { store, category } = await opened(t);
    t.strictSame(await collect(store.readStream(`${category}-1`)), []);
    t.strictSame(await collect(store.readStream(`${category}-1`, { direction: 'backwards' })), []);
  });

  void t.test('a stream is read from any revision, both ways, with a limit', async (t) => {
    const { store, category } = await opened(t);
    const stream = `${category}-1`;
    const labels = numbered(600);
    for (let start = 0; start < labels.length; start += 7) {
      await appendOrFail(store, stream, labels.slice(start, start + 7));
      if (start % 70 === 0) await appendOrFail(store, `${category}-2`, ['other']);
    }
    const read = async (options?: Parameters<typeof store.readStream>[1]) =>
      (await collect(store.readStream(stream, options))).map(labelOf);
    t.strictSame(await read(), labels);
    t.strictSame(await read({ fromRevision: 300 }), labels.slice(300));
    t.strictSame(await read({ fromRevision: 31, limit: 3 }), ['31', '32', '33']);
    t.strictSame(await read({ fromRevision: 600 }), []);
    t.strictSame(await read({ limit: 0 }), []);
    t.strictSame(await read({ direction: 'backwards' }), labels.toReversed());
    t.strictSame(await read({ direction: 'backwards', limit: 2 }), ['599', '598']);
    t.strictSame(await read({ direction: 'backwards', fromRevision: 33, limit: 3 }), ['33', '32', '31']);
    t.strictSame(await read({ direction: 'backwards', fromRevision: 1 }), ['1', '0']);
  });

  void t.test('streams whose names begin alike are kept apart', async (t) => {
    const { store, category } = await opened(t);
    await appendOrFail(store, `${category}-1`, ['one']);
    await appendOrFail(store, `${category}-10`, ['ten']);
    await appendOrFail(store, `${category}-1-0`, ['dashed']);
    t.strictSame((await collect(store.readStream(`${category}-1`))).map(labelOf), ['one']);
    t.strictSame((await collect(store.readStream(`${category}-10`))).map(labelOf), ['ten']);
  });

  void t.test('the log is read in order of positions, by category, after a position, with a limit', async (t) => {
    const { store, category } = await opened(t);
    const [first, second] = [`${category}a`, `${category}b`];
    const before = await store.head();
    await Promise.all(
      numbered(300).map((n) => appendOrFail(store, `${Number(n) % 3 === 0 ? first : second}-${n}`, [`${n}.0`, `${n}.1`])),
    );
    const both = await collect(store.readAll({ after: before, categories: [first, second] }));
    t.equal(both.length, 600);
    const positions = both.map(({ position }) => position);
    t.strictSame(positions, positions.toSorted((a, b) => (a < b ? -1 : 1)));
    t.equal(new Set(positions).size, 600);
    t.equal((await collect(store.readAll({ categories: [first] }))).length, 200);
    t.strictSame(await collect(store.readAll({ categories: [`${category}c`] })), []);
    const middle = both[250];
    if (middle === undefined) throw new Error('no event');
    const rest = await collect(store.readAll({ after: middle.position, categories: [second, first], limit: 100 }));
    t.strictSame(rest, both.slice(251, 351));
    const everything = await collect(store.readAll({ after: before }));
    t.strictSame(everything.filter(({ stream }) => stream.startsWith(category)), both);
    t.ok((await store.head()) >= (both.at(-1)?.position ?? 0n));
  });
};
