import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { AppendQueue } from '../../../src/adapters/embedded/event-store/append-queue.js';
import type { PendingAppend, SettledAppend, WrittenGroup } from '../../../src/adapters/embedded/event-store/append-group.js';
import { CategoryIndex } from '../../../src/adapters/embedded/event-store/category-index.js';
import { lastPosition, openLogEnvironment } from '../../../src/adapters/embedded/event-store/log-environment.js';
import { LogWriter } from '../../../src/adapters/embedded/event-store/log-writer.js';
import { StreamIndex } from '../../../src/adapters/embedded/event-store/stream-index.js';
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

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const withResolvers = (): PromiseWithResolvers => {
  let resolve = (): void => undefined;
  let reject = (_: unknown): void => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};

const pushTo = (queue: AppendQueue, stream = 'queue-1'): Promise<AppendResult> =>
  new Promise((resolve, reject) => {
    queue.push({ stream, expected: 'any', events: [addedToCart('a')], resolve, reject });
  });

const settledIn = (group: readonly PendingAppend[]): SettledAppend[] =>
  group.map((pending) => ({ pending, outcome: { ok: true, revision: 0, position: 1n } }));

void t.test('after a failed write nothing more is taken: the state of the log is unknown until it is reopened', async (t) => {
  let groups = 0;
  const write = (group: readonly PendingAppend[]): WrittenGroup => {
    groups += 1;
    return { settled: settledIn(group), postponed: [], flushed: Promise.reject(new Error('no space left on device')) };
  };
  const shown: SettledAppend[] = [];
  const queue = new AppendQueue(write, (settled) => shown.push(...settled));
  const failure = { name: 'EventStoreUnavailable', message: /no space left on device.*restart/ };
  await Promise.all([t.rejects(pushTo(queue), failure), t.rejects(pushTo(queue), failure)]);
  const seen = groups;
  await t.rejects(pushTo(queue), EventStoreUnavailable);
  t.equal(groups, seen);
  t.strictSame(shown, [], 'readers see nothing of it');
  t.match(queue.failure, failure, 'what /health shows');
  await queue.close();
});

void t.test('what is written after a group that failed has failed with it, even where its own flush went well', async (t) => {
  const outcomes: PromiseWithResolvers[] = [];
  const write = (group: readonly PendingAppend[]): WrittenGroup => {
    const outcome = withResolvers();
    outcomes.push(outcome);
    return { settled: settledIn(group), postponed: [], flushed: outcome.promise };
  };
  const queue = new AppendQueue(write, () => t.fail('nothing may be shown'));
  const first = pushTo(queue);
  await nextTurn();
  const second = pushTo(queue);
  await nextTurn();
  t.equal(outcomes.length, 2);
  const third = pushTo(queue);
  outcomes[0]?.reject(new Error('input/output error'));
  await t.rejects(first, /input\/output error/);
  await t.rejects(third, /input\/output error/);
  outcomes[1]?.resolve();
  await t.rejects(second, /input\/output error/);
  await queue.close();
});

void t.test('appends of a turn share a transaction, and what can’t be decided yet waits until nothing is being written', async (t) => {
  const groups: { size: number; alone: boolean }[] = [];
  const flush = withResolvers();
  const write = (group: readonly PendingAppend[], alone: boolean): WrittenGroup => {
    groups.push({ size: group.length, alone });
    const now = alone ? group : group.filter(({ stream }) => stream !== 'repeat-1');
    return { settled: settledIn(now), postponed: group.filter((pending) => !now.includes(pending)), flushed: flush.promise };
  };
  const queue = new AppendQueue(write, () => undefined);
  const first = Array.from({ length: 6 }, () => pushTo(queue));
  await nextTurn();
  const second = [pushTo(queue, 'repeat-1'), pushTo(queue)];
  await nextTurn();
  flush.resolve();
  await Promise.all([...first, ...second]);
  t.strictSame(groups, [{ size: 6, alone: true }, { size: 2, alone: false }, { size: 1, alone: true }]);
  await queue.close();
});

void t.test('of many, half are written while the others still come in', async (t) => {
  const groups: number[] = [];
  const write = (group: readonly PendingAppend[]): WrittenGroup => {
    groups.push(group.length);
    return { settled: settledIn(group), postponed: [], flushed: nextTurn() };
  };
  const queue = new AppendQueue(write, () => undefined);
  await Promise.all(Array.from({ length: 100 }, () => pushTo(queue)));
  t.equal(groups.reduce((sum, size) => sum + size, 0), 100);
  t.ok(groups.length > 1 && groups.length < 10);
  await queue.close();
});

void t.test('a batch whose predecessor was lost is not written', async (t) => {
  const folder = t.testdir();
  const environment = await openLogEnvironment(folder);
  const streams = new StreamIndex(environment);
  const writer = new LogWriter(environment, streams, new CategoryIndex(environment), 7);
  const pending = { stream: 'lost-1', expected: 'no_stream', events: [addedToCart('a')], resolve: () => undefined, reject: () => undefined } as const;
  await t.rejects(writer.write([pending], true).flushed, /before this one was lost/);
  t.equal(lastPosition(environment), 0);
  t.equal(streams.lastRevision('lost-1'), -1);
  await environment.root.close();
});
