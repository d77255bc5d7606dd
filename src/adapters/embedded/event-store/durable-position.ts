/** How far the log is on disk: what readers may see, and what those who wait for more are woken by. */
export class DurablePosition {
  #value: number;
  #closed = false;
  /** One promise for all that wait. */
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

  /** Resolves when there may be something to see: more, the end, or what somebody was woken for. Look again. */
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
