/** Tells when something has gone unreported for long enough, with one timer at a time. */
export class OverdueReport {
  readonly #afterMs: number;
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;

  constructor(afterMs: number, wake: () => void) {
    this.#afterMs = afterMs;
    this.#wake = wake;
  }

  /** Call it when there is something to report. True restarts the time; false wakes the waiter when the time is over. */
  isDue(): boolean {
    const isDue = this.#isDue;
    this.#isDue = false;
    if (!isDue) this.#timer ??= setTimeout(() => this.#over(), this.#afterMs);
    return isDue;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #over(): void {
    this.#timer = undefined;
    this.#isDue = true;
    this.#wake();
  }
}
