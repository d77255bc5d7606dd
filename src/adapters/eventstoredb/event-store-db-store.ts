import { setMaxListeners } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import {
  EventStoreUnavailable,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../../ports/event-store.js';
import { Appender } from './appender.js';
import { Attempts, defaultRetryPolicy, type RetryPolicy } from './attempts.js';
import { BatchedAppends } from './batched-appends.js';
import { connectEventStore } from './connection.js';
import { FirstContact } from './first-contact.js';
import { toRecorded } from './event-mapping.js';
import { LogCursor, type CursorOptions } from './log-cursor.js';
import { LogFeed } from './log-feed.js';
import { LogHead } from './log-head.js';
import { countedInBytes } from './log-position.js';
import { OrderedAppends } from './ordered-appends.js';
import { EventStoreTooOld, ServerVersion } from './server-version.js';
import { StreamReader } from './stream-reader.js';

const DEFAULT_BATCH = 512;
const FEED_BYTES = 16 * 1_048_576;
/** Many appends wait for each other where they keep their order: as much longer they may take. */
const ORDERED_ATTEMPTS = 5;

export interface EventStoreDbOptions {
  readonly connectionString: string;
  readonly codec?: EventCodec;
  readonly retry?: Partial<RetryPolicy>;
  /** What the newest events may take in memory, for those who follow the log (default 16 MB). */
  readonly feedBytes?: number;
  /** Appends that are under way together are written in the order of the calls (default: each as soon as it can be). */
  readonly inOrder?: boolean;
  /** Called when a subscription lost its connection, which is restored by itself. */
  readonly onTrouble?: (error: unknown) => void;
}

/** The log on EventStoreDB (KurrentDB), 23.10 or later. Connects with the first call. */
export class EventStoreDbStore implements EventStore<DomainEvent> {
  readonly shared = true;
  readonly keepsOrder: boolean;
  readonly scale = countedInBytes;
  readonly #client: EventStoreDBClient;
  readonly #codec: EventCodec;
  readonly #policy: RetryPolicy;
  readonly #onTrouble: (error: unknown) => void;
  readonly #head: LogHead;
  readonly #feed: LogFeed;
  readonly #version: ServerVersion;
  readonly #firstContact: FirstContact;
  readonly #reader: StreamReader;
  readonly #appender: Pick<Appender, 'append'>;
  readonly #closed = new AbortController();
  readonly #appends = new Set<Promise<AppendResult>>();
  #closing: Promise<void> | undefined;

  constructor({ connectionString, codec = new EventCodec(), retry = {}, feedBytes = FEED_BYTES, inOrder = false, onTrouble = () => undefined }: EventStoreDbOptions) {
    const { signal } = this.#closed;
    // Every read under way listens to the signal.
    setMaxListeners(0, signal);
    this.#client = connectEventStore(connectionString);
    this.#codec = codec;
    this.#policy = { ...defaultRetryPolicy, ...retry };
    this.#onTrouble = onTrouble;
    this.#head = new LogHead(this.#client);
    this.#feed = new LogFeed({
      head: () => this.#headWithin({ ...this.#policy, giveUpAfterMs: Infinity }),
      open: (options) => this.#subscription(options),
      bytes: feedBytes,
      closed: signal,
    });
    this.#version = new ServerVersion(this.#client);
    this.#firstContact = new FirstContact(connectionString);
    this.#reader = new StreamReader(this.#client, this.#policy, signal);
    this.keepsOrder = inOrder;
    const batches = new BatchedAppends(this.#client);
    const appender = new Appender(this.#client, this.#reader, this.#policy, signal, inOrder ? undefined : batches);
    this.#appender = inOrder ? new OrderedAppends(batches, appender, ORDERED_ATTEMPTS * this.#policy.attemptMs) : appender;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<DomainEvent>[]): Promise<AppendResult> {
    this.#assertOpen();
    const append = this.#appender.append(stream, expected, events);
    this.#appends.add(append);
    try {
      const appended = await append;
      if (appended.ok) this.#feed.appended(appended.position);
      return appended;
    } finally {
      this.#appends.delete(append);
    }
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    this.#assertOpen();
    for await (const event of this.#reader.read(stream, options)) yield toRecorded(this.#codec, event);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    const { after = 0n, limit = Infinity, categories } = options;
    const until = await this.head();
    const batchSize = Math.max(1, Math.min(limit, DEFAULT_BATCH));
    const cursor = this.#cursor({ after, categories, batchSize, policy: this.#policy, signal: this.#closed.signal });
    let left = limit;
    let position = after;
    try {
      while (left > 0 && position < until) {
        const stretch = await cursor.next();
        if (stretch === undefined) this.#assertOpen();
        for (const event of stretch?.events ?? []) {
          const recorded = toRecorded(this.#codec, event);
          if (recorded.position > until || left === 0) return;
          left -= 1;
          yield recorded;
        }
        position = stretch?.position ?? until;
      }
    } finally {
      cursor.close();
    }
  }

  subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
    return this.#feed.follow(options);
  }

  knownHead(): Position | undefined {
    return this.#feed.knownHead;
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#headWithin(this.#policy);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#appends);
    this.#closed.abort();
    await this.#client.dispose();
  }

  async *#subscription(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
    const { after, batchSize = DEFAULT_BATCH, categories } = options;
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    const policy = { ...this.#policy, giveUpAfterMs: Infinity };
    const cursor = this.#cursor({ after, categories, batchSize, policy, signal });
    try {
      for (;;) {
        const stretch = await cursor.next();
        if (stretch === undefined) return;
        yield { ...stretch, events: stretch.events.map((event) => toRecorded(this.#codec, event)) };
      }
    } finally {
      cursor.close();
    }
  }

  async #headWithin(policy: RetryPolicy): Promise<Position> {
    await this.#firstContact.assertPossible();
    const attempts = new Attempts(policy, this.#closed.signal);
    for (;;) {
      try {
        const head = await this.#head.read(attempts.deadlineMs, this.#closed.signal);
        await this.#version.assert();
        this.#firstContact.made();
        return head;
      } catch (error) {
        if (error instanceof EventStoreTooOld) throw error;
        await attempts.failed(error);
      }
    }
  }

  #cursor(options: Pick<CursorOptions, 'after' | 'categories' | 'batchSize' | 'policy' | 'signal'>): LogCursor {
    return new LogCursor({ ...options, client: this.#client, head: this.#head, onTrouble: this.#onTrouble });
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw new EventStoreUnavailable('the event store is closed');
  }
}
