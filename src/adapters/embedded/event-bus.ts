import type { DomainEvent } from '../../domain/events.js';
import type { Checkpoints } from '../../ports/checkpoints.js';
import type { Clock } from '../../ports/clock.js';
import { deadLetterId, type Consumer, type DeadLetter, type EventBus } from '../../ports/event-bus.js';
import type { EventStore, Position, RecordedEvent, SubscriptionBatch } from '../../ports/event-store.js';
import { CoalescedCheckpoint } from '../../primitives/coalesced-checkpoint.js';
import { byKey } from '../../primitives/by-key.js';
import type { LmdbDeadLetters } from './dead-letters.js';

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export interface EventBusParts {
  readonly store: EventStore<DomainEvent>;
  readonly checkpoints: Checkpoints;
  readonly deadLetters: Pick<LmdbDeadLetters, 'record' | 'list' | 'requestReplay' | 'replays' | 'replayed'>;
  readonly clock: Clock;
  readonly retry?: RetryPolicy;
  readonly onDeadLetter?: (letter: DeadLetter) => void;
}

type Delivery = 'handled' | 'dead-letter' | 'aborted';

const DEFAULT_RETRY: RetryPolicy = { attempts: 8, firstDelayMs: 200, maxDelayMs: 60_000 };
const BATCH = 128;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const checkpointOf = (consumer: string): string => `bus:${consumer}`;

/** The bus of a single process: consumers follow the log itself, so there is nothing to publish. */
export class InProcessEventBus implements EventBus<DomainEvent> {
  readonly #parts: EventBusParts;
  readonly #retry: RetryPolicy;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(parts: EventBusParts) {
    this.#parts = parts;
    this.#retry = parts.retry ?? DEFAULT_RETRY;
  }

  async publish(): Promise<void> {
    // Everything in the log is published.
  }

  publishedUpTo(): Promise<Position> {
    return this.#parts.store.head();
  }

  consume(consumer: Consumer<DomainEvent>, signal: AbortSignal): Promise<void> {
    const running = this.#runBoth(consumer, AbortSignal.any([signal, this.#closing.signal]));
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#parts.deadLetters.list();
  }

  replayDeadLetter(id: string): Promise<boolean> {
    return this.#parts.deadLetters.requestReplay(id);
  }

  async check(): Promise<void> {
    await this.#parts.store.head();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#running]);
  }

  async #runBoth(consumer: Consumer<DomainEvent>, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const either = AbortSignal.any([signal, ended.signal]);
    const loops = [this.#run(consumer, either), this.#replay(consumer, either)];
    await Promise.all(loops.map((loop) => loop.finally(() => ended.abort())));
  }

  async #replay(consumer: Consumer<DomainEvent>, signal: AbortSignal): Promise<void> {
    for await (const letter of this.#parts.deadLetters.replays(consumer.name, signal)) {
      await this.#deliverAgain(consumer, letter, signal);
    }
  }

  async #deliverAgain(consumer: Consumer<DomainEvent>, letter: DeadLetter, signal: AbortSignal): Promise<void> {
    for await (const event of this.#parts.store.readStream(letter.stream)) {
      if (event.id !== letter.eventId) continue;
      // A letter that failed again stays: it may have been asked for once more by now.
      if ((await this.#deliver(consumer, event, signal)) === 'handled') await this.#parts.deadLetters.replayed(letter.id);
      return;
    }
  }

  async #run(consumer: Consumer<DomainEvent>, signal: AbortSignal): Promise<void> {
    const { store, checkpoints } = this.#parts;
    const checkpoint = checkpointOf(consumer.name);
    const after = await checkpoints.get(checkpoint);
    const { categories } = consumer;
    let reached = after;
    const saved = new CoalescedCheckpoint(checkpoints, checkpoint, () => reached);
    for await (const batch of store.subscribe({ after, categories, batchSize: BATCH, signal: AbortSignal.any([signal, saved.failed]) })) {
      const handled = await this.#deliverAll(consumer, batch, signal);
      if (handled <= reached) continue;
      reached = handled;
      // A crash delivers what was handled after the last write once more.
      saved.saveBehind();
    }
    saved.failed.throwIfAborted();
    if (reached > after) await saved.save();
  }

  /** Streams side by side, each in its order: a consumer mostly waits for what it has written. Answers the position up to which all is handled. */
  async #deliverAll(consumer: Consumer<DomainEvent>, { events, position }: SubscriptionBatch<DomainEvent>, signal: AbortSignal): Promise<Position> {
    let handled = position;
    await byKey(events, ({ stream }) => stream, async (event) => {
      if ((await this.#deliver(consumer, event, signal)) === 'aborted' && event.position <= handled) handled = event.position - 1n;
    });
    return handled;
  }

  async #deliver(consumer: Consumer<DomainEvent>, event: RecordedEvent<DomainEvent>, signal: AbortSignal): Promise<Delivery> {
    const { clock, deadLetters } = this.#parts;
    const { attempts, firstDelayMs, maxDelayMs } = this.#retry;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await consumer.handle(event);
        return 'handled';
      } catch (error) {
        if (attempt >= attempts) {
          const { id: eventId, stream, type } = event;
          const failedAt = clock.now().toISOString();
          const what = { id: deadLetterId(consumer.name, eventId), consumer: consumer.name, eventId, stream, type };
          const letter = { ...what, reason: reasonOf(error), attempts: attempt, failedAt };
          await deadLetters.record(letter);
          this.#parts.onDeadLetter?.(letter);
          return 'dead-letter';
        }
        const delay = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
        await clock.after(delay, signal);
      }
    }
    return 'aborted';
  }
}
