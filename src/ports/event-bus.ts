import type { AnyEvent, RecordedEvent } from './event-store.js';

export interface Consumer<E extends AnyEvent = AnyEvent> {
  /** Durable: a consumer of this name goes on where it stopped. */
  readonly name: string;
  readonly categories: readonly string[];
  /**
   * Called for each event at least once, perhaps doubled or out of order (pitfall 19): must be idempotent.
   * A throw is tried again with back-off, and after the last try recorded as a dead letter.
   */
  readonly handle: (event: RecordedEvent<E>) => Promise<void>;
}

export interface EventBus<E extends AnyEvent = AnyEvent> {
  /** Hands events of the log over, in order; doubled ones are recognised by id. */
  publish(events: readonly RecordedEvent<E>[]): Promise<void>;
  /** Runs until the signal aborts. */
  consume(consumer: Consumer<E>, signal: AbortSignal): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  close(): Promise<void>;
}

export interface DeadLetter {
  readonly consumer: string;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: string;
}
