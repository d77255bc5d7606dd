import { streamNameFilter, type AllStreamResolvedEvent, type EventStoreDBClient, type Filter } from '@eventstore/db-client';
import type { Position } from '../../ports/event-store.js';
import { latest, packed, readPosition } from './log-position.js';
import { PulledStream } from './pulled-stream.js';

/** The number of events that the server looks at before it reports its position, and reads at once. */
const CATCH_UP_WINDOW = 500;
/** A single event that a filter of categories leaves out is reported at once, so that the position of a quiet subscription keeps up. */
const TAIL_WINDOW = 1;

export interface SessionOptions {
  readonly after: Position;
  readonly head: Position;
  readonly categories: readonly string[] | undefined;
  readonly mode: 'catch-up' | 'tail';
  /** So many events are received ahead; the others stay at the server. */
  readonly highWaterMark: number;
  readonly signal: AbortSignal;
}

export class LogSession {
  readonly mode: SessionOptions['mode'];
  readonly #pulled: PulledStream<AllStreamResolvedEvent>;
  readonly #head: Position;
  #checkpoint: Position = 0n;
  #caughtUp = false;
  #fellBehind = false;

  constructor(client: EventStoreDBClient, { after, head, categories, mode, highWaterMark, signal }: SessionOptions) {
    this.mode = mode;
    this.#head = head;
    const filter = filterOf(categories, mode === 'tail' ? TAIL_WINDOW : CATCH_UP_WINDOW, (position) => {
      this.#checkpoint = latest(this.#checkpoint, position);
      this.#pulled.notify();
    });
    const subscription = client.subscribeToAll({ fromPosition: readPosition(after), filter }, { highWaterMark });
    this.#pulled = new PulledStream(subscription, () => subscription.unsubscribe(), signal);
    subscription.on('caughtUp', () => {
      this.#caughtUp = true;
      this.#pulled.notify();
    });
    subscription.on('fellBehind', () => {
      this.#caughtUp = false;
      this.#fellBehind = true;
    });
  }

  take(limit: number): AllStreamResolvedEvent[] {
    return this.#pulled.take(limit);
  }

  news(timeoutMs: number): Promise<boolean> {
    return this.#pulled.news(timeoutMs);
  }

  /** True when everything that came has been taken and the subscription is live. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** The server dropped live events: it reads them again, at the pace of the window. */
  get fellBehind(): boolean {
    return this.#fellBehind;
  }

  /** The position that the session has certainly seen when everything that came has been taken. */
  get seen(): Position {
    return this.#caughtUp ? latest(this.#checkpoint, this.#head) : this.#checkpoint;
  }

  get isQuiet(): boolean {
    return this.#pulled.isQuiet;
  }

  get ended(): boolean {
    return this.#pulled.ended;
  }

  close(): void {
    this.#pulled.close();
  }
}

const filterOf = (categories: readonly string[] | undefined, maxSearchWindow: number, seen: (position: Position) => void): Filter => {
  const options = {
    checkpointInterval: 1,
    maxSearchWindow,
    checkpointReached: (_: unknown, position: { commit: bigint; prepare: bigint }) => seen(packed(position)),
  };
  if (categories === undefined) return streamNameFilter({ ...options, regex: '^[^$]' });
  // No prefix at all would let everything through.
  if (categories.length === 0) return streamNameFilter({ ...options, regex: '^$' });
  return streamNameFilter({ ...options, prefixes: categories.map((category) => `${category}-`) });
};
