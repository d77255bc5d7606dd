/**
 * A place in the log: ordered, opaque (an adapter may pack two numbers into it). 0n is before the first event. Printed as a
 * decimal string wherever it leaves the program.
 */
export type Position = bigint;

/** Measures positions, or the distance between two, in a unit that means something to people. */
export interface LogScale {
  readonly unit: 'events' | 'bytes';
  readonly measure: (position: Position) => bigint;
}

export const countedInEvents: LogScale = { unit: 'events', measure: (position) => position };

export interface EventMetadata {
  /** The account that asked for it, or `operator:<name>` at the command line; null for a process or a worker. */
  readonly actorId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
  readonly schemaVersion: number;
  /** The command that made it; the fold of a stream remembers these. */
  readonly commandId: string;
  /** Payment and coupon streams only: SHA-256 over this event and `previousHash`. */
  readonly hash?: string;
  readonly previousHash?: string | null;
}

/** The shape of any event on the wire: data is JSON-safe. `DomainEvent` fits it. */
export interface AnyEvent {
  readonly type: string;
  readonly data: object;
}

export type NewEvent<E extends AnyEvent = AnyEvent> = E & { readonly id: string; readonly metadata: EventMetadata };

export type RecordedEvent<E extends AnyEvent = AnyEvent> = NewEvent<E> & {
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
  readonly position: Position;
};

/** `any` and `stream_exists` give no safety against doubles (pitfall 18): the command handler never uses them. */
export type ExpectedRevision = 'no_stream' | 'stream_exists' | 'any' | number;

export type AppendResult =
  | Readonly<{ ok: true; /** of the last event */ revision: number; position: Position }>
  | Readonly<{ ok: false; reason: 'wrong-expected-revision'; currentRevision: number | 'no_stream' }>;

export interface ReadStreamOptions {
  /** First revision to read, from 0; backwards: from the end when absent. */
  readonly fromRevision?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

/** Streams whose category (what stands before the first dash) is listed; absent: all. */
export interface LogFilter {
  readonly categories?: readonly string[];
}

export interface ReadAllOptions extends LogFilter {
  /** Events after this position (exclusive). */
  readonly after?: Position;
  readonly limit?: number;
}

export interface SubscribeOptions extends LogFilter {
  /** Events after this position (exclusive); 0n is from the start. */
  readonly after: Position;
  /** At most this many events in one batch (default 512). */
  readonly batchSize?: number;
  readonly signal: AbortSignal;
}

/**
 * A stretch of the log. `position` is how far the subscription has seen, events that the filter left out
 * included, so that a checkpoint moves on. `live` says that there was nothing more at that moment.
 * A batch without events is given when only the position or `live` changed.
 */
export interface SubscriptionBatch<E extends AnyEvent = AnyEvent> {
  readonly events: readonly RecordedEvent<E>[];
  readonly position: Position;
  readonly live: boolean;
}

/**
 * The log. A returned append is durable. Several events in one append are all or nothing. A wrong expected revision
 * is a value; but when the very same events (by id) already stand where they were to be appended, the append is
 * answered as it was the first time. Readers never see a position before a smaller one.
 * Infrastructure failures (closed, unreachable) reject with EventStoreUnavailable.
 */
export interface EventStore<E extends AnyEvent = AnyEvent> {
  /** Other processes may append to this log at the same time; false where this process owns it. */
  readonly shared: boolean;
  /** Appends to any streams that are under way together are written in the order of the calls. Absent: where this process owns the log. */
  readonly keepsOrder?: boolean;
  readonly scale: LogScale;
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<E>[]): Promise<AppendResult>;
  /** False: there is no such stream. Absent where the store can't tell without waiting. */
  mayHave?(stream: string): boolean;
  /** Throws EventStoreUnavailable while it can be read but takes no appends. Absent where that can't be. */
  assertWritable?(): void;
  /** The events of one stream; none when there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent<E>>;
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent<E>>;
  /**
   * Catch-up, then live, without a gap or a double. Pull: nothing is held for a slow reader.
   * Ends (returns) when the signal aborts or the store closes.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionBatch<E>>;
  /** The position of the last durable event; 0n when there is none. */
  head(): Promise<Position>;
  /**
   * The last event that this process has appended or been told of, known without asking; undefined while it is told of none.
   * Absent where the head itself costs nothing.
   */
  knownHead?(): Position | undefined;
  close(): Promise<void>;
}

/** The head, as this process knows it where it follows the log; events of others that are on their way to it may lie behind it. */
export const recentHead = async (store: Pick<EventStore, 'head' | 'knownHead'>): Promise<Position> => store.knownHead?.() ?? store.head();

export class EventStoreUnavailable extends Error {
  override readonly name = 'EventStoreUnavailable';
}
