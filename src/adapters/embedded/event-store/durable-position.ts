/** The position up to which the log is on disk. Readers see events up to it and wait for its changes. */
export class DurablePosition {
  #value: number;
  #closed = false;
  #change: Promise<void> | undefined;
  #changed: () => void = () => undefined;

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
    this.wake();
  }

  close(): void {
    this.#closed = true;
    this.wake();
  }

  /** Resolves when the position has changed, the log is closed or `wake` was called: look again. */
  change(): Promise<void> {
    this.#change ??= new Promise((resolve) => {
      this.#changed = resolve;
    });
    return this.#change;
  }

  wake(): void {
    this.#change = undefined;
    this.#changed();
  }
}
