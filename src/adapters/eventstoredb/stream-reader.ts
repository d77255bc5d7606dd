import { BACKWARDS, END, FORWARDS, START, type EventStoreDBClient, type ReadRevision, type ResolvedEvent } from '@eventstore/db-client';
import type { ReadStreamOptions } from '../../ports/event-store.js';
import { Attempts, type RetryPolicy } from './attempts.js';
import { isOwn, type OwnEvent, type ServerEvent } from './event-mapping.js';
import { isAbsence } from './failures.js';
import { PulledStream } from './pulled-stream.js';

const READ_CHUNK = 256;

/** Reads single streams from the leader: a follower may not have the latest appends. */
export class StreamReader {
  readonly #client: EventStoreDBClient;
  readonly #policy: RetryPolicy;
  readonly #closed: AbortSignal;

  constructor(client: EventStoreDBClient, policy: RetryPolicy, closed: AbortSignal) {
    this.#client = client;
    this.#policy = policy;
    this.#closed = closed;
  }

  /** Resumes after a broken connection. A missing or deleted stream has no events. */
  async *read(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<OwnEvent, void, undefined> {
    const { direction = 'forwards', limit = Infinity, fromRevision } = options;
    const step = direction === 'forwards' ? 1n : -1n;
    const attempts = new Attempts(this.#policy, this.#closed);
    let next: ReadRevision = fromRevision === undefined ? (step > 0n ? START : END) : BigInt(fromRevision);
    let left = limit;
    while (left > 0 && !(typeof next === 'bigint' && next < 0n)) {
      const asked = left;
      let received = 0;
      try {
        for await (const event of this.#once(stream, next, step, asked, attempts.deadlineMs)) {
          received += 1;
          next = event.revision + step;
          attempts.progressed();
          if (!isOwn(event)) continue;
          left -= 1;
          yield event;
        }
        if (received < asked) return;
      } catch (error) {
        if (isAbsence(error)) return;
        await attempts.failed(error);
      }
    }
  }

  async *#once(stream: string, from: ReadRevision, step: bigint, limit: number, stallMs: number): AsyncGenerator<ServerEvent> {
    const highWaterMark = Math.min(limit, READ_CHUNK);
    const read = this.#client.readStream(
      stream,
      {
        direction: step > 0n ? FORWARDS : BACKWARDS,
        fromRevision: from,
        maxCount: Math.min(limit, Number.MAX_SAFE_INTEGER),
        requiresLeader: true,
      },
      { highWaterMark },
    );
    const pulled = new PulledStream<ResolvedEvent>(read, () => read.cancel(), this.#closed);
    try {
      for (;;) {
        const chunk = await pulled.next(READ_CHUNK, stallMs);
        if (chunk.length === 0) return;
        for (const { event } of chunk) if (event !== undefined) yield event;
      }
    } finally {
      pulled.close();
    }
  }
}
