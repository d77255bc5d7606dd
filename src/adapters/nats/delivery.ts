import type { JsMsg } from 'nats';
import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { Consumer, DeadLetter } from '../../ports/event-bus.js';
import { EventStoreUnavailable } from '../../ports/event-store.js';
import { OVER } from '../../primitives/over.js';
import { RecentlyUsed } from '../../primitives/recently-used.js';
import { retrying } from '../../primitives/retrying.js';
import { eventOf, headOf } from './event-message.js';
import type { NatsDeadLetters } from './nats-dead-letters.js';

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** A message that is neither acknowledged nor reported as in progress for so long is delivered to another process. */
  readonly ackWaitMs: number;
}

export interface DeliveryServices {
  readonly clock: Clock;
  readonly codec: EventCodec;
  readonly retry: RetryPolicy;
  readonly deadLetters: NatsDeadLetters;
  readonly onDeadLetter: (letter: DeadLetter) => void;
  readonly onFailure: (consumer: string, error: unknown, retryInMs: number) => void;
}

const REMEMBERED = 10_000;
const STORE_AWAY_MS = 1_000;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Hands messages to one consumer and acknowledges them. Recognises recently handled events by id. */
export class Delivery {
  readonly #services: DeliveryServices;
  readonly #consumer: Consumer<DomainEvent>;
  readonly #handled = new RecentlyUsed<true>(REMEMBERED);

  constructor(services: DeliveryServices, consumer: Consumer<DomainEvent>) {
    this.#services = services;
    this.#consumer = consumer;
  }

  async deliver(message: JsMsg, signal: AbortSignal): Promise<void> {
    const { eventId } = headOf(message);
    if (this.#handled.has(eventId)) return message.ack();
    const over = new AbortController();
    const working = this.#sayWorking(message, over.signal);
    try {
      await this.#handle(message, signal);
      this.#handled.set(eventId, true);
      message.ack();
    } catch (error) {
      await this.#failed(message, error);
    } finally {
      over.abort(OVER);
      await working;
    }
  }

  /** Waits for a log that is away and uses up no attempt: the event is not at fault. */
  async #handle(message: JsMsg, signal: AbortSignal): Promise<void> {
    const { clock, codec, onFailure } = this.#services;
    const handled = await retrying(
      {
        clock,
        signal,
        firstMs: STORE_AWAY_MS,
        onFailure: (error, retryInMs) => {
          if (!(error instanceof EventStoreUnavailable)) throw error;
          onFailure(this.#consumer.name, error, retryInMs);
        },
      },
      async () => {
        await this.#consumer.handle(eventOf(message, codec));
        return true;
      },
    );
    if (handled === undefined) throw new EventStoreUnavailable('the consumer was stopped while the log was away');
  }

  async #failed(message: JsMsg, error: unknown): Promise<void> {
    const { clock, retry, deadLetters, onDeadLetter, onFailure } = this.#services;
    const attempts = message.info.deliveryCount;
    if (attempts < retry.attempts) {
      const retryInMs = Math.min(retry.maxDelayMs, retry.firstDelayMs * 2 ** (attempts - 1));
      onFailure(this.#consumer.name, error, retryInMs);
      return message.nak(retryInMs);
    }
    try {
      const failed = { consumer: this.#consumer.name, reason: reasonOf(error), attempts, failedAt: clock.now().toISOString() };
      onDeadLetter(await deadLetters.record({ headers: message.headers, seq: message.seq, payload: message.string() }, failed));
      message.term();
    } catch (unrecorded) {
      // Not acknowledged: it is delivered once more, and in the end the server's own limit applies (ExhaustedDeliveries).
      onFailure(this.#consumer.name, unrecorded, retry.ackWaitMs);
    }
  }

  async #sayWorking(message: JsMsg, over: AbortSignal): Promise<void> {
    const { clock, retry } = this.#services;
    for (;;) {
      await clock.after(retry.ackWaitMs / 3, over);
      if (over.aborted) return;
      message.working();
    }
  }
}
