import t from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventBus } from '../../src/ports/event-bus.js';
import type { Position, RecordedEvent } from '../../src/ports/event-store.js';
import { RELAY, runRelay } from '../../src/workers/relay.js';
import { appendOrFail, labelOf } from '../contracts/event-store-samples.js';
import { FakeClock } from '../doubles/fake-clock.js';
import { MemoryCheckpoints } from '../doubles/memory-checkpoints.js';
import { MemoryEventStore } from '../doubles/memory-event-store.js';

/** Keeps what was published, and fails when it is told to. */
class RecordingBus implements EventBus<DomainEvent> {
  held: RecordedEvent<DomainEvent>[] = [];
  failures = 0;

  async publish(events: readonly RecordedEvent<DomainEvent>[]): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      // The first one arrived, but nobody heard of it.
      this.held.push(...events.slice(0, 1));
      throw new Error('the bus is away');
    }
    this.held.push(...events);
  }

  publishedUpTo(): Promise<Position> {
    return Promise.resolve(this.held.at(-1)?.position ?? 0n);
  }

  get labels(): string[] {
    return this.held.map(labelOf);
  }

  consume = (): Promise<void> => Promise.reject(new Error('not here'));
  deadLetters = () => Promise.resolve([]);
  replayDeadLetter = () => Promise.resolve(false);
  check = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
}

const opened = () => {
  const store = new MemoryEventStore<DomainEvent>();
  const checkpoints = new MemoryCheckpoints();
  const bus = new RecordingBus();
  const clock = new FakeClock();
  const failures: string[] = [];
  const relayed = async (): Promise<void> => {
    const abort = new AbortController();
    const onFailure = (_name: string, error: unknown): void => {
      failures.push(error instanceof Error ? error.message : '');
      void clock.whenWaiting().then(() => clock.advance(60_000));
    };
    const running = runRelay({ store, checkpoints, bus, clock, onFailure }, abort.signal);
    await checkpoints.whenLevel([RELAY], () => store.head());
    while ((await bus.publishedUpTo()) < (await store.head())) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    await running;
  };
  return { store, checkpoints, bus, failures, relayed };
};

t.test('it publishes the log in order, and goes on where it stopped', async (t) => {
  const { store, checkpoints, bus, relayed } = opened();
  await appendOrFail(store, 'cart-1', ['a', 'b']);
  await appendOrFail(store, 'email-1', ['c']);
  await relayed();
  t.same(bus.labels, ['a', 'b', 'c']);
  await appendOrFail(store, 'cart-1', ['d']);
  await relayed();
  t.same(bus.labels, ['a', 'b', 'c', 'd']);
  t.equal(await checkpoints.get(RELAY), await store.head());
});

t.test('what the bus did not acknowledge is published again, with the same ids', async (t) => {
  const { store, bus, failures, relayed } = opened();
  await appendOrFail(store, 'cart-1', ['a', 'b', 'c']);
  bus.failures = 2;
  await relayed();
  t.same(failures, ['the bus is away', 'the bus is away']);
  t.equal(new Set(bus.held.map(({ id }) => id)).size, 3);
  t.same([...new Set(bus.labels)], ['a', 'b', 'c']);
});

t.test('a bus that lost its data is filled again from the log; so it is when the checkpoint is reset', async (t) => {
  const { store, checkpoints, bus, relayed } = opened();
  await appendOrFail(store, 'cart-1', ['a', 'b', 'c']);
  await relayed();
  bus.held = bus.held.slice(0, 1);
  await relayed();
  t.same(bus.labels, ['a', 'b', 'c']);
  bus.held = [];
  await relayed();
  t.same(bus.labels, ['a', 'b', 'c']);
  await checkpoints.set(RELAY, 0n);
  await relayed();
  t.same(bus.labels, ['a', 'b', 'c', 'a', 'b', 'c']);
});
