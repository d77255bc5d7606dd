import t, { type Test } from 'tap';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { EventStoreUnavailable } from '../../src/ports/event-store.js';
import { addedToCart, collect, freshCategory, labelOf } from '../contracts/event-store-samples.js';
import type { AppendFault } from './eventstoredb-front/faults.js';
import { openFront } from './eventstoredb-front/open-front.js';

const STREAMS = 40;
const APPENDS = 800;
const UNDER_WAY = 256;

const opened = async (t: Test, { inOrder, ...retry }: { readonly inOrder: boolean; readonly attemptMs?: number; readonly giveUpAfterMs?: number }) => {
  const front = await openFront(t);
  const store = new EventStoreDbStore({ connectionString: front.connectionString, inOrder, retry });
  t.teardown(() => store.close());
  return { front, store, category: freshCategory() };
};

/** What is appended: the nth event to one of some streams, each with the revision that comes next there. */
const nth = (category: string, n: number) => {
  const stream = `${category}-${n % STREAMS}`;
  const revision = Math.floor(n / STREAMS);
  return { stream, expected: revision === 0 ? ('no_stream' as const) : revision - 1, events: [addedToCart(String(n))] };
};

const appendAll = async (store: EventStoreDbStore, category: string): Promise<void> => {
  const underWay: ReturnType<EventStoreDbStore['append']>[] = [];
  for (let n = 0; n < APPENDS; n += 1) {
    const { stream, expected, events } = nth(category, n);
    const append = store.append(stream, expected, events);
    append.catch(() => undefined);
    underWay.push(append);
    if (underWay.length < UNDER_WAY) continue;
    const result = await underWay.shift();
    if (result?.ok !== true) throw new Error('refused');
  }
  for (const append of underWay) if (!(await append).ok) throw new Error('refused');
};

const everything = Array.from({ length: APPENDS }, (_, n) => String(n));

t.test('issue 18.6: appends of many streams under way together stand in the order of the calls', async (t) => {
  const { front, store, category } = await opened(t, { inOrder: true });
  await appendAll(store, category);
  t.strictSame((await collect(store.readAll({ categories: [category] }))).map(labelOf), everything);
  const { appends, batched, batches } = front.context.requests;
  t.strictSame({ appends, batched, batches }, { appends: APPENDS, batched: APPENDS, batches: 1 });
});

/** Those after which the server takes nothing more on that call, so that what it has is the beginning of what was sent. */
const breaks: readonly AppendFault[] = ['unavailable', 'written-unavailable', 'written-dropped'];
for (const fault of breaks) {
  t.test(`issue 18.6: ${fault}, again and again: the order stays, and each stands once`, async (t) => {
    const { front, store, category } = await opened(t, { inOrder: true });
    let asked = 0;
    front.faults.anyAppend = () => {
      asked += 1;
      return asked % 150 === 0 ? fault : undefined;
    };
    await appendAll(store, category);
    t.strictSame((await collect(store.readAll({ categories: [category] }))).map(labelOf), everything);
    t.ok(front.context.requests.batches >= 1);
  });
}

const losses: readonly AppendFault[] = ['written-deadline', 'written-silent'];
for (const loss of losses) {
  t.test(`issue 18.6: ${loss}: the answer is found, and what followed stays behind it`, async (t) => {
    const { front, store, category } = await opened(t, { inOrder: true, attemptMs: 100 });
    let asked = 0;
    front.faults.anyAppend = () => ((asked += 1) === 300 ? loss : undefined);
    await appendAll(store, category);
    t.strictSame((await collect(store.readAll({ categories: [category] }))).map(labelOf), everything);
  });
}

t.test('issue 18.6: after an append that stays without success nothing more is written', async (t) => {
  const { front, store, category } = await opened(t, { inOrder: true, attemptMs: 100, giveUpAfterMs: 300 });
  let asked = 0;
  front.faults.anyAppend = () => ((asked += 1) > 100 ? 'unavailable' : undefined);
  const appends = Array.from({ length: 300 }, (_, n) => nth(category, n)).map(async ({ stream, expected, events }) => store.append(stream, expected, events));
  const results = await Promise.allSettled(appends);
  const firstFailure = results.findIndex(({ status }) => status === 'rejected');
  t.ok(firstFailure > 0);
  t.ok(results.slice(firstFailure).every(({ status }) => status === 'rejected'));
  front.faults.anyAppend = () => undefined;
  await t.rejects(store.append(`${category}-new`, 'no_stream', [addedToCart('late')]), EventStoreUnavailable);
  const standing = (await collect(store.readAll({ categories: [category] }))).map(labelOf);
  t.strictSame(standing, everything.slice(0, standing.length));
});

t.test('issue 18.6: a lonely hole, refused where what followed was written, is seen by the positions', async (t) => {
  const { front, store, category } = await opened(t, { inOrder: true });
  front.faults.appends.push('not-leader');
  const results = await Promise.all([0, 1].map((n) => nth(category, n)).map(async ({ stream, expected, events }) => store.append(stream, expected, events)));
  const [first, second] = results;
  t.ok(first?.ok === true && second?.ok === true && first.position > second.position);
});

t.test('issue 18.6: commands are batched, too; one that fails goes by itself, and batches come back', async (t) => {
  const { front, store, category } = await opened(t, { inOrder: false });
  await appendAll(store, category);
  t.strictSame([front.context.requests.batched, front.context.requests.batches], [APPENDS, 1]);
  front.faults.appends.push('not-leader');
  t.match(await store.append(`${category}-a`, 'no_stream', [addedToCart('a')]), { ok: true, revision: 0 });
  t.equal(front.context.requests.batched, APPENDS + 1, 'the second attempt is single');
  for (let n = 0; front.context.requests.batches === 1; n += 1) await store.append(`${category}-b`, n === 0 ? 'no_stream' : n - 1, [addedToCart(String(n))]);
  t.equal(front.context.requests.batches, 2, 'the call whose node may not lead any more is given up');
  t.strictSame(await store.append(`${category}-a`, 5, [addedToCart('b')]), { ok: false, reason: 'wrong-expected-revision', currentRevision: 0 });
  t.strictSame(await store.append(`${category}-none`, 5, [addedToCart('b')]), { ok: false, reason: 'wrong-expected-revision', currentRevision: 'no_stream' });
});

const troubles: readonly AppendFault[] = ['not-leader', 'written-deadline', 'written-silent'];
for (const trouble of troubles) {
  t.test(`issue 18.6: ${trouble} of one stream is nothing to the others that are under way`, async (t) => {
    const { front, store, category } = await opened(t, { inOrder: false, attemptMs: 1_000 });
    let asked = 0;
    front.faults.anyAppend = () => ((asked += 1) === 2 ? trouble : undefined);
    const appends = [0, 1, 2, 3].map((n) => nth(category, n)).map(async ({ stream, expected, events }) => store.append(stream, expected, events));
    for (const result of await Promise.all(appends)) t.match(result, { ok: true, revision: 0 });
    const { appends: all, batched } = front.context.requests;
    t.strictSame({ all, batched }, { all: 5, batched: 4 }, 'one is repeated, by itself');
    t.strictSame((await collect(store.readAll({ categories: [category] }))).map(labelOf).toSorted(), everything.slice(0, 4));
  });
}

t.test('issue 18.6: what is too large for a batch goes by itself', async (t) => {
  const { front, store, category } = await opened(t, { inOrder: false });
  const large = Array.from({ length: 3_000 }, (_, n) => ({ ...addedToCart(String(n).padEnd(400, '-')) }));
  t.match(await store.append(`${category}-a`, 'no_stream', large), { ok: true, revision: large.length - 1 });
  t.equal(front.context.requests.batched, 0);
});
