import { connect } from 'nats';
import t, { type Test } from 'tap';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { DEFAULT_RETRY, NatsEventBus, type NatsEventBusOptions } from '../../src/adapters/nats/nats-event-bus.js';
import type { DomainEvent } from '../../src/domain/events.js';
import type { Consumer } from '../../src/ports/event-bus.js';
import { EventStoreUnavailable, type RecordedEvent } from '../../src/ports/event-store.js';
import { appendOrFail, collect, labelOf } from '../contracts/event-store-samples.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { NatsServer } from './nats-server.js';
import { until } from './until.js';

const server = await NatsServer.start();
t.teardown(() => server.close());

let namespaces = 0;
const opened = (t: Test, options: Partial<NatsEventBusOptions> = {}, namespace = `delivery-${(namespaces += 1)}`) => {
  const retry = { attempts: 3, firstDelayMs: 1, maxDelayMs: 5, ...options.retry };
  const bus = new NatsEventBus({ url: server.url, clock: systemClock, namespace, ...options, retry });
  t.teardown(() => bus.close());
  const consume = (handle: Consumer<DomainEvent>['handle'], name = 'counting') => {
    const abort = new AbortController();
    const running = bus.consume({ name, categories: ['cart', 'coupon'], handle }, abort.signal);
    return async (): Promise<void> => {
      abort.abort();
      await running;
    };
  };
  return { bus, namespace, consume };
};

const recorded = async (count: number, stream = 'cart-1'): Promise<RecordedEvent<DomainEvent>[]> => {
  const store = new MemoryEventStore<DomainEvent>();
  await appendOrFail(store, stream, Array.from({ length: count }, (_, index) => `course-${index}`));
  return collect(store.readAll());
};

/** Beside the bus: what is on the server. */
const rawly = async <Answer>(work: (connection: Awaited<ReturnType<typeof connect>>) => Promise<Answer>): Promise<Answer> => {
  const connection = await connect({ servers: server.url });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items.map((item) => ({ item, order: Math.random() })).sort((a, b) => a.order - b.order).map(({ item }) => item);

t.test('a message is the whole event, under its own id, with trace context', async (t) => {
  const { bus, namespace } = opened(t);
  const [event] = await recorded(1);
  if (event === undefined) throw new Error('none');
  await bus.publish([event]);
  const message = await rawly(async (connection) => (await connection.jetstreamManager()).streams.getMessage(`${namespace.toUpperCase()}_EVENTS`, { seq: 1 }));
  t.equal(message.subject, `${namespace}.events.cart.CourseAddedToCart`);
  t.equal(message.header.get('Nats-Msg-Id'), event.id);
  t.match(message.header.get('traceparent'), /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  t.equal(message.header.get('Registrar-Correlation-Id'), 'correlation-1');
  t.same(message.json(), { ...event, position: '1' });
});

t.test('pitfall 19: doubled and shuffled, an event is handled once', async (t) => {
  const { bus, namespace, consume } = opened(t);
  const events = await recorded(200);
  await bus.publish(shuffled(events));
  await bus.publish(shuffled(events));
  await rawly(async (connection) => {
    const manager = await connection.jetstreamManager();
    const { state } = await manager.streams.info(`${namespace.toUpperCase()}_EVENTS`);
    t.equal(state.messages, 200, 'the server knows the ids of what came lately');
    // As if it did not: the same messages once more.
    for (let seq = 1; seq <= 200; seq += 1) {
      const message = await manager.streams.getMessage(`${namespace.toUpperCase()}_EVENTS`, { seq });
      message.header.delete('Nats-Msg-Id');
      await connection.jetstream().publish(message.subject, message.data, { headers: message.header });
    }
  });
  const calls: string[] = [];
  const stop = consume(async (event) => void calls.push(labelOf(event)));
  await until(async () => calls.length >= 200 && (await pendingOf(namespace)) === 0);
  await stop();
  t.equal(new Set(calls).size, 200);
  t.equal(calls.length, 200);
});

/** Messages that are still to be delivered or acknowledged. */
const pendingOf = (namespace: string): Promise<number> =>
  rawly(async (connection) => {
    const info = await (await connection.jetstreamManager()).consumers.info(`${namespace.toUpperCase()}_EVENTS`, 'counting=cart');
    return info.num_pending + info.num_ack_pending;
  });

t.test('two processes with one consumer share the work', async (t) => {
  const one = opened(t);
  const other = opened(t, {}, one.namespace);
  await one.bus.publish(await recorded(300));
  const calls: string[] = [];
  const counting = async (event: RecordedEvent<DomainEvent>): Promise<void> => void calls.push(labelOf(event));
  const stops = [one.consume(counting), other.consume(counting)];
  await until(async () => calls.length >= 300);
  await Promise.all(stops.map((stop) => stop()));
  t.equal(new Set(calls).size, 300);
  t.equal(calls.length, 300);
});

t.test('a handler that takes longer than the server waits is not called a second time', async (t) => {
  const { bus, consume } = opened(t, { retry: { ackWaitMs: 300 } });
  await bus.publish(await recorded(1));
  let calls = 0;
  let done = false;
  const stop = consume(async () => {
    calls += 1;
    await systemClock.until(new Date(Date.now() + 1_200), new AbortController().signal);
    done = true;
  });
  await until(async () => done);
  await stop();
  t.equal(calls, 1);
});

t.test('pitfall 23: a dependency that is away for 10 s (here: 1 s, at a tenth of every delay) loses nothing', async (t) => {
  const { attempts, firstDelayMs, maxDelayMs } = DEFAULT_RETRY;
  const delays = Array.from({ length: attempts - 1 }, (_, index) => Math.min(maxDelayMs, firstDelayMs * 2 ** index));
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  t.ok(total > 20_000 && total < 60_000, 'tries last longer than the outage, and a dead letter is raised within a minute');

  const { bus, consume } = opened(t, { retry: { attempts, firstDelayMs: firstDelayMs / 10, maxDelayMs: maxDelayMs / 10 } });
  await bus.publish(await recorded(100));
  const handled = new Set<string>();
  const outage = Date.now();
  const stop = consume(async (event) => {
    if (Date.now() - outage < 1_000) throw new Error('the dependency is away');
    handled.add(labelOf(event));
  });
  await until(async () => handled.size === 100);
  await stop();
  t.same(await bus.deadLetters(), []);
});

t.test('a log that is away uses up no try', async (t) => {
  const { bus, consume } = opened(t, { retry: { attempts: 1 }, clock: { ...systemClock, now: () => new Date(), until: (time, signal) => systemClock.until(new Date(Math.min(time.getTime(), Date.now() + 20)), signal) } });
  await bus.publish(await recorded(1));
  let calls = 0;
  const stop = consume(async () => {
    calls += 1;
    if (calls < 10) throw new EventStoreUnavailable('away');
  });
  await until(async () => calls === 10);
  await stop();
  t.same(await bus.deadLetters(), []);
});

t.test('pitfall 23: what was delivered up to the server’s limit and never answered is a dead letter, and can be replayed', async (t) => {
  const { bus, namespace, consume } = opened(t, { retry: { attempts: 1, ackWaitMs: 50 } });
  const stop = consume(async () => undefined);
  await bus.publish(await recorded(1, 'coupon-1'));
  const events = `${namespace.toUpperCase()}_EVENTS`;
  await until(() => rawly(async (connection) => (await (await connection.jetstreamManager()).consumers.info(events, 'counting=cart').catch(() => undefined)) !== undefined));
  await stop();
  await bus.publish(await recorded(1));
  await rawly(async (connection) => {
    const consumer = await connection.jetstream().consumers.get(events, 'counting=cart');
    // Processes that die of it: it is taken, and nobody answers.
    for (let taken = 0; taken < 6; ) taken += (await consumer.next({ expires: 1_000 })) === null ? 0 : 1;
  });
  const handled: string[] = [];
  const stopAgain = consume(async (event) => void handled.push(event.stream));
  await until(async () => (await bus.deadLetters()).length === 1);
  const [letter] = await bus.deadLetters();
  t.match(letter, { consumer: 'counting', stream: 'cart-1', type: 'CourseAddedToCart', reason: 'never answered', attempts: 6 });
  t.equal(await bus.replayDeadLetter(letter?.id ?? ''), true);
  await until(async () => handled.includes('cart-1'));
  await stopAgain();
});

t.test('hundreds of dead letters are all listed, and all can be replayed', async (t) => {
  const { bus, consume } = opened(t, { retry: { attempts: 1 } });
  await bus.publish(await recorded(300));
  let broken = true;
  const handled = new Set<string>();
  const stop = consume(async (event) => {
    if (broken) throw new Error('broken');
    handled.add(labelOf(event));
  });
  await until(async () => (await bus.deadLetters()).length === 300);
  broken = false;
  for (const { id } of await bus.deadLetters()) t.equal(await bus.replayDeadLetter(id), true);
  await until(async () => handled.size === 300);
  await stop();
  t.same(await bus.deadLetters(), []);
});

t.test('what cannot be read is a dead letter, too', async (t) => {
  const { bus, namespace, consume } = opened(t);
  const [event] = await recorded(1);
  if (event === undefined) throw new Error('none');
  await bus.publishedUpTo();
  await rawly(async (connection) => connection.jetstream().publish(`${namespace}.events.cart.Strange`, 'not JSON'));
  await bus.publish([{ ...event, metadata: { ...event.metadata, schemaVersion: 0 } }]);
  const stop = consume(async () => undefined);
  await until(async () => (await bus.deadLetters()).length === 2);
  await stop();
  const letters = await bus.deadLetters();
  t.match(letters.find(({ eventId }) => eventId === event.id), { reason: /no upcaster/ });
  t.match(letters.find(({ eventId }) => eventId === 'message-1'), { reason: /JSON/, stream: '' });
});
