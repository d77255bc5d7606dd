/** How far the log is on disk: what readers may see, and what those who wait for more are woken by. */
export class DurablePosition {
  #value: number;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(value: number) {
    this.#value = value;
  }

  get value(): number {
    return this.#value;
  }

  get closed(): boolean {
    return this.#closed;
  }

  advanceTo(position: number): void {
    if (position <= this.#value) return;
    this.#value = position;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Resolves when there is more than that, when the signal aborts or when the log closes. */
  beyond(position: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.#value > position || this.#closed || signal.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** The same, for so long at most; whether there is more. */
  async beyondWithin(position: number, milliseconds: number, signal: AbortSignal): Promise<boolean> {
    const over = new AbortController();
    const end = (): void => over.abort();
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    try {
      await this.beyond(position, over.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
    return this.#value > position;
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
