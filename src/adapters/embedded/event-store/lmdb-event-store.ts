import { EventCodec } from '../../../domain/event-codec.js';
import type { DomainEvent } from '../../../domain/events.js';
import {
  countedInEvents,
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
} from '../../../ports/event-store.js';
import type { CacheShare } from '../../../primitives/cache-budget.js';
import type { SettledAppend } from './append-group.js';
import { AppendQueue } from './append-queue.js';
import { CategoryIndex } from './category-index.js';
import type { DiskReserve } from './disk-reserve.js';
import { DurablePosition } from './durable-position.js';
import { lastPosition, type LogEnvironment } from './log-environment.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { RecentEvents } from './recent-events.js';
import { revisionChunks } from './revision-chunks.js';
import { toRecorded, toStored } from './stored-event.js';
import { StreamIndex } from './stream-index.js';
import { subscription } from './subscription.js';

const READ_CHUNK = 256;
const MAX_STREAM_NAME_BYTES = 500;

export interface LmdbEventStoreOptions {
  readonly codec?: EventCodec;
  readonly reserve?: DiskReserve;
  /** What the heads of streams may take in memory. */
  readonly cache?: CacheShare;
}

/**
 * The log on LMDB, owned by this process. `close` closes the environment, unless a write has failed: then the process has to end.
 */
export class LmdbEventStore implements EventStore<DomainEvent> {
  readonly shared = false;
  readonly scale = countedInEvents;
  readonly #environment: LogEnvironment;
  readonly #codec: EventCodec;
  readonly #streams: StreamIndex;
  readonly #reader: LogReader;
  readonly #writer: LogWriter;
  readonly #queue: AppendQueue;
  readonly #durable: DurablePosition;
  readonly #recent = new RecentEvents();
  readonly #reserve: DiskReserve | undefined;
  #closing: Promise<void> | undefined;

  constructor(environment: LogEnvironment, { codec = new EventCodec(), reserve, cache }: LmdbEventStoreOptions = {}) {
    const position = lastPosition(environment);
    const categories = new CategoryIndex(environment);
    this.#environment = environment;
    this.#codec = codec;
    this.#reserve = reserve;
    this.#streams = new StreamIndex(environment, cache);
    this.#reader = new LogReader(environment, categories, codec);
    this.#writer = new LogWriter(environment, this.#streams, categories, position);
    this.#durable = new DurablePosition(position);
    this.#queue = new AppendQueue(
      (group, alone) => this.#writer.write(group, alone),
      (settled) => this.#show(settled),
    );
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<DomainEvent>[]): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (stream === '' || Buffer.byteLength(stream) > MAX_STREAM_NAME_BYTES) {
        reject(new RangeError(`a stream's name has 1 to ${MAX_STREAM_NAME_BYTES} bytes: ${stream.slice(0, 100)}`));
        return;
      }
      if (this.#reserve?.isShort === true) reject(new EventStoreUnavailable(this.#reserve.shortage));
      else this.#queue.push({ stream, expected, events, resolve, reject });
    });
  }

  mayHave(stream: string): boolean {
    this.#assertOpen();
    return this.#streams.lastRevision(stream) >= 0;
  }

  assertWritable(): void {
    if (this.#queue.failure !== undefined) throw this.#queue.failure;
    if (this.#reserve?.isShort === true) throw new EventStoreUnavailable(this.#reserve.shortage);
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    this.#assertOpen();
    const forwards = options.direction !== 'backwards';
    for (const [first, last] of revisionChunks(options, this.#lastDurableRevision(stream), READ_CHUNK)) {
      this.#assertOpen();
      const events = this.#streams.positions(stream, first, last).map((position) => this.#reader.at(position));
      yield* forwards ? events : events.reverse();
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent<DomainEvent>, void, undefined> {
    this.#assertOpen();
    const until = this.#durable.value;
    let position = Number(options.after ?? 0n);
    let left = options.limit ?? Infinity;
    while (position < until && left > 0) {
      this.#assertOpen();
      const stretch = this.#reader.stretch(position, until, Math.min(READ_CHUNK, left), options.categories);
      yield* stretch.events;
      left -= stretch.events.length;
      position = stretch.position;
    }
  }

  subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionBatch<DomainEvent>, void, undefined> {
    return subscription({ durable: this.#durable, reader: this.#reader, recent: this.#recent }, options);
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return BigInt(this.#durable.value);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#durable.close();
    // After a failed write lmdb would wait for a flush that never comes.
    if (this.#queue.failure === undefined) await this.#environment.root.close();
  }

  /** Events that are committed but not yet on disk must not count against a limit. */
  #lastDurableRevision(stream: string): number {
    let last = this.#streams.lastRevision(stream);
    while (last >= 0 && !this.#streams.positions(stream, last, last).some((position) => position <= this.#durable.value)) last -= 1;
    return last;
  }

  #assertOpen(): void {
    if (this.#durable.closed) throw new EventStoreUnavailable('the event store is closed');
  }

  #show(settled: readonly SettledAppend[]): void {
    let position = this.#durable.value;
    for (const { pending, written } of settled) if (written !== undefined) position = written.position + pending.events.length - 1;
    if (this.#recent.isFollowed) this.#remember(settled);
    this.#durable.advanceTo(position);
  }

  #remember(settled: readonly SettledAppend[]): void {
    const recorded = settled.flatMap(({ pending, written }) => {
      if (written === undefined) return [];
      const { events, stream } = pending;
      return events.map((event, index) =>
        toRecorded(this.#codec, toStored(event, stream, written.revision + index), written.position + index),
      );
    });
    const [first] = recorded;
    if (first !== undefined) this.#recent.add(Number(first.position), recorded);
  }
}
