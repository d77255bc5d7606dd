import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../../../src/ports/event-store.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { AppendFault } from './faults.js';
import type { FrontContext } from './front.js';
import { failure, positionOf, proposed, streamName } from './wire.js';

type Request = InstanceType<typeof streams.BatchAppendReq>;
type Response = InstanceType<typeof streams.BatchAppendResp>;
type Options = InstanceType<typeof streams.BatchAppendReq.Options>;
type Call = ServerDuplexStream<Request, Response>;

const expectedOf = (options: Options): ExpectedRevision => {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
};

const refused = (name: string, details: Uint8Array) => {
  const packed = new any.Any();
  packed.pack(details, `event_store.client.${name}`);
  return new streams.BatchAppendResp().setError(new rpc.Status().setMessage(name).setDetails(packed));
};

const answer = (result: AppendResult): Response => {
  if (!result.ok) {
    const wrong = new shared.WrongExpectedVersion();
    if (result.currentRevision === 'no_stream') wrong.setCurrentNoStream(new empty.Empty());
    else wrong.setCurrentStreamRevision(result.currentRevision.toString());
    return refused('WrongExpectedVersion', wrong.serializeBinary());
  }
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(positionOf(result.position));
  position.setPreparePosition(positionOf(result.position));
  const success = new streams.BatchAppendResp.Success();
  success.setCurrentRevision(result.revision.toString());
  success.setPosition(position);
  return new streams.BatchAppendResp().setSuccess(success);
};

const isDeleted = (error: unknown): boolean => error instanceof Error && error.message === 'stream-deleted';

/** Streams.BatchAppend: one call for many appends, written in the order in which they come and answered as they are written. */
export const batchService = ({ log, faults, network, requests, costs }: FrontContext) => {
  /** Refused before anything was written; an error of the call ends it. */
  const refusals: Partial<Record<AppendFault, (call: Call) => Response | undefined>> = {
    unavailable: (call) => void call.emit('error', failure(status.UNAVAILABLE)),
    'access-denied': () => refused('AccessDenied', new shared.AccessDenied().serializeBinary()),
    // The server has no answer of its own for it.
    'not-leader': () => refused('Unknown', new shared.Unknown().serializeBinary()),
  };
  const lost: Partial<Record<AppendFault, (call: Call) => Response | undefined>> = {
    'written-unavailable': (call) => void call.emit('error', failure(status.UNAVAILABLE)),
    'written-deadline': () => refused('Timeout', new shared.Timeout().serializeBinary()),
    'written-silent': () => undefined,
    'written-dropped': () => void network.drop(),
  };

  const write = async (call: Call, options: Options, events: readonly NewEvent<DomainEvent>[]): Promise<Response | undefined> => {
    const stream = streamName(options.getStreamIdentifier());
    requests.append(stream);
    requests.batched += 1;
    const fault = faults.nextAppend();
    const refusal = fault && refusals[fault];
    if (refusal !== undefined) return refusal(call);
    try {
      const appending = log.append(stream, expectedOf(options), events, faults.isForgetful);
      const loss = fault && lost[fault];
      const result = await appending;
      return loss === undefined ? answer(result) : loss(call);
    } catch (error) {
      if (!isDeleted(error)) throw error;
      return refused('StreamDeleted', new shared.StreamDeleted().serializeBinary());
    }
  };

  return (call: Call): void => {
    requests.batches += 1;
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    let before: Promise<unknown> = Promise.resolve();
    call.on('error', end);
    call.on('cancelled', () => {
      end();
      call.end();
    });
    call.on('end', () => call.end());
    call.on('data', (request: Request) => {
      const options = request.getOptions();
      if (options === undefined || !request.getIsFinal()) throw new Error('an append in parts');
      const events = request.getProposedMessagesList().map(proposed);
      // The log takes the next one while this one is written, in order: a failure may leave a hole, as on a server.
      const turn = costs.batched();
      before = Promise.all([before, turn]).then(async () => {
        if (isOver) return;
        void write(call, options, events).then((response) => {
          if (response === undefined || isOver) return;
          call.write(response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(options.getStreamIdentifier()));
        });
      });
    });
  };
};
