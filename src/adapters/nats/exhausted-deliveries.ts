import type { JsMsg, NatsConnection } from 'nats';
import type { Clock } from '../../ports/clock.js';
import type { DeadLetter } from '../../ports/event-bus.js';
import type { NatsDeadLetters } from './nats-dead-letters.js';

interface Advisory {
  readonly stream: string;
  readonly consumer: string;
  readonly stream_seq: number;
  readonly deliveries: number;
}

export interface ExhaustedDeliveriesServices {
  readonly clock: Clock;
  readonly deadLetters: NatsDeadLetters;
  readonly onDeadLetter: (letter: DeadLetter) => void;
  readonly onFailure: (error: unknown, retryInMs: number) => void;
}

const RETRY_MS = 2_000;

/** A consumer has one durable per category, because servers before 2.10 filter by one subject only. */
export const durableOf = (consumer: string, category: string): string => `${consumer}=${category}`;
const consumerOf = (durable: string): string => durable.split('=')[0] ?? durable;

/**
 * The second line behind Delivery (pitfall 23). A message that kills every process that handles it is never acknowledged; past
 * the server's own limit it would stay in the stream for ever. The server's advisory about it, kept in a stream, makes it a dead
 * letter.
 */
export const recordExhausted = async (services: ExhaustedDeliveriesServices, connection: NatsConnection, message: JsMsg): Promise<void> => {
  const { clock, deadLetters, onDeadLetter, onFailure } = services;
  const { stream, consumer, stream_seq, deliveries } = message.json<Advisory>();
  try {
    const manager = await connection.jetstreamManager();
    const exhausted = await manager.streams.getMessage(stream, { seq: stream_seq });
    const failed = { consumer: consumerOf(consumer), reason: 'never answered', attempts: deliveries, failedAt: clock.now().toISOString() };
    onDeadLetter(await deadLetters.record({ headers: exhausted.header, seq: stream_seq, payload: exhausted.string() }, failed));
    message.ack();
  } catch (error) {
    onFailure(error, RETRY_MS);
    message.nak(RETRY_MS);
  }
};
