import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { Aggregate } from '../../../src/domain/kernel/aggregate.js';
import { CommandHandler } from '../../../src/commands/write-path/command-handler.js';
import type { CommandContext } from '../../../src/commands/context.js';
import { eventHash } from '../../../src/commands/write-path/stamp-events.js';
import type { CartEvent } from '../../../src/domain/cart/events.js';
import { accept, reject, type Decider } from '../../../src/domain/kernel/decider.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { EventStoreUnavailable, type EventStore, type RecordedEvent } from '../../../src/ports/event-store.js';
import { uuidV5 } from '../../../src/primitives/uuid-v5.js';
import { CacheShare } from '../../../src/primitives/cache-budget.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

// A shelf with a limited number of places: the smallest decider that two commands can contend for.
const places = 100;
interface Put {
  readonly courseId: string;
}
const shelf: Decider<number, Put, CartEvent, 'shelf-full'> = {
  initialState: () => 0,
  decide: ({ courseId }, taken) => {
    if (courseId === 'already-so') return accept();
    if (courseId === 'bug') throw new Error('a bug in decide');
    if (courseId === '') return accept({ type: 'CourseAddedToCart', data: { userId: '', courseId: '', addedAt: 'never' } });
    if (taken >= places) return reject('shelf-full', { places });
    return accept({ type: 'CourseAddedToCart', data: { userId: 'u', courseId, addedAt: '2026-03-01T12:00:00.000Z' } });
  },
  evolve: (taken) => taken + 1,
};
const shelfAggregate: Aggregate<number, Put, CartEvent, 'shelf-full'> = {
  category: 'cart',
  decider: shelf,
  eventTypes: new Set(['CourseAddedToCart']),
  hashChained: true,
};

const context = (commandId: string = randomUUID()): CommandContext => ({ commandId, actorId: 'u', correlationId: 'c', causationId: 'r' });

const handlerOver = (store: EventStore<DomainEvent>, cache = new CacheShare()): CommandHandler =>
  new CommandHandler({ store, codec: new EventCodec(), clock: new FakeClock(), cache });

const eventsOf = async (store: EventStore<DomainEvent>, stream: string): Promise<RecordedEvent<DomainEvent>[]> => {
  const events: RecordedEvent<DomainEvent>[] = [];
  for await (const event of store.readStream(stream)) events.push(event);
  return events;
};

/** Counts appends, and can pretend to be one of several processes or lose replies. */
class WatchedStore extends MemoryEventStore<DomainEvent> {
  override readonly shared: boolean;
  appends = 0;
  reads = 0;
  loseNextReply = false;

  constructor(shared = false) {
    super();
    this.shared = shared;
  }

  override readStream(...args: Parameters<MemoryEventStore<DomainEvent>['readStream']>) {
    this.reads += 1;
    return super.readStream(...args);
  }

  override async append(...args: Parameters<MemoryEventStore<DomainEvent>['append']>) {
    this.appends += 1;
    const result = await super.append(...args);
    if (this.loseNextReply) {
      this.loseNextReply = false;
      throw new EventStoreUnavailable('the reply was lost');
    }
    return result;
  }
}

t.test('pitfall 1: 10,000 concurrent commands for 100 places give exactly 100, in few appends', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store);
  const handled = await Promise.all(
    Array.from({ length: 10_000 }, (_, i) => handler.handle(shelfAggregate, 'u', { courseId: `c${i}` }, context())),
  );
  t.equal(handled.filter(({ ok }) => ok).length, places);
  t.equal((await eventsOf(store, 'cart-u')).length, places);
  t.ok(store.appends <= 3, `${store.appends} appends`);
  const refused = handled.find(({ ok }) => !ok);
  t.same(refused, { ok: false, rejection: 'shelf-full', details: { places } }, 'the state stays inside');
});

t.test('several processes on one stream: conflicts are decided again, the limit holds', async (t) => {
  const store = new WatchedStore(true);
  const handlers = [handlerOver(store), handlerOver(store), handlerOver(store)];
  const handled = await Promise.all(
    handlers.flatMap((handler, node) =>
      Array.from({ length: 60 }, (_, i) => handler.handle(shelfAggregate, 'u', { courseId: `c${node}-${i}` }, context())),
    ),
  );
  t.equal(handled.filter(({ ok }) => ok).length, places);
  t.equal((await eventsOf(store, 'cart-u')).length, places);
});

t.test('a refusal does not rest on a state that another process has moved on from', async (t) => {
  const store = new WatchedStore(true);
  const [one, other] = [handlerOver(store), handlerOver(store)];
  await one.handle(shelfAggregate, 'u', { courseId: 'first' }, context());
  await other.handle(shelfAggregate, 'u', { courseId: 'second' }, context());
  const handled = await one.handle(shelfAggregate, 'u', { courseId: 'already-so' }, context());
  t.match(handled, { ok: true, state: 2, revision: 1 });
});

t.test('the same command id is carried out once, also after a restart', async (t) => {
  const store = new WatchedStore();
  const again = context();
  const first = await handlerOver(store).handle(shelfAggregate, 'u', { courseId: 'a' }, again);
  const repeated = await Promise.all(
    Array.from({ length: 20 }, () => handlerOver(store).handle(shelfAggregate, 'u', { courseId: 'a' }, again)),
  );
  t.match(first, { ok: true, duplicate: false, changed: true, revision: 0 });
  for (const handled of repeated) t.match(handled, { ok: true, duplicate: true, changed: true, revision: 0, state: 1, position: 1n });
  t.equal((await eventsOf(store, 'cart-u')).length, 1);
});

t.test('a command that finds everything as it wants it has changed nothing, also when it comes again', async (t) => {
  const handler = handlerOver(new WatchedStore());
  const again = context();
  await handler.handle(shelfAggregate, 'u', { courseId: 'a' }, context());
  for (let time = 1; time <= 2; time += 1) {
    const handled = await handler.handle(shelfAggregate, 'u', { courseId: 'already-so' }, again);
    t.match(handled, { ok: true, changed: false, duplicate: false, revision: 0, position: 1n });
  }
});

t.test('the same command 20 times at once is carried out once', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store);
  const again = context();
  const handled = await Promise.all(Array.from({ length: 20 }, () => handler.handle(shelfAggregate, 'u', { courseId: 'a' }, again)));
  t.equal(handled.filter((each) => each.ok && !each.duplicate).length, 1);
  t.equal((await eventsOf(store, 'cart-u')).length, 1);
});

t.test('pitfall 18: a retry after a lost reply appends no second event', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store);
  const again = context();
  await handler.handle(shelfAggregate, 'u', { courseId: 'before' }, context());
  store.loseNextReply = true;
  await t.rejects(handler.handle(shelfAggregate, 'u', { courseId: 'a' }, again), EventStoreUnavailable);
  const retried = await handler.handle(shelfAggregate, 'u', { courseId: 'a' }, again);
  t.match(retried, { ok: true, duplicate: true, revision: 1 });
  t.equal((await eventsOf(store, 'cart-u')).length, 2);
});

t.test('a bug in one decision, or an event that breaks its schema, does not take the others down', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store);
  const ids = ['a', 'bug', 'b', '', 'c'];
  const settled = await Promise.allSettled(ids.map((courseId) => handler.handle(shelfAggregate, 'u', { courseId }, context())));
  t.same(
    settled.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  );
  const events = await eventsOf(store, 'cart-u');
  t.same(events.map(({ data }) => 'courseId' in data && data.courseId), ['a', 'b', 'c']);
});

t.test('events carry who, why and what of, and ids that follow from the command', async (t) => {
  const store = new WatchedStore();
  const asked = context();
  await handlerOver(store).handle(shelfAggregate, 'u', { courseId: 'a' }, asked);
  const [event] = await eventsOf(store, 'cart-u');
  t.match(event, {
    id: uuidV5('cart-u/0', asked.commandId),
    metadata: {
      actorId: 'u',
      correlationId: 'c',
      causationId: 'r',
      commandId: asked.commandId,
      occurredAt: '2026-03-01T12:00:00.000Z',
      schemaVersion: 1,
    },
  });
});

t.test('a hash-chained stream: each event carries its predecessor’s hash, across batches and restarts', async (t) => {
  const store = new WatchedStore();
  for (let i = 0; i < 3; i += 1) {
    const handler = handlerOver(store);
    await Promise.all(['a', 'b', 'c'].map((id) => handler.handle(shelfAggregate, 'u', { courseId: `${id}${i}` }, context())));
  }
  let previous: string | null = null;
  const events = await eventsOf(store, 'cart-u');
  for (const event of events) {
    t.equal(event.metadata.previousHash, previous);
    t.equal(event.metadata.hash, eventHash(event.stream, event.revision, event));
    previous = event.metadata.hash ?? null;
  }
  t.equal(events.length, 9);
});

t.test('streams that fall out of the cache are read again', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store, new CacheShare(4_000));
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 10; i += 1) await handler.handle(shelfAggregate, `u${i}`, { courseId: `c${round}` }, context());
  }
  for (let i = 0; i < 10; i += 1) t.match(await handler.load(shelfAggregate, `u${i}`), { state: 3, revision: 2 });
});

t.test('issue 9.0: whatever number of streams has work, their states take no more memory than their share', async (t) => {
  const store = new WatchedStore();
  const cache = new CacheShare(200_000);
  const handler = handlerOver(store, cache);
  let largest = 0;
  for (let n = 0; n < 2_000; n += 1) {
    await handler.handle(shelfAggregate, `u${n}`, { courseId: 'a' }, context());
    largest = Math.max(largest, cache.held);
  }
  t.ok(largest <= cache.bytes * 1.02, `${largest} bytes`);
  t.ok(cache.held > cache.bytes / 4, 'and it is used');
  const readsBefore = store.reads;
  await handler.load(shelfAggregate, 'u0');
  t.equal(store.reads, readsBefore + 1, 'what was let go of is gone');
});

t.test('issue 9.0: streams at rest are let go of first', async (t) => {
  const store = new WatchedStore();
  const handler = handlerOver(store, new CacheShare(400_000));
  const resting = { ...shelfAggregate, category: 'resting', decider: { ...shelfAggregate.decider, isAtRest: () => true } };
  await handler.handle(shelfAggregate, 'u', { courseId: 'a' }, context());
  for (let n = 0; n < 2_000; n += 1) await handler.handle(resting, `u${n}`, { courseId: 'a' }, context());
  const readsBefore = store.reads;
  await handler.load(shelfAggregate, 'u');
  t.equal(store.reads, readsBefore, 'one with work to come is still there');
  await handler.load(resting, 'u0');
  t.equal(store.reads, readsBefore + 1);
});
