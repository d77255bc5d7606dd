import type { Readable } from 'node:stream';
import { EventStoreUnavailable } from '../../ports/event-store.js';

/** One of the client's streams, read at the reader's pace: items that are not taken stay at the server. */
export class PulledStream<Item> {
  readonly #stream: Readable;
  readonly #cancel: () => Promise<void>;
  readonly #signal: AbortSignal;
  #error: unknown;
  #ended = false;
  #news = false;
  #wake: (() => void) | undefined;

  constructor(stream: Readable, cancel: () => Promise<void>, signal: AbortSignal) {
    this.#stream = stream;
    this.#cancel = cancel;
    this.#signal = signal;
    stream.on('readable', this.notify);
    stream.on('end', () => {
      this.#ended = true;
      this.notify();
    });
    // The listener stays to the end: the client emits errors even after a cancellation.
    stream.on('error', (error) => {
      this.#error ??= error;
      this.notify();
    });
    signal.addEventListener('abort', this.notify);
  }

  /** At most this many items that have come; fewer when there are no more at the moment. */
  take(limit: number): Item[] {
    const items: Item[] = [];
    while (items.length < limit) {
      const item: Item | null = this.#stream.read();
      if (item === null) break;
      items.push(item);
    }
    return items;
  }

  /** The next items, at least one; none at the end. Rejects when nothing comes within the time. */
  async next(limit: number, stallMs: number): Promise<Item[]> {
    for (;;) {
      const items = this.take(limit);
      if (items.length > 0) return items;
      // The client also ends a stream that broke.
      if (this.#ended && this.#error !== undefined) throw this.#error;
      if (this.#ended) return items;
      if (!(await this.news(stallMs))) throw new EventStoreUnavailable(`the event store sent nothing for ${Math.round(stallMs)} ms`);
    }
  }

  /** Waits until something changed since the last call; false when the time is over first. Rejects when the stream broke. */
  async news(timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.#news) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    const news = this.#news;
    this.#news = false;
    if (this.#signal.aborted) throw new EventStoreUnavailable('reading was ended');
    if (this.#error !== undefined && this.#stream.readableLength === 0) throw this.#error;
    return news;
  }

  get isQuiet(): boolean {
    return !this.#news;
  }

  get ended(): boolean {
    return this.#ended;
  }

  readonly notify = (): void => {
    this.#news = true;
    this.#wake?.();
  };

  close(): void {
    this.#signal.removeEventListener('abort', this.notify);
    // A cancelled call frees its place on the connection; the stream is released when it is read to its end.
    this.#cancel().catch(() => undefined);
    this.#stream.on('readable', this.#discard);
    this.#discard();
  }

  readonly #discard = (): void => {
    while (this.#stream.read() !== null);
  };
}
