import type { DomainEvent } from '../../domain/events.js';
import type { EventStore, Position, ReadAllOptions, ReadStreamOptions, RecordedEvent, SubscribeOptions, SubscriptionBatch } from '../../ports/event-store.js';

type Recorded = RecordedEvent<DomainEvent>;

export interface PastLogOptions {
  readonly store: EventStore<DomainEvent>;
  readonly end: Position;
  /** Of the streams that are followed. Absent: all. */
  readonly categories?: readonly string[];
  /** Events that came later and count all the same, in order. */
  readonly later?: readonly Recorded[];
}

/**
 * The log as it was at a position, and behind that what came later and counts all the same: its positions are the next ones, so that whoever
 * follows it comes to an end. Nothing is appended.
 */
export class PastLog implements EventStore<DomainEvent> {
  readonly shared = false;
  readonly scale: EventStore['scale'];
  /** How far it was followed. */
  followed: Position = 0n;
  readonly #options: PastLogOptions;
  readonly #later: readonly Recorded[];

  constructor(options: PastLogOptions) {
    this.#options = options;
    this.scale = options.store.scale;
    this.#later = (options.later ?? []).map((event, place) => ({ ...event, position: options.end + 1n + BigInt(place) }));
  }

  /** The position that whoever has followed it to its end stands at. */
  get last(): Position {
    return this.#later.at(-1)?.position ?? this.#options.end;
  }

  append(): Promise<never> {
    return Promise.reject(new Error('nothing is appended to what was'));
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<Recorded, void, undefined> {
    if (options.direction === 'backwards') yield* this.#backwards(stream, options);
    else yield* this.#forwards(stream, options);
  }

  async *readAll({ after = 0n, limit = Infinity, categories }: ReadAllOptions = {}): AsyncGenerator<Recorded, void, undefined> {
    const { store, end, categories: followed } = this.#options;
    const filter = categories ?? followed;
    let left = limit;
    for await (const event of store.readAll({ after, ...(limit === Infinity ? {} : { limit }), ...(filter === undefined ? {} : { categories: filter }) })) {
      if (event.position > end || left === 0) break;
      left -= 1;
      yield event;
    }
    yield* this.#later.filter(({ position }) => position > after).slice(0, left === Infinity ? undefined : left);
  }

  async *subscribe({ after, signal, batchSize = 512 }: SubscribeOptions): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
    const { store, end, categories } = this.#options;
    if (after < end) {
      const ended = new AbortController();
      const either = AbortSignal.any([signal, ended.signal]);
      for await (const batch of store.subscribe({ after, batchSize, signal: either, ...(categories === undefined ? {} : { categories }) })) {
        const isEnd = batch.live || batch.position >= end;
        const events = batch.position <= end ? batch.events : batch.events.filter(({ position }) => position <= end);
        this.followed = isEnd ? end : batch.position;
        yield { events, position: this.followed, live: false };
        if (isEnd) break;
      }
      ended.abort();
    }
    if (signal.aborted) return;
    yield { events: this.#later.filter(({ position }) => position > after), position: this.last, live: true };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  async head(): Promise<Position> {
    return this.last;
  }

  async close(): Promise<void> {}

  async *#forwards(stream: string, options: ReadStreamOptions): AsyncGenerator<Recorded, void, undefined> {
    const { store, end } = this.#options;
    let given = 0;
    let revision = (options.fromRevision ?? 0) - 1;
    for await (const event of store.readStream(stream, options)) {
      if (event.position > end) break;
      ({ revision } = event);
      given += 1;
      yield event;
    }
    for (const event of this.#later) {
      if (event.stream !== stream || given >= (options.limit ?? Infinity) || revision < 0) continue;
      revision += 1;
      given += 1;
      yield { ...event, revision };
    }
  }

  /** What came later is not shown: nobody folds backwards. */
  async *#backwards(stream: string, { limit = Infinity, ...options }: ReadStreamOptions): AsyncGenerator<Recorded, void, undefined> {
    const { store, end } = this.#options;
    let left = limit;
    if (left === 0) return;
    for await (const event of store.readStream(stream, options)) {
      if (event.position > end) continue;
      yield event;
      left -= 1;
      if (left === 0) return;
    }
  }
}
