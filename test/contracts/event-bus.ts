import type { Test } from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventBus } from '../../src/ports/event-bus.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { appendOrFail, collect, freshCategory, labelOf } from './event-store-samples.js';

export interface OpenEventBus {
  readonly bus: EventBus<DomainEvent>;
  readonly store: EventStore<DomainEvent>;
  /** The number of attempts before an event becomes a dead letter. Pauses between them must take no time. */
  readonly attempts: number;
  readonly close: () => Promise<void>;
}

/** Looks again and again until it is so: the bus tells nobody when it has written a letter. */
const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** The contract of every EventBus (src/ports/event-bus.ts). */
export const eventBusContract = (t: Test, name: string, open: () => Promise<OpenEventBus>): void => {
  const opened = async (t: Test) => {
    const handle = await open();
    const { bus, store } = handle;
    const category = freshCategory();
    const record = async (labels: readonly string[]): Promise<void> => {
      const after = await store.head();
      for (const label of labels) await appendOrFail(store, `${category}-1`, [label]);
      await bus.publish(await collect(store.readAll({ after })));
    };
    /** Consumes until that many distinct events were handled without a throw. */
    const consume = async (count: number, handle: (label: string) => void = () => undefined): Promise<string[]> => {
      const abort = new AbortController();
      const handled = new Set<string>();
      const consumer = {
        name: `consumer-${category}`,
        categories: [category],
        handle: async (event: Parameters<typeof labelOf>[0]) => {
          handle(labelOf(event));
          handled.add(labelOf(event));
          if (handled.size === count) abort.abort();
        },
      };
      await bus.consume(consumer, abort.signal);
      return [...handled].sort();
    };
    /** Consumes until it is stopped. */
    const start = (handle: (label: string) => void = () => undefined) => {
      const abort = new AbortController();
      const seen: string[] = [];
      const running = bus.consume(
        {
          name: `consumer-${category}`,
          categories: [category],
          handle: async (event) => {
            handle(labelOf(event));
            seen.push(labelOf(event));
          },
        },
        abort.signal,
      );
      const stop = async (): Promise<void> => {
        abort.abort();
        await running;
      };
      return { seen, stop };
    };
    t.teardown(handle.close);
    return { ...handle, category, record, consume, start };
  };

  void t.test(`${name} as an EventBus`, async (t) => {
    void t.test('a consumer gets the events of its categories, those before it came and those after', async (t) => {
      const { store, record, consume } = await opened(t);
      await record(['a', 'b']);
      await appendOrFail(store, `${freshCategory()}-1`, ['other']);
      const consuming = consume(3);
      await record(['c']);
      t.strictSame(await consuming, ['a', 'b', 'c']);
    });

    void t.test('a consumer of the same name goes on where it stopped', async (t) => {
      const { record, consume } = await opened(t);
      await record(['a', 'b']);
      await consume(2);
      await record(['c']);
      const seen: string[] = [];
      await consume(1, (label) => void seen.push(label));
      t.strictSame(seen, ['c']);
    });

    void t.test('a handler that throws is called again', async (t) => {
      const { bus, record, consume, attempts } = await opened(t);
      let calls = 0;
      await record(['a']);
      const seen = await consume(1, () => {
        calls += 1;
        if (calls < attempts) throw new Error('not now');
      });
      t.strictSame(seen, ['a']);
      t.equal(calls, attempts);
      t.strictSame(await bus.deadLetters(), []);
    });

    void t.test('pitfall 23: after the last try the event is a dead letter, and the next ones are handled', async (t) => {
      const { bus, category, record, start, attempts } = await opened(t);
      let calls = 0;
      await record(['bad', 'good']);
      const { seen, stop } = start((label) => {
        if (label === 'good') return;
        calls += 1;
        throw new Error('never');
      });
      await until(async () => seen.includes('good') && (await bus.deadLetters()).length > 0);
      await stop();
      t.equal(calls, attempts);
      const letters = await bus.deadLetters();
      t.equal(letters.length, 1);
      t.match(letters, [{ consumer: `consumer-${category}`, stream: `${category}-1`, type: 'CourseAddedToCart', reason: 'never', attempts }]);
    });

    void t.test('a dead letter that is replayed is off the list, and its consumer gets the event once more', async (t) => {
      const { bus, record, start } = await opened(t);
      let broken = true;
      await record(['bad']);
      const { seen, stop } = start(() => {
        if (broken) throw new Error('not yet');
      });
      await until(async () => (await bus.deadLetters()).length > 0);
      const [letter] = await bus.deadLetters();
      t.equal(await bus.replayDeadLetter(letter?.id ?? ''), true);
      await until(async () => (await bus.deadLetters()).some(({ failedAt, id }) => id === letter?.id && failedAt !== ''));
      t.same(seen, [], 'what fails again is a dead letter again');
      broken = false;
      t.equal(await bus.replayDeadLetter(letter?.id ?? ''), true);
      await until(async () => seen.includes('bad'));
      t.same(await bus.deadLetters(), []);
      await stop();
      t.equal(await bus.replayDeadLetter(letter?.id ?? ''), false);
    });

    void t.test('a replay that is asked for while its consumer is away waits for it', async (t) => {
      const { bus, record, start } = await opened(t);
      await record(['bad']);
      const first = start(() => {
        throw new Error('not yet');
      });
      await until(async () => (await bus.deadLetters()).length > 0);
      await first.stop();
      const [letter] = await bus.deadLetters();
      t.equal(await bus.replayDeadLetter(letter?.id ?? ''), true);
      const second = start();
      await until(async () => second.seen.includes('bad'));
      await second.stop();
    });

    void t.test('it says how far it holds the log', async (t) => {
      const { bus, store, record } = await opened(t);
      await record(['a', 'b']);
      t.equal(await bus.publishedUpTo(), await store.head());
      await t.resolves(bus.check());
    });

    void t.test('consumers end when the bus closes', async (t) => {
      const { bus, category } = await opened(t);
      const consuming = bus.consume({ name: category, categories: [category], handle: async () => undefined }, new AbortController().signal);
      await bus.close();
      await consuming;
    });
  });
};
