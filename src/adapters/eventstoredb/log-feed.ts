import type { DomainEvent } from '../../domain/events.js';
import type { Position, SubscribeOptions, SubscriptionBatch } from '../../ports/event-store.js';
import { OverdueReport } from '../../primitives/overdue-report.js';
import { FeedBuffer } from './feed-buffer.js';
import { latest } from './log-position.js';

type Batch = SubscriptionBatch<DomainEvent>;

export interface LogFeedOptions {
  /** The head of the log; waits for the server. */
  readonly head: () => Promise<Position>;
  /** A subscription of its own, which comes back by itself. */
  readonly open: (options: SubscribeOptions) => AsyncIterable<Batch>;
  /** What the newest events may take in memory. */
  readonly bytes: number;
  readonly closed: AbortSignal;
}

const DEFAULT_BATCH = 512;
const FEED_BATCH = 1_000;
/** Followers are told of events that their filter left out after this time, or after this many events. */
const UNREPORTED_MS = 100;
const UNREPORTED = 4_096;

/**
 * One live subscription for all followers of a process: each event is received and decoded once. A follower goes at its own
 * pace; one that is not among the newest events reads from the server by itself until it is.
 */
export class LogFeed {
  readonly #options: LogFeedOptions;
  #followers = 0;
  #running: Running | undefined;

  constructor(options: LogFeedOptions) {
    this.#options = options;
  }

  /** The last event that this process knows of; undefined while the feed is not live. */
  get knownHead(): Position | undefined {
    return this.#running?.isLive === true ? this.#running.lastEvent : undefined;
  }

  /** An append of this process was answered with this position. */
  appended(position: Position): void {
    this.#running?.appended(position);
  }

  async *follow(options: SubscribeOptions): AsyncGenerator<Batch, void, undefined> {
    this.#followers += 1;
    const running = (this.#running ??= new Running(this.#options));
    const signal = AbortSignal.any([options.signal, this.#options.closed]);
    const wake = (): void => running.wake();
    signal.addEventListener('abort', wake);
    try {
      yield* followed(running, this.#options, { ...options, signal });
    } finally {
      signal.removeEventListener('abort', wake);
      this.#followers -= 1;
      // Nobody follows: nothing need be received.
      if (this.#followers === 0) {
        running.end();
        this.#running = undefined;
      }
    }
  }
}

async function* followed(running: Running, { open }: LogFeedOptions, options: SubscribeOptions): AsyncGenerator<Batch, void, undefined> {
  const { signal, batchSize = DEFAULT_BATCH } = options;
  let position = options.after;
  while (!signal.aborted) {
    await running.ready(signal);
    if (position < running.start) {
      for await (const batch of open({ ...options, after: position, batchSize, signal })) {
        position = batch.position;
        yield { ...batch, live: false };
        if (position >= running.start) break;
      }
      continue;
    }
    for await (const batch of running.newest(position, { ...options, batchSize, signal })) {
      position = batch.position;
      yield batch;
    }
  }
}

/** The subscription while anybody follows. */
class Running {
  readonly #options: LogFeedOptions;
  readonly #ended = new AbortController();
  readonly #buffer: FeedBuffer;
  #start: Position | undefined;
  #position: Position = 0n;
  #lastEvent: Position = 0n;
  #live = false;
  #failure: unknown;
  #news = newsOnce();

  constructor(options: LogFeedOptions) {
    this.#options = options;
    this.#buffer = new FeedBuffer(options.bytes);
    void this.#run(AbortSignal.any([options.closed, this.#ended.signal]));
  }

  /** Every event after this position is here. */
  get start(): Position {
    return this.#start ?? 0n;
  }

  get isLive(): boolean {
    return this.#live;
  }

  get lastEvent(): Position {
    return this.#lastEvent;
  }

  appended(position: Position): void {
    this.#lastEvent = latest(this.#lastEvent, position);
  }

  end(): void {
    this.#ended.abort();
  }

  wake(): void {
    const { resolve } = this.#news;
    this.#news = newsOnce();
    resolve();
  }

  async ready(signal: AbortSignal): Promise<void> {
    while (this.#start === undefined && !signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#news.promise;
    }
  }

  /** Ends when the follower has fallen behind what is here, or its signal aborts. */
  async *newest(after: Position, { batchSize = DEFAULT_BATCH, categories, signal }: SubscribeOptions): AsyncGenerator<Batch, void, undefined> {
    const wanted = categories === undefined ? undefined : new Set(categories);
    const overdue = new OverdueReport(UNREPORTED_MS, () => this.wake());
    let next = this.#buffer.after(after);
    let [position, reported, live] = [after, after, false];
    let unreported = 0;
    try {
      while (!signal.aborted && next >= this.#buffer.first) {
        const taken = this.#buffer.take(next, batchSize, wanted);
        unreported += taken.next - next;
        next = taken.next;
        const isAtEnd = next === this.#buffer.end;
        position = latest(position, isAtEnd ? this.#position : (taken.position ?? 0n));
        const isLive = isAtEnd && this.#live;
        const isDue = position !== reported && (wanted === undefined || !isLive || unreported >= UNREPORTED || overdue.isDue());
        if (taken.events.length > 0 || isLive !== live || isDue) {
          [reported, live, unreported] = [position, isLive, 0];
          yield { events: taken.events, position, live };
        } else await this.#news.promise;
      }
    } finally {
      overdue.stop();
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { head, open } = this.#options;
    try {
      const start = await head();
      [this.#start, this.#position, this.#lastEvent] = [start, start, latest(start, this.#lastEvent)];
      this.wake();
      for await (const batch of open({ after: start, batchSize: FEED_BATCH, signal })) {
        const dropped = this.#buffer.add(batch.events);
        if (dropped !== undefined) this.#start = dropped;
        this.#position = latest(this.#position, batch.position);
        this.#lastEvent = latest(this.#lastEvent, batch.events.at(-1)?.position ?? 0n);
        this.#live = batch.live;
        this.wake();
      }
    } catch (error) {
      this.#failure = error;
      this.wake();
    }
  }
}

interface News {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

const newsOnce = (): News => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
