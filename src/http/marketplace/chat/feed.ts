import type { Readable } from 'node:stream';
import type { Clock } from '../../../ports/clock.js';
import type { Position } from '../../../ports/event-store.js';
import type { ChatMessageDocument } from '../../../projections/chats/queries.js';
import { HEARTBEAT_MS, openEventStream, RECONNECT_MS, type EventBatches } from '../../shared/event-stream.js';
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

/** What waits for a client is never more than two such batches. */
const MESSAGES_AT_ONCE = 20;

const eventOf = (message: ChatMessageDocument): string =>
  `id: ${placeOf(message)}\nevent: message\ndata: ${JSON.stringify(presentMessage(message))}\n\n`;

const HEARTBEAT = ':\n\n';

/** The messages of one chat for one client, as server-sent events. It reads ahead of the client by one batch at most. */
class Feed implements Listener, EventBatches {
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

/** The body of an answer that ends when the account may read no more, the server stops, or the client is gone. */
export const openFeed = (terms: FeedTerms): Readable => openEventStream(new Feed(terms), terms.clock);
