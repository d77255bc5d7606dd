import { randomUUID } from 'node:crypto';
import { WrongExpectedVersionError, type AppendResult, type EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID.js';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import { EventStoreUnavailable } from '../../ports/event-store.js';
import { isAbsence, isRefusal } from './failures.js';
import { batchRequest, type BatchedAppend } from './batch-request.js';

type Call = ReturnType<StreamsClient['batchAppend']>;
type Answer = InstanceType<typeof streams.BatchAppendResp>;
type Success = NonNullable<ReturnType<Answer['getSuccess']>>;

interface Waiting {
  readonly stream: string;
  readonly resolve: (appended: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Session {
  readonly call: Call;
  readonly waiting: Map<string, Waiting>;
  /** Nothing more is sent; what was sent is waited for. */
  retired: boolean;
  answeredAt: number;
}

/** After a failure appends go by themselves for so long: what is wrong with one stream of batches is wrong with the next. */
const PAUSE_MS = 2_000;
/** Sent and not yet answered, of all appends together. Further ones go by themselves. */
const BYTES_UNDER_WAY = 32 * 1_048_576;
/** A message that is too large for the server would end the call, and fail what others sent. */
const LARGEST_APPEND = 1_048_576;
/** The server compares its own clock with the deadline, and the clocks may differ. */
const CLOCKS_DIFFER_MS = 60_000;
/** A position that the server does not know is told as the largest one. */
const UNKNOWN_POSITION = 2n ** 63n;

const failureOf = (answer: Answer, stream: string): Error => {
  const error = answer.getError();
  if (error?.hasDetails() === true) return unpackToCommandError(error, stream);
  return new EventStoreUnavailable(`the event store did not append: ${error?.getMessage() ?? 'no reason was given'}`);
};

const positionOf = (success: Success): AppendResult['position'] => {
  const position = success.getPosition();
  if (position === undefined) return undefined;
  const [commit, prepare] = [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())];
  return commit < UNKNOWN_POSITION ? { commit, prepare } : undefined;
};

const resultOf = (success: Success): AppendResult => {
  const position = positionOf(success);
  return { success: true, nextExpectedRevision: BigInt(success.getCurrentRevision()), ...(position === undefined ? {} : { position }) };
};

/** The append was looked at and refused: the way that it came is sound. */
const isOfTheStream = (error: Error): boolean => error instanceof WrongExpectedVersionError || isRefusal(error) || isAbsence(error);

/**
 * Appends through one call that stays open, which costs the server less than half of a call for each. Written in the order in
 * which they were asked for. The client's own batches are not used: one that breaks fails those of all clients of the process and
 * throws where nobody can catch it, and what the server does not answer waits for ever. When no answer comes any more,
 * or one tells of trouble, the call is given up: its node may not lead any more. What others sent on it is still waited for.
 */
export class BatchedAppends {
  readonly #client: EventStoreDBClient;
  #session: Promise<Session> | undefined;
  #pausedUntil = -Infinity;
  #bytes = 0;

  constructor(client: EventStoreDBClient) {
    this.#client = client;
  }

  /** False for a while after a failure, and while too much is under way. */
  get works(): boolean {
    return performance.now() >= this.#pausedUntil && this.#bytes < BYTES_UNDER_WAY;
  }

  /** Rejects with the client's errors, or with EventStoreUnavailable after the deadline: the outcome is unknown then. */
  async append(append: BatchedAppend, deadlineMs: number): Promise<AppendResult> {
    const id = randomUUID();
    const { request, bytes } = batchRequest(id, append, new Date(Date.now() + deadlineMs + CLOCKS_DIFFER_MS));
    if (bytes > LARGEST_APPEND) throw new EventStoreUnavailable(`${bytes} bytes are too many for a batch`);
    const askedAt = performance.now();
    this.#session ??= this.#open();
    const session = await this.#session;
    // Sent now, it would be written after whoever asked has given it up.
    if (performance.now() - askedAt >= deadlineMs) throw new EventStoreUnavailable(`no stream of appends in ${Math.round(deadlineMs)} ms`);
    if (session.retired) throw new EventStoreUnavailable('the stream of appends has ended');
    let timer: NodeJS.Timeout | undefined;
    const sentAt = performance.now();
    this.#bytes += bytes;
    try {
      return await new Promise<AppendResult>((resolve, reject) => {
        session.waiting.set(id, { stream: append.stream, resolve, reject });
        timer = setTimeout(() => {
          // A server that answers others is slow: single appends would be slower.
          if (session.answeredAt < sentAt) this.#retire(session);
          reject(new EventStoreUnavailable(`no answer in ${Math.round(deadlineMs)} ms`));
        }, deadlineMs);
        session.call.write(request);
      });
    } finally {
      clearTimeout(timer);
      this.#bytes -= bytes;
      session.waiting.delete(id);
      // A cancellation would close the client's connection.
      if (session.retired && session.waiting.size === 0) session.call.end();
    }
  }

  async #open(): Promise<Session> {
    try {
      const open = (client: StreamsClient): Call => client.batchAppend(...this.#client['callArguments']({ requiresLeader: true }, { deadline: Infinity }));
      const session = { call: await this.#client['GRPCStreamCreator'](StreamsClient, 'batchAppend', open)(), waiting: new Map<string, Waiting>(), retired: false, answeredAt: -Infinity };
      this.#listen(session);
      return session;
    } catch (error) {
      this.#session = undefined;
      this.#pause();
      throw error;
    }
  }

  #listen(session: Session): void {
    const fail = (error: unknown): void => {
      this.#retire(session);
      for (const { reject } of session.waiting.values()) reject(error);
    };
    session.call.on('data', (answer: Answer) => this.#answered(session, answer));
    // The listener stays to the end: a call that was cancelled tells of it.
    session.call.on('error', fail);
    session.call.on('end', () => fail(new EventStoreUnavailable('the server ended the stream of appends')));
  }

  /** An answer that nobody waits for any more came too late. */
  #answered(session: Session, answer: Answer): void {
    session.answeredAt = performance.now();
    const id = answer.getCorrelationId();
    const asked = id === undefined ? undefined : session.waiting.get(parseUUID(id));
    const success = answer.getSuccess();
    if (success !== undefined) return asked?.resolve(resultOf(success));
    const failure = failureOf(answer, asked?.stream ?? '');
    if (!isOfTheStream(failure)) this.#retire(session);
    asked?.reject(failure);
  }

  #retire(session: Session): void {
    if (session.retired) return;
    session.retired = true;
    this.#session = undefined;
    this.#pause();
  }

  #pause(): void {
    this.#pausedUntil = performance.now() + PAUSE_MS;
  }
}
