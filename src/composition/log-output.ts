import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';

/** What waits for its reader at most; the lines beyond it are dropped. */
const MOST_WAITING_BYTES = 262_144;
/** How long a stop waits for a reader that is only slow. */
const LAST_LINES_MS = 1_000;

/**
 * Writes log lines, those of one turn of the event loop together, and never waits for their reader: neither requests nor the stop
 * depend on it. What can't be written is dropped, counted, and told of once there is room again.
 */
export class LogOutput implements DestinationStream {
  readonly #stream: Writable;
  #lines: string[] = [];
  /** Of the lines that wait here, and of those that wait in the stream. */
  #waitingBytes = 0;
  #dropped = 0;
  #toldOf = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
    // A reader that has gone is no reason to stop; the lines are counted where they are written.
    stream.on('error', () => undefined);
  }

  /** How many lines nobody will ever read. */
  get dropped(): number {
    return this.#dropped;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#waitingBytes + bytes > MOST_WAITING_BYTES) {
      this.#dropped += 1;
      return;
    }
    this.#waitingBytes += bytes;
    this.#lines.push(line);
    if (this.#lines.length === 1) setImmediate(() => void this.flush());
  }

  /** Hands over what waits here. Resolves when it was written, or could not be. */
  flush(): Promise<void> {
    const lines = this.#lines;
    if (lines.length === 0) return Promise.resolve();
    this.#lines = [];
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const news = this.#dropped - this.#toldOf;
    this.#toldOf = this.#dropped;
    return new Promise((resolve) => {
      const settled = (error?: Error | null): void => {
        this.#waitingBytes -= bytes;
        if (error instanceof Error) this.#dropped += lines.length;
        resolve();
      };
      try {
        this.#stream.write((news === 0 ? '' : this.#lossOf(news)) + lines.join(''), settled);
      } catch (error) {
        // Files are written at once, and their disk may be full.
        settled(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Gives a reader that is only slow a moment before the process ends. */
  async end(milliseconds = LAST_LINES_MS): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
    const written = this.flush().then(() => new Promise<void>((resolve) => this.#stream.write('', () => resolve())));
    await Promise.race([written, late]);
    clearTimeout(timer);
  }

  #lossOf(lines: number): string {
    return `${JSON.stringify({ level: 40, time: Date.now(), pid: process.pid, lines, msg: 'log lines were dropped: nobody read them in time' })}\n`;
  }
}
