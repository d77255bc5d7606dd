import { Readable } from 'node:stream';
import type { Clock } from '../../ports/clock.js';

/** What an event stream says, batch by batch, as text of server-sent events. */
export interface EventBatches {
  batches(): AsyncGenerator<string>;
  /** Ends what the batches wait for: a generator can't return before. */
  end(): void;
}

/** A client that has not taken a batch by then is let go. */
export const PATIENCE_MS = 30_000;
export const HEARTBEAT_MS = 15_000;
export const RECONNECT_MS = 3_000;
const BUFFER_BYTES = 16_384;

/** The text of a feed. It is read as far ahead as its buffer goes, and no further however slow the client is. */
class EventStream extends Readable {
  readonly #source: EventBatches;
  readonly #batches: AsyncGenerator<string>;
  readonly #clock: Pick<Clock, 'after'>;
  #untaken = new AbortController();

  constructor(source: EventBatches, clock: Pick<Clock, 'after'>) {
    super({ highWaterMark: BUFFER_BYTES });
    this.#source = source;
    this.#batches = source.batches();
    this.#clock = clock;
  }

  override _read(): void {
    this.#untaken.abort();
    this.#next().catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#untaken.abort();
    this.#source.end();
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

/** The body of an answer that ends when its batches do, when the client takes nothing for too long, or when it is gone. */
export const openEventStream = (source: EventBatches, clock: Pick<Clock, 'after'>): Readable => new EventStream(source, clock);
