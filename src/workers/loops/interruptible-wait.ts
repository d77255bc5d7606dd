import type { Clock } from '../../ports/clock.js';
import { OVER } from '../../primitives/over.js';
import { withEither } from '../../primitives/with-either.js';

/** A wait that ends early at a call, also at one that came just before it began. */
export class InterruptibleWait {
  #called = false;
  #waiting: AbortController | undefined;

  call(): void {
    this.#called = true;
    this.#waiting?.abort(OVER);
  }

  async wait(clock: Clock, until: Date, signal: AbortSignal): Promise<void> {
    if (!this.#called) {
      this.#waiting = new AbortController();
      await withEither(signal, this.#waiting.signal, (either) => clock.until(until, either));
      this.#waiting = undefined;
    }
    this.#called = false;
  }
}
