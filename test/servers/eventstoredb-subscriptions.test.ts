import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { EventStoreDbStore, type EventStoreDbOptions } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { recentHead, type EventStore, type Position, type SubscriptionBatch } from '../../src/ports/event-store.js';
import { appendOrFail, collect, freshCategory, labelOf, takeUntil } from '../contracts/event-store-samples.js';
import { openFront } from './eventstoredb-front/open-front.js';

const opened = async (t: Test, options: Partial<EventStoreDbOptions> = {}) => {
  const front = await openFront(t);
  const store = new EventStoreDbStore({ connectionString: front.connectionString, retry: { attemptMs: 1_000, longestDelayMs: 100 }, ...options });
  const abort = new AbortController();
  t.teardown(() => {
    abort.abort();
    return store.close();
  });
  return { front, store, category: freshCategory(), signal: abort.signal };
};

const write = async (store: EventStore<DomainEvent>, category: string, writers: number, each: number): Promise<void> => {
  const writeOne = async (writer: number): Promise<void> => {
    for (let n = 0; n < each; n += 1) await appendOrFail(store, `${category}-${writer}`, [`${writer}.${n}`]);
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => writeOne(writer)));
};

const total = 500;

t.test('pitfall 19: subscriptions broken off at random under load, every event given twice: none is lost, none comes twice', async (t) => {
  const { front, store, category, signal } = await opened(t);
  let lives = 0;
  front.faults.deliveries = 2;
  front.faults.subscriptionLife = () => {
    lives += 1;
    return (lives * 37) % 90;
  };
  const enough = (seen: readonly unknown[]): boolean => seen.length >= total;
  const filtered = takeUntil(store.subscribe({ after: 0n, categories: [category], signal }), enough);
  const ofAll = takeUntil(store.subscribe({ after: 0n, signal, batchSize: 7 }), enough);
  await write(store, category, 10, total / 10);
  const expected = (await collect(store.readStream(`${category}-0`))).map(({ id }) => id);
  for (const seen of [await filtered, await ofAll]) {
    t.equal(new Set(seen.map(({ id }) => id)).size, total);
    t.equal(seen.length, total);
    t.strictSame(seen.filter(({ stream }) => stream === `${category}-0`).map(({ id }) => id), expected);
    t.ok(seen.every(({ position }, index) => index === 0 || position > (seen[index - 1]?.position ?? 0n)));
  }
  t.ok(front.context.requests.subscriptions > 10);
});

t.test('the server goes away and comes back, again and again, while events come', async (t) => {
  const troubles: unknown[] = [];
  const { front, store, category, signal } = await opened(t, { onTrouble: (error) => troubles.push(error) });
  const seen = takeUntil(store.subscribe({ after: 0n, categories: [category], signal }), (events) => events.length >= 200);
  for (let n = 0; n < 4; n += 1) {
    await write(store, `${category}`, 5, 10);
    await front.context.network.refuse();
    await front.context.network.accept();
  }
  const events = await seen;
  t.equal(new Set(events.map(({ id }) => id)).size, 200);
  t.equal(events.length, 200);
  t.ok(troubles.length > 0);
});

t.test('every node of a cluster goes away under load: nothing crashes, all goes on when they are back', async (t) => {
  const front = await openFront(t);
  const { host, port } = front.endpoint;
  const connectionString = `esdb://${host}:${port},localhost:${port}?tls=false&discoveryInterval=10&maxDiscoverAttempts=3`;
  let undiscovered = 0;
  let gone: () => void = () => undefined;
  const onTrouble = (error: unknown): void => {
    if (error instanceof Error && error.message.includes('discover')) undiscovered += 1;
    if (undiscovered >= 30) gone();
  };
  const store = new EventStoreDbStore({ connectionString, retry: { longestDelayMs: 100 }, onTrouble });
  const abort = new AbortController();
  t.teardown(() => {
    abort.abort();
    return store.close();
  });
  const category = freshCategory();
  const seen = Promise.all(
    Array.from({ length: 10 }, () =>
      takeUntil(store.subscribe({ after: 0n, categories: [category], signal: abort.signal }), (events) => events.length >= 300),
    ),
  );
  const writing = write(store, category, 20, 15);
  for (let n = 0; n < 3; n += 1) {
    await takeUntil(store.subscribe({ after: 0n, categories: [category], signal: abort.signal }), (events) => events.length >= 60 * (n + 1));
    const isGone = new Promise<void>((resolve) => (gone = resolve));
    undiscovered = 0;
    await front.context.network.refuse();
    await isGone;
    await front.context.network.accept();
  }
  await writing;
  for (const events of await seen) {
    t.equal(events.length, 300);
    t.equal(new Set(events.map(({ id }) => id)).size, 300);
  }
});

t.test('a connection that breaks while the cluster is looked for does not crash the process', async (t) => {
  const front = await openFront(t);
  const { host, port } = front.endpoint;
  const connectionString = `esdb://${host}:${port},localhost:${port}?tls=false&discoveryInterval=200&maxDiscoverAttempts=3`;
  let gone: () => void = () => undefined;
  const isGone = new Promise<void>((resolve) => (gone = resolve));
  const onTrouble = (error: unknown): void => {
    if (error instanceof Error && error.message.includes('discover')) gone();
  };
  const store = new EventStoreDbStore({ connectionString, onTrouble });
  const abort = new AbortController();
  t.teardown(() => {
    abort.abort();
    return store.close();
  });
  const category = freshCategory();
  const { network } = front.context;
  await appendOrFail(store, `${category}-1`, ['a']);
  const seen: string[] = [];
  let crash: (() => void) | undefined = () => {
    network.refuseNew();
    front.faults.appends.push('unavailable');
    void appendOrFail(store, `${category}-1`, ['b']);
  };
  const following = takeUntil(store.subscribe({ after: 0n, categories: [category], signal: abort.signal }), (events, { live }) => {
    if (live) {
      crash?.();
      crash = undefined;
    }
    seen.splice(0, seen.length, ...events.map(labelOf));
    return seen.length === 2;
  });
  while (front.context.requests.appends < 2) await nextTurn();
  // The append tries again, and finds nobody; the subscription still has the old connection.
  const looking = store.head();
  for (let turn = 0; turn < 1_000; turn += 1) await nextTurn();
  network.drop();
  await isGone;
  await network.accept();
  await following;
  t.type(await looking, 'bigint');
  t.strictSame(seen, ['a', 'b']);
});

t.test('it says that it is not live when the connection is lost, and when it is again', async (t) => {
  const { front, store, category, signal } = await opened(t);
  const states: boolean[] = [];
  await takeUntil(store.subscribe({ after: 0n, categories: [category], signal }), (_, { live }) => {
    if (live !== states.at(-1)) states.push(live);
    if (live) front.dropSubscriptions();
    return states.length === 3;
  });
  t.strictSame(states, [true, false, true]);
});

for (const isTaciturn of [false, true]) {
  t.test(`the position reaches the head over what is filtered out${isTaciturn ? ', also without checkpoints' : ''}`, async (t) => {
    const { front, store, category, signal } = await opened(t);
    front.faults.isTaciturn = isTaciturn;
    const reached: Position[] = [];
    const batches = store.subscribe({ after: 0n, categories: [category], signal });
    const until = async (enough: (batch: SubscriptionBatch<DomainEvent>) => boolean): Promise<void> => {
      const next = await batches[Symbol.asyncIterator]().next();
      if (next.done === true) throw new Error('the subscription ended');
      reached.push(next.value.position);
      if (!enough(next.value)) await until(enough);
    };
    await until(({ live }) => live);
    const { position: target } = await appendOrFail(store, `${freshCategory()}-1`, ['of another']);
    await until(({ position }) => position >= target);
    t.ok((reached.at(-1) ?? 0n) >= (await store.head()));
    t.strictSame(reached, reached.toSorted((a, b) => (a < b ? -1 : 1)));
  });
}

t.test('a subscription that is behind catches up in pages, then joins those that follow', async (t) => {
  const { front, store, category, signal } = await opened(t);
  await write(store, category, 10, 60);
  await write(store, freshCategory(), 10, 60);
  const seen = await takeUntil(store.subscribe({ after: 0n, categories: [category], signal }), (_, { live }) => live);
  t.equal(seen.length, 600);
  t.equal(front.context.requests.subscriptions, 2, 'one for the past, one for all who follow');
});

t.test('issue 18.1: many follow, each with its own filter and pace, over one subscription; each event is received once', async (t) => {
  const { front, store, category, signal } = await opened(t);
  const other = freshCategory();
  const after = await store.head();
  const follow = (categories: readonly string[] | undefined, batchSize: number, most: number) =>
    takeUntil(store.subscribe({ after, batchSize, signal, ...(categories === undefined ? {} : { categories }) }), (seen) => seen.length >= most);
  const followers = [follow([category], 3, 100), follow([other], 512, 100), follow(undefined, 7, 200), follow([category, other], 512, 200)];
  await write(store, category, 10, 10);
  await write(store, other, 10, 10);
  const [ofOne, ofOther, ofAll, ofBoth] = await Promise.all(followers);
  t.strictSame(ofOne?.map(({ id }) => id), ofAll?.filter(({ stream }) => stream.startsWith(category)).map(({ id }) => id));
  t.strictSame(ofOther?.map(({ id }) => id), ofAll?.filter(({ stream }) => stream.startsWith(other)).map(({ id }) => id));
  t.strictSame(ofBoth?.map(({ id }) => id), ofAll?.map(({ id }) => id));
  t.equal(front.context.requests.subscriptions, 1);
  t.equal(front.context.requests.events, 200);
});

t.test('issue 18.1: a follower that falls out of what is held reads by itself, loses nothing, and joins again', async (t) => {
  const { front, store, category, signal } = await opened(t, { feedBytes: 100_000 });
  const after = await store.head();
  const slow = store.subscribe({ after, batchSize: 10, signal })[Symbol.asyncIterator]();
  const quick = takeUntil(store.subscribe({ after, signal }), (seen) => seen.length >= total + 10);
  const first = slow.next();
  await write(store, category, 10, total / 10);
  const seen: string[] = [];
  for (let next = await first; next.done !== true; next = await slow.next()) {
    seen.push(...next.value.events.map(({ id }) => id));
    if (seen.length >= total) break;
  }
  t.equal(front.context.requests.subscriptions, 2, 'it fell out');
  await write(store, freshCategory(), 1, 10);
  while (seen.length < total + 10) {
    const next = await slow.next();
    if (next.done === true) break;
    seen.push(...next.value.events.map(({ id }) => id));
  }
  t.strictSame(seen, (await quick).map(({ id }) => id));
  t.equal(front.context.requests.subscriptions, 2, 'and joined again');
});

t.test('issue 18.2: the head is known without asking while the feed is live, and not while it is not', async (t) => {
  const { front, store, category, signal } = await opened(t);
  t.equal(store.knownHead(), undefined, 'nobody follows');
  const batches = store.subscribe({ after: 0n, signal })[Symbol.asyncIterator]();
  const until = async (enough: (batch: SubscriptionBatch<DomainEvent>) => boolean): Promise<void> => {
    const next = await batches.next();
    if (next.done !== true && !enough(next.value)) await until(enough);
  };
  await until(({ live }) => live);
  const { position } = await appendOrFail(store, `${category}-1`, ['a']);
  t.equal(store.knownHead(), position, 'what this process appended is known at once');
  const another = new EventStoreDbStore({ connectionString: front.connectionString });
  t.teardown(() => another.close());
  const { position: theirs } = await appendOrFail(another, `${category}-2`, ['b']);
  await until(({ position: reached }) => reached >= theirs);
  t.equal(store.knownHead(), theirs);
  const { heads } = front.context.requests;
  t.equal(await recentHead(store), theirs);
  t.equal(front.context.requests.heads, heads);
  await front.context.network.refuse();
  await until(({ live }) => !live);
  t.equal(store.knownHead(), undefined);
  await front.context.network.accept();
  await until(({ live }) => live);
  t.equal(store.knownHead(), theirs);
});

t.test('pages of the whole log without any category are empty, and end', async (t) => {
  const { store, category, signal } = await opened(t);
  await appendOrFail(store, `${category}-1`, ['a']);
  t.strictSame(await collect(store.readAll({ categories: [] })), []);
  t.strictSame(await takeUntil(store.subscribe({ after: 0n, categories: [], signal }), (_, { live }) => live), []);
  t.strictSame((await collect(store.readAll())).map(labelOf), ['a']);
});
