import { ErrorType, NO_STREAM, WrongExpectedVersionError, type AppendResult as Appended, type EventStoreDBClient } from '@eventstore/db-client';
import type { DomainEvent } from '../../domain/events.js';
import { EventStoreUnavailable, type AppendResult, type ExpectedRevision, type NewEvent } from '../../ports/event-store.js';
import { Attempts, type RetryPolicy } from './attempts.js';
import type { BatchedAppends } from './batched-appends.js';
import { positionOf, toEventData, type OwnEvent } from './event-mapping.js';
import { isTombstone, StreamTombstoned } from './failures.js';
import { packed } from './log-position.js';
import type { StreamReader } from './stream-reader.js';

type Events = readonly NewEvent<DomainEvent>[];

/** How many events of others may follow ours after a lost reply to an append that named no revision. */
const TAIL = 256;

/**
 * Appends whose outcome is known in the end: an append that may have been written is looked for before it is repeated. The
 * first attempt is batched where batches are given; another one goes by itself, to the node that leads now.
 */
export class Appender {
  readonly #client: EventStoreDBClient;
  readonly #reader: StreamReader;
  readonly #policy: RetryPolicy;
  readonly #closed: AbortSignal;
  readonly #batches: BatchedAppends | undefined;

  constructor(client: EventStoreDBClient, reader: StreamReader, policy: RetryPolicy, closed: AbortSignal, batches?: BatchedAppends) {
    this.#client = client;
    this.#reader = reader;
    this.#policy = policy;
    this.#closed = closed;
    this.#batches = batches;
  }

  async append(stream: string, expected: ExpectedRevision, events: Events): Promise<AppendResult> {
    if (events.length === 0) return this.#nothing(stream, expected);
    const attempts = new Attempts(this.#policy, this.#closed);
    const namesNoRevision = expected === 'any' || expected === 'stream_exists';
    let isUncertain = false;
    let end: number | undefined;
    for (;;) {
      try {
        if (!isUncertain || !namesNoRevision) return await this.#once(stream, expected, events, attempts.deadlineMs, isUncertain ? undefined : this.#batches);
        const tail = await this.#tail(stream, events);
        if (tail.standing !== undefined) return tail.standing;
        // Only an append with a named revision may be repeated safely.
        const pinned = end ?? tail.revision;
        const result = await this.#once(stream, pinned ?? expected, events, attempts.deadlineMs);
        if (result.ok || pinned === undefined || result.currentRevision === 'no_stream') return result;
        end = result.currentRevision;
        throw new Error(`others append to ${stream} all the time`);
      } catch (error) {
        if (isTombstone(error)) throw new StreamTombstoned(`${stream} was deleted for good`, { cause: error });
        await attempts.failed(error);
        isUncertain = true;
      }
    }
  }

  async #nothing(stream: string, expected: ExpectedRevision): Promise<AppendResult> {
    let last: OwnEvent | undefined;
    for await (const event of this.#reader.read(stream, { direction: 'backwards', limit: 1 })) last = event;
    const current = last === undefined ? NO_STREAM : Number(last.revision);
    const holds = expected === 'any' || expected === current || (expected === 'stream_exists' && last !== undefined);
    if (!holds) return { ok: false, reason: 'wrong-expected-revision', currentRevision: current };
    return last === undefined ? { ok: true, revision: -1, position: 0n } : { ok: true, revision: Number(last.revision), position: positionOf(last) };
  }

  async #once(stream: string, expected: ExpectedRevision, events: Events, deadline: number, batches?: BatchedAppends): Promise<AppendResult> {
    const expectedRevision = typeof expected === 'number' ? BigInt(expected) : expected;
    try {
      const options = { expectedRevision, deadline, requiresLeader: true };
      const written = batches?.works === true
        ? batches.append({ stream, expected: expectedRevision, events }, deadline)
        : this.#client.appendToStream(stream, events.map(toEventData), options);
      const { success, nextExpectedRevision, position }: Appended = await inTime(written, deadline * 2);
      const revision = Number(nextExpectedRevision);
      if (!success) return await this.#conflict(stream, expected, events, revision === -1 ? NO_STREAM : revision);
      return { ok: true, revision, position: position === undefined ? await this.#positionAt(stream, revision) : packed(position) };
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError) || error.type !== ErrorType.WRONG_EXPECTED_VERSION) throw error;
      const { actualVersion } = error;
      return this.#conflict(stream, expected, events, actualVersion === NO_STREAM ? NO_STREAM : Number(actualVersion));
    }
  }

  async #conflict(
    stream: string,
    expected: ExpectedRevision,
    events: Events,
    currentRevision: number | 'no_stream',
  ): Promise<AppendResult> {
    const refusal = { ok: false, reason: 'wrong-expected-revision', currentRevision } as const;
    if (currentRevision === NO_STREAM) return refusal;
    if (expected === 'any' || expected === 'stream_exists') return refusal;
    const place = expected === 'no_stream' ? {} : { fromRevision: expected + 1 };
    const standing: OwnEvent[] = [];
    for await (const event of this.#reader.read(stream, { ...place, limit: events.length })) standing.push(event);
    return areSame(standing, events) ? answerOf(standing.at(-1), refusal) : refusal;
  }

  async #tail(stream: string, events: Events): Promise<{ revision?: number; standing?: AppendResult }> {
    const tail: OwnEvent[] = [];
    const options = { direction: 'backwards', limit: TAIL + events.length } as const;
    for await (const event of this.#reader.read(stream, options)) tail.unshift(event);
    const last = tail.at(-1);
    if (last === undefined) return {};
    const revision = Number(last.revision);
    const first = tail.findIndex(({ id }) => id === events[0]?.id);
    const standing = first === -1 ? [] : tail.slice(first, first + events.length);
    if (!areSame(standing, events)) return { revision };
    return { revision, standing: answerOf(standing.at(-1), { ok: false, reason: 'wrong-expected-revision', currentRevision: revision }) };
  }

  async #positionAt(stream: string, revision: number): Promise<bigint> {
    for await (const event of this.#reader.read(stream, { fromRevision: revision, limit: 1 })) return positionOf(event);
    return 0n;
  }
}

/** The client's own deadline begins only after it has found a node. */
const inTime = async <Result>(call: Promise<Result>, timeoutMs: number): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new EventStoreUnavailable(`no answer in ${Math.round(timeoutMs)} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
};

const areSame = (standing: readonly OwnEvent[], events: Events): boolean =>
  standing.length === events.length && standing.every(({ id }, index) => id === events[index]?.id);

const answerOf = (last: OwnEvent | undefined, otherwise: AppendResult): AppendResult =>
  last === undefined ? otherwise : { ok: true, revision: Number(last.revision), position: positionOf(last) };
