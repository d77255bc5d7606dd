import { setMaxListeners } from 'node:events';
import { nanos, type JsMsg, type NatsConnection } from 'nats';
import { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { Clock } from '../../ports/clock.js';
import type { Consumer, DeadLetter, EventBus } from '../../ports/event-bus.js';
import type { Position, RecordedEvent } from '../../ports/event-store.js';
import { Delivery, type DeliveryServices, type RetryPolicy } from './delivery.js';
import { categoryOf, headersOf, payloadOf, positionOf } from './event-message.js';
import { durableOf, recordExhausted } from './exhausted-deliveries.js';
import { BusInterrupted, unlessLost } from './interrupted-request.js';
import { NatsDeadLetters } from './nats-dead-letters.js';
import { NatsLink, type LinkState } from './nats-link.js';
import { ensureConsumer, Places } from './stream-names.js';
import { runPullLoop, type PullLoop } from './pull-loop.js';

export interface NatsEventBusOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly maxMessages?: number;
  readonly retry?: Partial<RetryPolicy>;
  readonly concurrency?: number;
  readonly onState?: (state: LinkState, detail: string) => void;
  readonly onFailure?: (consumer: string, error: unknown, retryInMs: number) => void;
  readonly onDeadLetter?: (letter: DeadLetter) => void;
}

/** 25 s in all: longer than a dependency restarts, shorter than the minute after which an operator is told. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 8, firstDelayMs: 200, maxDelayMs: 15_000, ackWaitMs: 10_000 };
const MAX_MESSAGES = 2_000_000;
const CONCURRENCY = 16;
/** Deliveries that ended without an answer, beyond the attempts that we count. */
const UNANSWERED = 5;
const PUBLISH_TIMEOUT_MS = 5_000;
const EXHAUSTED = 'exhausted-deliveries';

interface Durable extends Pick<PullLoop, 'stream' | 'durable' | 'concurrency' | 'handle' | 'onFailure'> {
  readonly filter: string;
  readonly maxDeliver: number;
}

/** NATS JetStream. docs/operations.md says what is on the server, and how big it gets. */
export class NatsEventBus implements EventBus<DomainEvent> {
  readonly #options: NatsEventBusOptions;
  readonly #services: DeliveryServices;
  readonly #places: Places;
  readonly #link: NatsLink;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #exhausted: Promise<void> | undefined;
  #ensured: Promise<void> | undefined;
  /** Aborted when the connection is lost over which the end of the stream was read. */
  #known: AbortSignal | undefined;

  constructor(options: NatsEventBusOptions) {
    const { url, clock, namespace = 'registrar', replicas = 1, maxMessages = MAX_MESSAGES } = options;
    this.#options = options;
    this.#places = new Places({ namespace, replicas, maxMessages });
    this.#link = new NatsLink({ url, clock, onState: options.onState ?? (() => undefined) });
    const deadLetters = new NatsDeadLetters(
      async () => this.#places.deadLetters(await this.#link.ready()),
      async () => this.#places.deadLetterIds(await this.#link.ready()),
    );
    const { onDeadLetter = () => undefined, onFailure = () => undefined } = options;
    this.#services = { clock, codec: new EventCodec(), retry: { ...DEFAULT_RETRY, ...options.retry }, deadLetters, onDeadLetter, onFailure };
  }

  async publish(events: readonly RecordedEvent<DomainEvent>[]): Promise<void> {
    const connection = await this.#prepared();
    this.#known ??= this.#link.lost;
    if (this.#known.aborted) throw new BusInterrupted('the connection was lost in between');
    const client = connection.jetstream();
    const expect = { streamName: this.#places.events };
    const acknowledged = events.map((event) => {
      const subject = this.#places.eventSubject(categoryOf(event.stream), event.type);
      return client.publish(subject, payloadOf(event), { msgID: event.id, headers: headersOf(event), expect, timeout: PUBLISH_TIMEOUT_MS });
    });
    try {
      await unlessLost(this.#known, Promise.all(acknowledged));
    } catch (error) {
      this.#ensured = undefined;
      throw error;
    }
  }

  async publishedUpTo(): Promise<Position> {
    this.#ensured = undefined;
    const connection = await this.#prepared();
    const { lost } = this.#link;
    const position = await unlessLost(lost, this.#lastPosition(connection));
    this.#known = lost;
    return position;
  }

  consume(consumer: Consumer<DomainEvent>, signal: AbortSignal): Promise<void> {
    this.#exhausted ??= this.#track(this.#recordExhausted(this.#closing.signal));
    const delivery = new Delivery(this.#services, consumer);
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    setMaxListeners(0, ended);
    const { events, replays } = this.#places;
    const sources = consumer.categories.map((category) => ({
      stream: events,
      durable: durableOf(consumer.name, category),
      filter: this.#places.eventSubject(category, '>'),
    }));
    const replayed = { stream: replays, durable: consumer.name, filter: this.#places.replaySubject(consumer.name, '>') };
    const loops = [...sources, replayed].map((source) => this.#pull(source, delivery, consumer.name, ended));
    return this.#track(Promise.all(loops).then(() => undefined));
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    this.#link.assertConnected();
    return this.#services.deadLetters.list();
  }

  async replayDeadLetter(id: string): Promise<boolean> {
    const connection = await this.#prepared();
    const replay = await this.#services.deadLetters.replay(id);
    if (replay === undefined) return false;
    const { letter, headers, payload } = replay;
    // The event's id as message id would make the server drop the replay as a duplicate.
    const msgID = `${letter.id}@${letter.failedAt}`;
    await connection.jetstream().publish(this.#places.replaySubject(letter.consumer, letter.type), payload, { headers, msgID });
    await replay.remove();
    return true;
  }

  async check(): Promise<void> {
    this.#link.assertConnected();
    // The first process makes the streams on a new server.
    const connection = await this.#prepared();
    await (await connection.jetstreamManager()).streams.info(this.#places.events);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#running]);
    await this.#link.close();
  }

  async #lastPosition(connection: NatsConnection): Promise<Position> {
    const { streams } = await connection.jetstreamManager();
    const { state } = await streams.info(this.#places.events);
    return state.messages === 0 ? 0n : positionOf(await streams.getMessage(this.#places.events, { seq: state.last_seq }));
  }

  async #prepared(): Promise<NatsConnection> {
    const connection = await this.#link.ready();
    this.#ensured ??= unlessLost(this.#link.lost, this.#places.ensureStreams(connection));
    try {
      await this.#ensured;
    } catch (error) {
      this.#ensured = undefined;
      throw error;
    }
    return connection;
  }

  #pull(source: Pick<Durable, 'stream' | 'durable' | 'filter'>, delivery: Delivery, consumer: string, signal: AbortSignal): Promise<void> {
    const { retry, onFailure } = this.#services;
    const concurrency = this.#options.concurrency ?? CONCURRENCY;
    const handle = (message: JsMsg): Promise<void> => delivery.deliver(message, signal);
    const failed = (error: unknown, retryInMs: number): void => onFailure(consumer, error, retryInMs);
    return this.#loop({ ...source, maxDeliver: retry.attempts + UNANSWERED, concurrency, handle, onFailure: failed }, signal);
  }

  #recordExhausted(signal: AbortSignal): Promise<void> {
    const { clock, deadLetters, onDeadLetter } = this.#services;
    const onFailure = (error: unknown, retryInMs: number): void => this.#services.onFailure(EXHAUSTED, error, retryInMs);
    const services = { clock, deadLetters, onDeadLetter, onFailure };
    const handle = async (message: JsMsg): Promise<void> => recordExhausted(services, await this.#link.ready(), message);
    const source = { stream: this.#places.advisories, durable: EXHAUSTED, filter: '>', maxDeliver: -1 };
    return this.#loop({ ...source, concurrency: 1, handle, onFailure }, signal);
  }

  #loop({ filter, maxDeliver, ...pulled }: Durable, signal: AbortSignal): Promise<void> {
    const { clock, retry } = this.#services;
    const prepare = async (connection: NatsConnection): Promise<void> => {
      this.#ensured = undefined;
      await this.#prepared();
      const config = { durable_name: pulled.durable, filter_subject: filter, ack_wait: nanos(retry.ackWaitMs), max_deliver: maxDeliver };
      await ensureConsumer(await connection.jetstreamManager(), pulled.stream, config);
    };
    return runPullLoop({ ...pulled, link: this.#link, clock, prepare }, signal);
  }

  #track(running: Promise<void>): Promise<void> {
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }
}
