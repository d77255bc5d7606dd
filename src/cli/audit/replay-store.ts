import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, ReadAllOptions, RecordedEvent, SubscribeOptions, SubscriptionBatch } from '../../ports/event-store.js';

export type ReplayedLog = Pick<EventStore<DomainEvent>, 'readAll' | 'readStream' | 'head' | 'scale'>;

const BATCH = 512;

/** A log that ends at a position, until it is told to go on: what it gives to a projector is a replay. Nothing is appended. */
export class ReplayStore implements EventStore<DomainEvent> {
  readonly shared = false;
  readonly scale: EventStore['scale'];
  #log: ReplayedLog;
  #end: Position;
  #moved = new AbortController();

  constructor(log: ReplayedLog, end: Position) {
    this.#log = log;
    this.#end = end;
    this.scale = log.scale;
  }

  goOnTo(log: ReplayedLog, end: Position): void {
    this.#log = log;
    this.#end = end;
    const moved = this.#moved;
    this.#moved = new AbortController();
    moved.abort();
  }

  append(): Promise<never> {
    return Promise.reject(new Error('a replay appends nothing'));
  }

  readStream(...args: Parameters<ReplayedLog['readStream']>): AsyncIterable<RecordedEvent<DomainEvent>> {
    return this.#log.readStream(...args);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    const end = this.#end;
    for await (const event of this.#log.readAll(options)) {
      if (event.position > end) return;
      yield event;
    }
  }

  async *subscribe({ after, categories, signal, batchSize = BATCH }: SubscribeOptions): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
    let position = after;
    while (!signal.aborted) {
      const moved = this.#moved.signal;
      const end = this.#end;
      let events: RecordedEvent<DomainEvent>[] = [];
      for await (const event of this.readAll({ after: position, ...(categories === undefined ? {} : { categories }) })) {
        if (signal.aborted) return;
        events.push(event);
        if (events.length < batchSize) continue;
        position = event.position;
        yield { events, position, live: false };
        events = [];
      }
      if (end > position) position = end;
      yield { events, position, live: true };
      await new Promise<void>((resolve) => {
        const either = AbortSignal.any([signal, moved]);
        if (either.aborted) resolve();
        else either.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async head(): Promise<Position> {
    return this.#end;
  }

  async close(): Promise<void> {}
}
