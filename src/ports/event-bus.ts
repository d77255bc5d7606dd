import type { AnyEvent, Position, RecordedEvent } from './event-store.js';

export interface Consumer<E extends AnyEvent = AnyEvent> {
  /** Durable: a consumer of this name goes on where it stopped. Letters, digits, - and _ only. */
  readonly name: string;
  readonly categories: readonly string[];
  /**
   * Called for each event at least once, perhaps doubled or out of order (pitfall 19): must be idempotent.
   * A throw is tried again with back-off, and after the last try recorded as a dead letter.
   */
  readonly handle: (event: RecordedEvent<E>) => Promise<void>;
}

export interface EventBus<E extends AnyEvent = AnyEvent> {
  /** Hands events of the log over, in order; doubled ones are recognised by id. Resolves when they are kept. */
  publish(events: readonly RecordedEvent<E>[]): Promise<void>;
  /** The position of the last event that it holds; 0n when it is empty: new, or its data was lost. */
  publishedUpTo(): Promise<Position>;
  /** Runs until the signal aborts. */
  consume(consumer: Consumer<E>, signal: AbortSignal): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Takes the dead letter off the list and hands its event to its consumer once more, with all its tries. False when
   * there is no such letter.
   */
  replayDeadLetter(id: string): Promise<boolean>;
  /** Throws with the reason when events can't be handed over now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: string;
}

/** The same consumer and event is the same letter. */
export const deadLetterId = (consumer: string, eventId: string): string => `${consumer}.${eventId}`;
