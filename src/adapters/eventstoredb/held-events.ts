import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { memorySizeOf } from '../../primitives/memory-size.js';
import type { LogSession } from './log-session.js';

const LARGEST_BYTES = 16 * 1_048_576;
/** Taken at a time: what is held can be more than the most by these. */
const TAKEN_AT_ONCE = 100;

/** What a session has received and the reader has not been given, within a limit in events and in bytes. */
export class HeldEvents {
  readonly #limit: number;
  #events: AllStreamResolvedEvent[] = [];
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  get isFull(): boolean {
    return this.#events.length >= this.#limit || this.#bytes >= LARGEST_BYTES;
  }

  take(session: LogSession): void {
    while (!this.isFull) {
      const taken = session.take(Math.min(TAKEN_AT_ONCE, this.#limit - this.#events.length));
      if (taken.length === 0) return;
      this.#events.push(...taken);
      for (const { event } of taken) this.#bytes += memorySizeOf(event?.data);
    }
  }

  letGo(): readonly AllStreamResolvedEvent[] {
    const events = this.#events;
    [this.#events, this.#bytes] = [[], 0];
    return events;
  }
}
