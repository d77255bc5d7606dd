import { decideAppend } from '../../src/adapters/embedded/event-store/append-decision.js';
import {
  countedInEvents,
  EventStoreUnavailable,
  type AnyEvent,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type LogFilter,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '../../src/ports/event-store.js';

const categoryOf = (stream: string): string => stream.slice(0, Math.max(0, stream.indexOf('-')));

const passes = ({ categories }: LogFilter, event: RecordedEvent): boolean =>
  categories === undefined || categories.includes(categoryOf(event.stream));

/** Whoever changes an event that it was given fails; a copy for each of many followers would cost more than most tests. */
const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
};

/** An EventStore that keeps the log in memory, for tests of what is built upon one. Positions count from 1. */
export class MemoryEventStore<E extends AnyEvent = AnyEvent> implements EventStore<E> {
  readonly shared: boolean = false;
  readonly scale = countedInEvents;
  readonly #log: RecordedEvent<E>[] = [];
  readonly #streams = new Map<string, RecordedEvent<E>[]>();
  readonly #wakers = new Set<() => void>();
  #closed = false;

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<E>[]): Promise<AppendResult> {
    this.#assertOpen();
    // An append that came before `close` is finished after it, as on disk.
    await Promise.resolve();
    const recorded = this.#streams.get(stream) ?? [];
    const decision = decideAppend(expected, events, { lastRevision: recorded.length - 1, eventIdAt: (revision) => recorded[revision]?.id });
    if (decision === 'refuse') return { ok: false, reason: 'wrong-expected-revision', currentRevision: revisionOf(recorded) };
    if (decision !== 'append') return answerOf(recorded[decision.repeatedUpTo]);
    const added = events.map((event, index) =>
      frozen({ ...structuredClone(event), stream, revision: recorded.length + index, position: BigInt(this.#log.length + index + 1) }),
    );
    for (const event of added) {
      this.#log.push(event);
      recorded.push(event);
    }
    this.#streams.set(stream, recorded);
    for (const wake of [...this.#wakers]) wake();
    return { ok: true, revision: recorded.length - 1, position: BigInt(this.#log.length) };
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent<E>> {
    await this.#turn();
    const events = this.#streams.get(stream) ?? [];
    const { direction = 'forwards', limit = Infinity } = options;
    const backwards = direction === 'backwards';
    const from = options.fromRevision ?? (backwards ? events.length - 1 : 0);
    const chosen = backwards ? events.slice(0, from + 1).reverse() : events.slice(from);
    yield* chosen.slice(0, limit);
  }

  async *readAll({ after = 0n, limit = Infinity, ...filter }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent<E>> {
    await this.#turn();
    let given = 0;
    for (let index = Number(after); index < this.#log.length && given < limit; index += 1) {
      const event = this.#log[index];
      if (event === undefined || !passes(filter, event)) continue;
      given += 1;
      yield event;
    }
  }

  async *subscribe({ after, batchSize = 512, signal, ...filter }: SubscribeOptions): AsyncGenerator<SubscriptionBatch<E>> {
    let position = Number(after);
    let toldLive = false;
    while (!signal.aborted && !this.#closed) {
      if (position === this.#log.length && toldLive) {
        await this.#change(signal);
        continue;
      }
      const events: RecordedEvent<E>[] = [];
      for (; position < this.#log.length && events.length < batchSize; position += 1) {
        const event = this.#log[position];
        if (event !== undefined && passes(filter, event)) events.push(event);
      }
      toldLive = position === this.#log.length;
      yield { events, position: BigInt(position), live: toldLive };
    }
  }

  async head(): Promise<Position> {
    await this.#turn();
    return BigInt(this.#log.length);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const wake of [...this.#wakers]) wake();
    await Promise.resolve();
  }

  async #turn(): Promise<void> {
    await Promise.resolve();
    this.#assertOpen();
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreUnavailable('the store is closed');
  }

  async #change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wakers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

const revisionOf = (recorded: readonly RecordedEvent[]): number | 'no_stream' =>
  recorded.length === 0 ? 'no_stream' : recorded.length - 1;

const answerOf = (last: RecordedEvent | undefined): AppendResult => {
  if (last === undefined) throw new Error('no event stands there');
  return { ok: true, revision: last.revision, position: last.position };
};
