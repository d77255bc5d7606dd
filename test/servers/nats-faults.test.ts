import t, { type Test } from 'tap';
import { connect } from 'nats';
import { systemClock } from '../../src/adapters/embedded/system-clock.js';
import { NatsEventBus } from '../../src/adapters/nats/nats-event-bus.js';
import type { LinkState } from '../../src/adapters/nats/nats-link.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { RELAY, runRelay } from '../../src/workers/relay.js';
import { addedToCart, appendOrFail, labelOf } from '../contracts/event-store-samples.js';
import { MemoryCheckpoints } from '../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';
import { freePort } from './free-port.js';
import { NatsServer } from './nats-server.js';
import { until } from './until.js';

const openBus = (t: Test, url: string) => {
  const states: LinkState[] = [];
  const retry = { firstDelayMs: 50, ackWaitMs: 1_000 };
  const bus = new NatsEventBus({ url, clock: systemClock, retry, onState: (state) => void states.push(state) });
  t.teardown(() => bus.close());
  return { bus, states };
};

/** A log, its relay and a consumer that counts. */
const running = (t: Test, url: string) => {
  const store = new MemoryEventStore<DomainEvent>();
  const checkpoints = new MemoryCheckpoints();
  const { bus, states } = openBus(t, url);
  const abort = new AbortController();
  const handled = new Map<string, number>();
  const handle = async (event: Parameters<typeof labelOf>[0]): Promise<void> => {
    handled.set(labelOf(event), (handled.get(labelOf(event)) ?? 0) + 1);
  };
  const loops = [
    runRelay({ store, checkpoints, bus, clock: systemClock, onFailure: () => undefined }, abort.signal),
    bus.consume({ name: 'counting', categories: ['cart'], handle }, abort.signal),
  ];
  const stop = async (): Promise<void> => {
    abort.abort();
    await Promise.all(loops);
  };
  return { store, checkpoints, bus, states, handled, stop };
};

const started = async (t: Test, ...options: readonly string[]): Promise<NatsServer> => {
  const server = await NatsServer.start(...options);
  t.teardown(() => server.close());
  return server;
};

t.test('killed and restarted five times under load: every event is handled, none is a dead letter', async (t) => {
  const server = await started(t);
  const { store, bus, states, handled, stop } = running(t, server.url);
  let appended = 0;
  const append = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) await store.append('cart-1', 'any', [addedToCart(`course-${(appended += 1)}`)]);
  };
  for (let kill = 0; kill < 5; kill += 1) {
    await append(200);
    await until(async () => handled.size > appended - 150);
    const killed = server.stop('SIGKILL');
    await append(200);
    await killed;
    await server.start();
  }
  await append(100);
  await until(async () => handled.size === appended);
  await stop();
  t.equal(handled.size, appended);
  t.same(await bus.deadLetters(), []);
  t.ok(states.includes('disconnected') && states.includes('reconnected'));
});

t.test('a server that lost its data is filled again from the log', async (t) => {
  const server = await started(t);
  const { store, bus, handled, stop } = running(t, server.url);
  await appendOrFail(store, 'cart-1', ['a', 'b', 'c']);
  await until(async () => handled.size === 3);
  await server.stop();
  server.wipe();
  await server.start();
  await appendOrFail(store, 'cart-1', ['d']);
  await until(async () => handled.has('d'));
  t.equal(await bus.publishedUpTo(), 4n);
  t.same(Object.fromEntries(handled), { a: 1, b: 1, c: 1, d: 1 }, 'what comes again is known');
  await stop();
});

t.test('a stream that somebody deleted is made and filled again', async (t) => {
  const server = await started(t);
  const { store, checkpoints, bus, handled, stop } = running(t, server.url);
  await appendOrFail(store, 'cart-1', ['a', 'b']);
  await until(async () => handled.size === 2);
  const connection = await connect({ servers: server.url });
  await (await connection.jetstreamManager()).streams.delete('REGISTRAR_EVENTS');
  await connection.close();
  await appendOrFail(store, 'cart-1', ['c']);
  await until(async () => handled.has('c'));
  await stop();
  t.equal(await checkpoints.get(RELAY), await store.head());
  t.equal(await bus.publishedUpTo(), 3n);
});

t.test('a server that is not there yet is waited for; check says so, and what is asked meanwhile fails', async (t) => {
  const port = await freePort();
  const { bus, states } = openBus(t, `nats://127.0.0.1:${port}`);
  await until(async () => states.length > 0);
  await t.rejects(bus.check(), { message: /NATS can't be reached.*CONNECTION_REFUSED/ });
  await t.rejects(bus.deadLetters(), { name: 'NatsUnavailable' });
  const server = new NatsServer(port, []);
  t.teardown(() => server.close());
  await server.start();
  await until(async () => states.includes('connected'));
  t.equal(await bus.publishedUpTo(), 0n);
  await t.resolves(bus.check());
  await server.stop();
  await until(async () => states.includes('disconnected'));
  await t.rejects(bus.check(), { name: 'NatsUnavailable' });
});

t.test('a bus is closed at once while the server is away', async (t) => {
  const { bus } = openBus(t, `nats://127.0.0.1:${await freePort()}`);
  const consuming = bus.consume({ name: 'waiting', categories: ['cart'], handle: async () => undefined }, new AbortController().signal);
  const before = Date.now();
  await bus.close();
  await consuming;
  t.ok(Date.now() - before < 4_000);
});

t.test('user and password, or a token, come from the URL', async (t) => {
  const withUser = await started(t, '--user', 'registrar', '--pass', 'p@ss');
  const { bus } = openBus(t, withUser.url.replace('//', '//registrar:p%40ss@'));
  t.equal(await bus.publishedUpTo(), 0n);
  const withToken = await started(t, '--auth', 'secret');
  const other = openBus(t, withToken.url.replace('//', '//secret@'));
  t.equal(await other.bus.publishedUpTo(), 0n);
  const refused = openBus(t, withToken.url);
  await until(async () => refused.states.length > 0);
  await t.rejects(refused.bus.check(), { message: /authorization/i });
});
