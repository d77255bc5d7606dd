import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import type { CommandContext } from '../../../src/commands/context.js';
import { CommandHandler } from '../../../src/commands/write-path/command-handler.js';
import type { CartEvent } from '../../../src/domain/cart/events.js';
import { EventCodec } from '../../../src/domain/event-codec.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { Aggregate } from '../../../src/domain/kernel/aggregate.js';
import { accept, reject } from '../../../src/domain/kernel/decider.js';
import { runToldStreams } from '../../../src/workers/told-streams.js';
import { FakeClock } from '../../doubles/fake-clock.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';

type Shelving = Readonly<{ type: 'Begin' | 'Put'; courseId: string }>;

/** A shelf that has to be begun, once. */
const shelf: Aggregate<number, Shelving, CartEvent, 'begun' | 'not-begun'> = {
  category: 'cart',
  decider: {
    initialState: () => 0,
    decide: ({ type, courseId }, taken) => {
      if (type === 'Begin' && taken > 0) return reject('begun');
      if (type === 'Put' && taken === 0) return reject('not-begun');
      return accept({ type: 'CourseAddedToCart', data: { userId: 'u', courseId, addedAt: '2026-03-01T12:00:00.000Z' } });
    },
    evolve: (taken) => taken + 1,
    begins: ({ type }) => type === 'Begin',
  },
  eventTypes: new Set(['CourseAddedToCart']),
  hashChained: true,
};

/** A store that several processes share; it counts what is asked of it. */
class SharedStore extends MemoryEventStore<DomainEvent> {
  override readonly shared = true;
  #known = 0n;
  reads = 0;
  appends = 0;

  knownHead(): bigint {
    return this.#known;
  }

  override readStream(...args: Parameters<MemoryEventStore<DomainEvent>['readStream']>) {
    this.reads += 1;
    return super.readStream(...args);
  }

  override async append(...args: Parameters<MemoryEventStore<DomainEvent>['append']>) {
    this.appends += 1;
    const appended = await super.append(...args);
    this.#known = await this.head();
    return appended;
  }
}

const context = (commandId: string = randomUUID()): CommandContext => ({ commandId, actorId: 'u', correlationId: 'c', causationId: 'r' });
const begin: Shelving = { type: 'Begin', courseId: 'a' };
const put: Shelving = { type: 'Put', courseId: 'b' };

const processOn = (store: SharedStore): CommandHandler => new CommandHandler({ store, codec: new EventCodec(), clock: new FakeClock() });

/** One that follows the log. */
const following = async (t: Test, store: SharedStore): Promise<CommandHandler> => {
  const handler = processOn(store);
  const stop = new AbortController();
  const running = runToldStreams({ store, handler, clock: new FakeClock(), onFailure: (_, error) => t.fail(String(error)) }, stop.signal);
  t.teardown(async () => {
    stop.abort();
    await running;
  });
  await turns();
  return handler;
};

/** The subscriptions of a store in memory have given what there is. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

t.test('a command that begins a stream is appended without reading it; what comes after knows the stream', async (t) => {
  const store = new SharedStore();
  const handler = processOn(store);
  t.match(await handler.handle(shelf, 's', begin, context()), { ok: true, state: 1 });
  t.match(await handler.handle(shelf, 's', put, context()), { ok: true, state: 2 });
  t.strictSame([store.reads, store.appends], [0, 2]);
});

t.test('where the stream is there already the command is decided on what stands in it', async (t) => {
  const store = new SharedStore();
  await processOn(store).handle(shelf, 's', begin, context());
  t.match(await processOn(store).handle(shelf, 's', begin, context()), { ok: false, rejection: 'begun' });
});

t.test('a refusal never rests on the guess that the stream is empty', async (t) => {
  const store = new SharedStore();
  await processOn(store).handle(shelf, 's', begin, context());
  const handler = processOn(store);
  const [refused, accepted] = await Promise.all([handler.handle(shelf, 's', begin, context()), handler.handle(shelf, 's', put, context())]);
  t.match(refused, { ok: false, rejection: 'begun' });
  t.match(accepted, { ok: true, state: 2 });
});

t.test('what is sent in one turn goes into one append', async (t) => {
  const store = new SharedStore();
  const handler = processOn(store);
  const answers = await Promise.all([begin, put, put].map((command) => handler.handle(shelf, 's', command, context())));
  t.ok(answers.every(({ ok }) => ok));
  t.equal(store.appends, 1);
});

t.test('the repeat of a beginning, on a stream that has grown, leaves no old state that counts as new', async (t) => {
  const store = new SharedStore();
  const id = randomUUID();
  const first = processOn(store);
  await first.handle(shelf, 's', begin, context(id));
  await first.handle(shelf, 's', put, context());
  const handler = await following(t, store);
  t.match(await handler.handle(shelf, 's', begin, context(id)), { ok: true });
  t.match(await handler.load(shelf, 's', 'lately'), { state: 2, revision: 1 });
});

t.test('a state that is in memory need not be read while it is told of; what others append is read again', async (t) => {
  const store = new SharedStore();
  const handler = await following(t, store);
  await handler.handle(shelf, 's', begin, context());
  await turns();
  t.match(await handler.load(shelf, 's', 'lately'), { state: 1 });
  t.equal(store.reads, 0);
  const other = await processOn(store).handle(shelf, 's', put, context());
  if (!other.ok) throw new Error(other.rejection);
  t.match(await handler.load(shelf, 's', other.position), { state: 2 }, 'as of a position it is known to have, told or not');
  await turns();
  const { reads } = store;
  t.match(await handler.load(shelf, 's', 'lately'), { state: 2 });
  t.match(await handler.load(shelf, 's', other.position), { state: 2 });
  t.equal(store.reads, reads, 'once');
  t.match(await handler.load(shelf, 's'), { state: 2 });
  t.equal(store.reads, reads + 1, 'the newest is asked for');
});

t.test('nobody tells: everything is read', async (t) => {
  const store = new SharedStore();
  const handler = processOn(store);
  await handler.handle(shelf, 's', begin, context());
  await processOn(store).handle(shelf, 's', put, context());
  t.match(await handler.load(shelf, 's', 'lately'), { state: 2 });
});

t.test('a state from before anybody told is not taken for new', async (t) => {
  const store = new SharedStore();
  const handler = processOn(store);
  await handler.handle(shelf, 's', begin, context());
  await processOn(store).handle(shelf, 's', put, context());
  const stop = new AbortController();
  const running = runToldStreams({ store, handler, clock: new FakeClock(), onFailure: (_, error) => t.fail(String(error)) }, stop.signal);
  await turns();
  t.match(await handler.load(shelf, 's', 'lately'), { state: 2 });
  stop.abort();
  await running;
  await processOn(store).handle(shelf, 's', put, context());
  t.match(await handler.load(shelf, 's', 'lately'), { state: 3 }, 'nor one from after the last word');
});

t.test('an event that is told of before its append was answered, or a moment too late, is waited for and not read', async (t) => {
  const store = new SharedStore();
  const handler = await following(t, store);
  await handler.handle(shelf, 's', begin, context());
  await turns();
  const head = await store.head();
  const writing = handler.handle(shelf, 's', put, context());
  t.match(await handler.load(shelf, 's', head + 1n), { state: 2 });
  await writing;
  t.equal(store.reads, 0);
});

t.test('what nobody tells of is read after a moment', async (t) => {
  const store = new SharedStore();
  const handler = await following(t, store);
  await processOn(store).handle(shelf, 's', begin, context());
  await turns();
  t.match(await handler.load(shelf, 's', 1_000n), { state: 1 });
  t.equal(store.reads, 1);
});
