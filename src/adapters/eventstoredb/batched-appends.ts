import { randomUUID } from 'node:crypto';
import type { AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { parseUUID } from '@eventstore/db-client/dist/utils/grpcUUID.js';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import { EventStoreUnavailable } from '../../ports/event-store.js';
import { batchRequest, type BatchedAppend } from './batch-request.js';

type Call = ReturnType<StreamsClient['batchAppend']>;
type Answer = InstanceType<typeof streams.BatchAppendResp>;

interface Waiting {
  readonly stream: string;
  readonly resolve: (appended: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

interface Session {
  readonly call: Call;
  readonly waiting: Map<string, Waiting>;
}

/** After a failure appends go by themselves for so long: what is wrong with one stream of batches is wrong with the next. */
const PAUSE_MS = 2_000;

const failureOf = (answer: Answer, stream: string): Error => {
  const error = answer.getError();
  if (error?.hasDetails() === true) return unpackToCommandError(error, stream);
  return new EventStoreUnavailable(`the event store did not append: ${error?.getMessage() ?? 'no reason was given'}`);
};

const resultOf = (success: NonNullable<ReturnType<Answer['getSuccess']>>): AppendResult => {
  const position = success.getPosition();
  return {
    success: true,
    nextExpectedRevision: BigInt(success.getCurrentRevision()),
    ...(position === undefined ? {} : { position: { commit: BigInt(position.getCommitPosition()), prepare: BigInt(position.getPreparePosition()) } }),
  };
};

/**
 * Appends through one call that stays open, which costs the server less than half of a call for each. Written in the order in
 * which they were asked for. The client's own batches are not used: one that breaks fails those of all clients of the process and
 * throws where nobody can catch it, and what the server does not answer waits for ever.
 */
export class BatchedAppends {
  readonly #client: EventStoreDBClient;
  #session: Promise<Session> | undefined;
  #pausedUntil = -Infinity;

  constructor(client: EventStoreDBClient) {
    this.#client = client;
  }

  /** False for a while after a failure. */
  get works(): boolean {
    return performance.now() >= this.#pausedUntil;
  }

  /** Rejects with the client's errors, or with EventStoreUnavailable after the deadline: the outcome is unknown then. */
  async append(append: BatchedAppend, deadlineMs: number): Promise<AppendResult> {
    this.#session ??= this.#open();
    const { call, waiting } = await this.#session;
    const id = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<AppendResult>((resolve, reject) => {
        waiting.set(id, { stream: append.stream, resolve, reject });
        timer = setTimeout(() => {
          this.#pause();
          reject(new EventStoreUnavailable(`no answer in ${Math.round(deadlineMs)} ms`));
        }, deadlineMs);
        call.write(batchRequest(id, append, new Date(Date.now() + deadlineMs)));
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  }

  async #open(): Promise<Session> {
    try {
      const open = (client: StreamsClient): Call => client.batchAppend(...this.#client['callArguments']({ requiresLeader: true }, { deadline: Infinity }));
      const call = await this.#client['GRPCStreamCreator'](StreamsClient, 'batchAppend', open)();
      return this.#listen(call);
    } catch (error) {
      this.#over();
      throw error;
    }
  }

  #listen(call: Call): Session {
    const session: Session = { call, waiting: new Map() };
    const fail = (error: unknown): void => {
      this.#over();
      for (const { reject } of session.waiting.values()) reject(error);
    };
    call.on('data', (answer: Answer) => answered(session, answer));
    // The listener stays to the end: a call that was cancelled tells of it.
    call.on('error', fail);
    call.on('end', () => fail(new EventStoreUnavailable('the server ended the stream of appends')));
    return session;
  }

  #over(): void {
    this.#session = undefined;
    this.#pause();
  }

  #pause(): void {
    this.#pausedUntil = performance.now() + PAUSE_MS;
  }
}

/** An answer that nobody waits for any more came too late. */
const answered = ({ waiting }: Session, answer: Answer): void => {
  const id = answer.getCorrelationId();
  const asked = id === undefined ? undefined : waiting.get(parseUUID(id));
  const success = answer.getSuccess();
  if (success === undefined) asked?.reject(failureOf(answer, asked.stream));
  else asked?.resolve(resultOf(success));
};
