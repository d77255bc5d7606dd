import t, { type Test } from 'tap';
import { EventStoreDbStore } from '../../src/adapters/eventstoredb/event-store-db-store.js';
import { EventStoreUnavailable, type ExpectedRevision } from '../../src/ports/event-store.js';
import { addedToCart, appendOrFail, collect, freshCategory, labelOf } from '../contracts/event-store-samples.js';
import type { AppendFault } from './eventstoredb-front/faults.js';
import { openFront } from './eventstoredb-front/open-front.js';
import { rawClient } from './eventstoredb-front/raw-client.js';

const opened = async (t: Test, retry = {}) => {
  const front = await openFront(t);
  const store = new EventStoreDbStore({ connectionString: front.connectionString, retry: { attemptMs: 500, ...retry } });
  t.teardown(() => store.close());
  return { front, store, stream: `${freshCategory()}-1` };
};

const losses: readonly AppendFault[] = ['written-unavailable', 'written-deadline', 'written-dropped', 'written-silent'];

for (const isForgetful of [false, true]) {
  const server = isForgetful ? 'a server that does not know its events again' : 'a server that does';
  for (const loss of losses) {
    t.test(`pitfall 18: ${loss}, at ${server}: the events stand once, and the answer is the first one`, async (t) => {
      const { front, store, stream } = await opened(t);
      front.faults.isForgetful = isForgetful;
      let expected: ExpectedRevision = 'no_stream';
      for (let n = 0; n < 3; n += 1) {
        front.faults.appends.push(loss);
        const result = await store.append(stream, expected, [addedToCart(`${n}.a`), addedToCart(`${n}.b`)]);
        const last = (await collect(store.readStream(stream))).at(-1);
        t.strictSame(result, { ok: true, revision: n * 2 + 1, position: last?.position });
        expected = n * 2 + 1;
      }
      t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['0.a', '0.b', '1.a', '1.b', '2.a', '2.b']);
    });
  }
}

t.test('pitfall 18: an append that names no revision is looked for before it is tried again', async (t) => {
  const { front, store, stream } = await opened(t);
  front.faults.isForgetful = true;
  front.faults.appends.push('written-dropped', 'written-unavailable', 'unavailable');
  t.match(await store.append(stream, 'any', [addedToCart('a')]), { ok: true, revision: 0 });
  t.match(await store.append(stream, 'stream_exists', [addedToCart('b'), addedToCart('c')]), { ok: true, revision: 2 });
  t.match(await store.append(stream, 'any', [addedToCart('d')]), { ok: true, revision: 3 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'b', 'c', 'd']);
});

t.test('an append that names no revision gets past what others appended after its reply was lost', async (t) => {
  const { front, store, stream } = await opened(t);
  await appendOrFail(store, stream, ['a']);
  await rawClient(front.connectionString).json(stream, 'SomethingElse');
  front.faults.isForgetful = true;
  front.faults.appends.push('unavailable');
  t.match(await store.append(stream, 'any', [addedToCart('b')]), { ok: true, revision: 2 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'b']);
});

t.test('after a lost reply the events of another program are still a conflict', async (t) => {
  const { front, store, stream } = await opened(t);
  await appendOrFail(store, stream, ['a', 'b']);
  front.faults.appends.push('unavailable', 'unavailable');
  t.strictSame(await store.append(stream, 0, [addedToCart('mine')]), { ok: false, reason: 'wrong-expected-revision', currentRevision: 1 });
  t.equal(front.context.requests.appends, 4);
});

t.test('pitfall 18: replies lost at random under load: every append is answered, and stands once', async (t) => {
  const { front, store } = await opened(t, { attemptMs: 300 });
  const category = freshCategory();
  let asked = 0;
  const faults: readonly AppendFault[] = ['unavailable', 'written-unavailable', 'written-deadline', 'written-silent', 'not-leader'];
  front.faults.anyAppend = () => {
    asked += 1;
    if (asked % 40 === 0) return 'written-dropped';
    return asked % 3 === 0 ? faults[(asked / 3) % faults.length] : undefined;
  };
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; n < 15; n += 1) {
      const result = await store.append(`${category}-${writer}`, n === 0 ? 'no_stream' : n - 1, [addedToCart(`${n}`)]);
      if (!result.ok) throw new Error(`${writer}.${n} was refused`);
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
  const labels = Array.from({ length: 15 }, (_, n) => `${n}`);
  for (let writer = 0; writer < 10; writer += 1) {
    t.strictSame((await collect(store.readStream(`${category}-${writer}`))).map(labelOf), labels);
  }
});

t.test('pitfall 18: replies that come too late, to an append that was tried again meanwhile', async (t) => {
  const { front, store, stream } = await opened(t, { attemptMs: 100 });
  await appendOrFail(store, stream, ['a']);
  let asked = 0;
  const triedAgain = new Promise<void>((resolve) => {
    front.faults.anyAppend = () => {
      asked += 1;
      if (asked === 3) resolve();
      return undefined;
    };
  });
  front.context.network.hold();
  const append = store.append(stream, 0, [addedToCart('b')]);
  await triedAgain;
  front.context.network.release();
  t.match(await append, { ok: true, revision: 1 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'b']);
});

t.test('a follower names the leader, and the append goes there', async (t) => {
  const leader = await openFront(t);
  const follower = await openFront(t, { leader: () => leader.endpoint });
  follower.faults.anyAppend = () => 'not-leader';
  const store = new EventStoreDbStore({ connectionString: follower.connectionString });
  t.teardown(() => store.close());
  const stream = `${freshCategory()}-1`;
  t.match(await store.append(stream, 'no_stream', [addedToCart('a')]), { ok: true, revision: 0 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a']);
  t.equal(leader.context.requests.appends, 1);
});

t.test('a cluster is asked by gossip who leads, and asked again when the connection is lost', async (t) => {
  const leader = await openFront(t);
  const follower = await openFront(t, { leader: () => leader.endpoint });
  const hosts = [follower, leader].map(({ endpoint }) => `${endpoint.host}:${endpoint.port}`).join(',');
  const store = new EventStoreDbStore({ connectionString: `kurrentdb://${hosts}?tls=false&discoveryInterval=10` });
  t.teardown(() => store.close());
  const stream = `${freshCategory()}-1`;
  await appendOrFail(store, stream, ['a']);
  leader.context.network.drop();
  await appendOrFail(store, stream, ['b']);
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'b']);
  t.equal(follower.context.requests.appends, 0);
});

t.test('a server that stays away is unavailable; when it comes back, all goes on', async (t) => {
  const { front, store, stream } = await opened(t, { giveUpAfterMs: 400 });
  await appendOrFail(store, stream, ['a']);
  await front.context.network.refuse();
  await t.rejects(store.append(stream, 0, [addedToCart('b')]), EventStoreUnavailable);
  await t.rejects(collect(store.readStream(stream)), EventStoreUnavailable);
  await t.rejects(collect(store.readAll()), EventStoreUnavailable);
  await t.rejects(store.head(), EventStoreUnavailable);
  await front.context.network.accept();
  t.match(await store.append(stream, 0, [addedToCart('c')]), { ok: true, revision: 1 });
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), ['a', 'c']);
});

t.test('a server that is away for a moment is waited for', async (t) => {
  const { front, store, stream } = await opened(t);
  await front.context.network.refuse();
  const append = store.append(stream, 'no_stream', [addedToCart('a')]);
  const head = store.head();
  await front.context.network.accept();
  t.match(await append, { ok: true, revision: 0 });
  t.type(await head, 'bigint');
});

t.test('what the server refuses is not asked again', async (t) => {
  const { front, store, stream } = await opened(t);
  front.faults.anyAppend = () => 'access-denied';
  await t.rejects(store.append(stream, 'no_stream', [addedToCart('a')]), EventStoreUnavailable);
  t.equal(front.context.requests.appends, 1);
});

t.test('a read that breaks off goes on where it was, both ways', async (t) => {
  const { front, store, stream } = await opened(t);
  const labels = Array.from({ length: 50 }, (_, n) => `${n}`);
  await appendOrFail(store, stream, labels);
  front.faults.readsBreakAfter.push(7, 0, 20);
  t.strictSame((await collect(store.readStream(stream))).map(labelOf), labels);
  front.faults.readsBreakAfter.push(7, 30);
  t.strictSame((await collect(store.readStream(stream, { direction: 'backwards', limit: 45 }))).map(labelOf), labels.toReversed().slice(0, 45));
});
