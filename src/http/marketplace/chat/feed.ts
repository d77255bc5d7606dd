import { Readable } from 'node:stream';
import type { Clock } from '../../../ports/clock.js';
import type { Position } from '../../../ports/event-store.js';
import type { ChatMessageDocument } from '../../../projections/chats/queries.js';
import type { FeedHub, Listener } from './feed-hub.js';
import { placeOf, presentMessage } from './presenter.js';

export interface FeedTerms {
  readonly hub: Pick<FeedHub, 'join' | 'leave' | 'seen'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly thread: string;
  /** The last event that the client has seen; undefined: the feed begins with what comes now. */
  readonly after: Position | undefined;
  /** Asked before each batch and each heartbeat: the session lives, and the account may read the chat. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Messages after one position and up to another, the oldest first. */
  readonly read: (after: Position, upTo: Position, limit: number) => Promise<readonly ChatMessageDocument[]>;
  /** Told why the feed ended before its time. */
  readonly onFailure: (error: unknown) => void;
}

export const HEARTBEAT_MS = 15_000;
/** A client that has not taken a batch by then is let go. */
export const PATIENCE_MS = 30_000;
const RECONNECT_MS = 3_000;
/** What waits for a client is never more than two such batches. */
const MESSAGES_AT_ONCE = 20;
const BUFFER_BYTES = 16_384;

const eventOf = (message: ChatMessageDocument): string =>
  `id: ${placeOf(message)}\nevent: message\ndata: ${JSON.stringify(presentMessage(message))}\n\n`;

const HEARTBEAT = ':\n\n';

/** The messages of one chat for one client, as server-sent events. It reads ahead of the client by one batch at most. */
class Feed implements Listener {
  readonly thread: string;
  readonly #terms: FeedTerms;
  readonly #ended = new AbortController();
  #nap: AbortController | undefined;
  #isDue = false;

  constructor(terms: FeedTerms) {
    this.#terms = terms;
    this.thread = terms.thread;
  }

  wake(): void {
    this.#isDue = true;
    this.#nap?.abort();
  }

  end(): void {
    this.#ended.abort();
    this.wake();
  }

  async *batches(): AsyncGenerator<string> {
    const { hub, onFailure } = this.#terms;
    try {
      yield `retry: ${RECONNECT_MS}\n\n`;
      yield* this.#messages(await hub.join(this));
    } catch (error) {
      onFailure(error);
    } finally {
      hub.leave(this);
    }
  }

  async *#messages(joinedAt: Position): AsyncGenerator<string> {
    const { hub, mayGoOn, read, after = joinedAt } = this.#terms;
    let last = after;
    for (;;) {
      this.#isDue = false;
      if (this.#ended.signal.aborted || !(await mayGoOn())) return;
      const upTo = hub.seen > joinedAt ? hub.seen : joinedAt;
      const found = await read(last, upTo, MESSAGES_AT_ONCE);
      last = BigInt(found.at(-1)?.position ?? last);
      yield found.length === 0 ? HEARTBEAT : found.map(eventOf).join('');
      if (found.length < MESSAGES_AT_ONCE) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    if (this.#isDue) return;
    this.#nap = new AbortController();
    await this.#terms.clock.after(HEARTBEAT_MS, this.#nap.signal);
  }
}

/** The text of a feed. It is read as far ahead as its buffer goes. */
class FeedStream extends Readable {
  readonly #feed: Feed;
  readonly #batches: AsyncGenerator<string>;
  readonly #clock: FeedTerms['clock'];
  #untaken = new AbortController();

  constructor(terms: FeedTerms) {
    super({ highWaterMark: BUFFER_BYTES });
    this.#feed = new Feed(terms);
    this.#batches = this.#feed.batches();
    this.#clock = terms.clock;
  }

  override _read(): void {
    this.#untaken.abort();
    this.#next().catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
  }

  /** Ends what the feed waits for first: the generator can't return before. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#untaken.abort();
    this.#feed.end();
    this.#batches.return(undefined).then(() => done(error), done);
  }

  async #next(): Promise<void> {
    const { done, value } = await this.#batches.next();
    if (done === true) {
      this.push(null);
      return;
    }
    const untaken = new AbortController();
    this.#untaken = untaken;
    void this.#clock.after(PATIENCE_MS, untaken.signal).then(() => {
      if (!untaken.signal.aborted) this.destroy();
    });
    this.push(value);
  }
}

/** The body of an answer that ends when the account may read no more, the server stops, or the client is gone. */
export const openFeed = (terms: FeedTerms): Readable => new FeedStream(terms);
