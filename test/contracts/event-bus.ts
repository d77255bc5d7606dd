import type { Test } from 'tap';
import type { DomainEvent } from '../../src/domain/events.js';
import type { EventBus } from '../../src/ports/event-bus.js';
import type { EventStore } from '../../src/ports/event-store.js';
import { appendOrFail, collect, freshCategory, labelOf } from './event-store-samples.js';

export interface OpenEventBus {
  readonly bus: EventBus<DomainEvent>;
  readonly store: EventStore<DomainEvent>;
  /** How often a handler is called before its event becomes a dead letter. Waiting between the tries must take no time. */
  readonly attempts: number;
  readonly close: () => Promise<void>;
}

/** What every EventBus promises (src/ports/event-bus.ts). */
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
    t.teardown(handle.close);
    return { ...handle, category, record, consume };
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
      const { bus, category, record, consume, attempts } = await opened(t);
      let calls = 0;
      await record(['bad', 'good']);
      const seen = await consume(1, (label) => {
        if (label === 'good') return;
        calls += 1;
        throw new Error('never');
      });
      t.strictSame(seen, ['good']);
      t.equal(calls, attempts);
      const letters = await bus.deadLetters();
      t.equal(letters.length, 1);
      t.match(letters, [{ consumer: `consumer-${category}`, stream: `${category}-1`, type: 'CourseAddedToCart', reason: 'never', attempts }]);
    });

    void t.test('consumers end when the bus closes', async (t) => {
      const { bus, category } = await opened(t);
      const consuming = bus.consume({ name: category, categories: [category], handle: async () => undefined }, new AbortController().signal);
      await bus.close();
      await consuming;
    });
  });
};
