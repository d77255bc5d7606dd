import { status, type ServiceError } from '@grpc/grpc-js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { AppendResult, EventStore, ExpectedRevision, NewEvent, ReadStreamOptions, RecordedEvent } from '../../../src/ports/event-store.js';
import { failure } from './wire.js';

/** The log behind the front: the embedded one, and what the server knows of deleted streams. */
export class StreamsOfFront {
  readonly store: EventStore<DomainEvent>;
  readonly #firstKept = new Map<string, number>();
  readonly #tombstoned = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore<DomainEvent>) {
    this.store = store;
  }

  async lastRevision(stream: string): Promise<number> {
    for await (const { revision } of this.store.readStream(stream, { direction: 'backwards', limit: 1 })) return revision;
    return -1;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent<DomainEvent>[], isForgetful: boolean): Promise<AppendResult> {
    // Appends reach the log in the order in which they came.
    const { head, appending } = await this.#inTurn(async () => {
      this.#assertThere(stream);
      const last = await this.lastRevision(stream);
      const isDeleted = last >= 0 && last < (this.#firstKept.get(stream) ?? 0);
      return { head: await this.store.head(), appending: this.store.append(stream, isDeleted && expected === 'no_stream' ? last : expected, events) };
    });
    const result = await appending;
    if (!isForgetful || !result.ok || result.position > head) return result;
    return { ok: false, reason: 'wrong-expected-revision', currentRevision: await this.lastRevision(stream) };
  }

  #inTurn<Value>(begin: () => Promise<Value>): Promise<Value> {
    const begun = this.#last.then(begin);
    this.#last = begun.catch(() => undefined);
    return begun;
  }

  /** Undefined when there is no such stream. */
  async read(stream: string, options: ReadStreamOptions): Promise<AsyncIterable<RecordedEvent<DomainEvent>> | undefined> {
    this.#assertThere(stream);
    const firstKept = this.#firstKept.get(stream) ?? 0;
    if ((await this.lastRevision(stream)) < firstKept) return undefined;
    if (options.direction === 'backwards') return this.#kept(stream, options, firstKept);
    return this.store.readStream(stream, { ...options, fromRevision: Math.max(options.fromRevision ?? 0, firstKept) });
  }

  async delete(stream: string): Promise<void> {
    this.#firstKept.set(stream, (await this.lastRevision(stream)) + 1);
  }

  tombstone(stream: string): void {
    this.#tombstoned.add(stream);
  }

  async *#kept(stream: string, options: ReadStreamOptions, firstKept: number): AsyncGenerator<RecordedEvent<DomainEvent>> {
    for await (const event of this.store.readStream(stream, options)) if (event.revision >= firstKept) yield event;
  }

  #assertThere(stream: string): void {
    if (this.#tombstoned.has(stream)) throw deleted(stream);
  }
}

const deleted = (stream: string): ServiceError => failure(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream });
