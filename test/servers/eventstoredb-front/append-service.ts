import { status, type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../../../src/ports/event-store.js';
import type { AppendFault } from './faults.js';
import type { FrontContext } from './front.js';
import { failure, positionOf, proposed, streamName } from './wire.js';

type Options = InstanceType<typeof streams.AppendReq.Options>;
type Call = ServerReadableStream<InstanceType<typeof streams.AppendReq>, InstanceType<typeof streams.AppendResp>>;

const expectedOf = (options: Options): ExpectedRevision => {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
};

const answer = (result: AppendResult) => {
  const response = new streams.AppendResp();
  if (!result.ok) {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.currentRevision === 'no_stream') wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(result.currentRevision.toString());
    return response.setWrongExpectedVersion(wrong);
  }
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(positionOf(result.position));
  position.setPreparePosition(positionOf(result.position));
  return response.setSuccess(new streams.AppendResp.Success().setCurrentRevision(result.revision.toString()).setPosition(position));
};

/** Streams.Append: the options first, then an event a message; written when the client has ended. */
export const appendService = ({ log, faults, network, leader, requests, costs }: FrontContext) => {
  const refusals: Partial<Record<AppendFault, () => Error>> = {
    unavailable: () => failure(status.UNAVAILABLE),
    'access-denied': () => failure(status.PERMISSION_DENIED, 'access-denied'),
    'not-leader': () => {
      const { host, port } = leader();
      return failure(status.NOT_FOUND, 'not-leader', { 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) });
    },
  };
  const lost: Partial<Record<AppendFault, () => Error | undefined>> = {
    'written-unavailable': () => failure(status.UNAVAILABLE),
    'written-deadline': () => failure(status.DEADLINE_EXCEEDED),
    'written-silent': () => undefined,
    'written-dropped': () => {
      network.drop();
      return undefined;
    },
  };

  const write = async (options: Options, events: readonly NewEvent<DomainEvent>[], reply: sendUnaryData<InstanceType<typeof streams.AppendResp>>) => {
    requests.append(streamName(options.getStreamIdentifier()));
    await costs.call();
    const fault = faults.nextAppend();
    const refusal = fault && refusals[fault];
    if (refusal !== undefined) return reply(refusal());
    const result = await log.append(streamName(options.getStreamIdentifier()), expectedOf(options), events, faults.isForgetful);
    const loss = fault && lost[fault];
    if (loss === undefined) return reply(null, answer(result));
    const error = loss();
    if (error !== undefined) reply(error);
  };

  return (call: Call, reply: sendUnaryData<InstanceType<typeof streams.AppendResp>>): void => {
    let options: Options | undefined;
    const events: NewEvent<DomainEvent>[] = [];
    call.on('data', (request: InstanceType<typeof streams.AppendReq>) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message !== undefined) events.push(proposed(message));
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      // A connection that breaks ends the call, too: half an append is none.
      setImmediate(() => {
        if (options !== undefined && !call.cancelled) write(options, events, reply).catch((error: Error) => reply(error));
      });
    });
  };
};
