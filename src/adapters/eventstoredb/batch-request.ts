import type { AppendExpectedRevision } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { DomainEvent } from '../../domain/events.js';
import type { NewEvent } from '../../ports/event-store.js';

export interface BatchedAppend {
  readonly stream: string;
  readonly expected: AppendExpectedRevision;
  readonly events: readonly NewEvent<DomainEvent>[];
}

/** Id, type and the protocol's own of each event. */
const ENVELOPE_BYTES = 128;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const messageOf = ({ id, type, data, metadata }: NewEvent<DomainEvent>) => {
  const [ofData, ofMetadata] = [bytesOf(data), bytesOf(metadata)];
  const message = new streams.BatchAppendReq.ProposedMessage();
  message.setId(new shared.UUID().setString(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setData(ofData);
  message.setCustomMetadata(ofMetadata);
  return { message, bytes: ENVELOPE_BYTES + ofData.length + ofMetadata.length };
};

/** One append as a message of the batch protocol, and about how many bytes that are; the server gives up after the deadline. */
export const batchRequest = (correlationId: string, { stream, expected, events }: BatchedAppend, deadline: Date) => {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64')));
  options.setDeadline(timestamp.Timestamp.fromDate(deadline));
  if (expected === 'no_stream') options.setNoStream(new empty.Empty());
  else if (expected === 'stream_exists') options.setStreamExists(new empty.Empty());
  else if (expected === 'any') options.setAny(new empty.Empty());
  else options.setStreamPosition(expected.toString());
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(new shared.UUID().setString(correlationId));
  request.setOptions(options);
  const messages = events.map(messageOf);
  request.setProposedMessagesList(messages.map(({ message }) => message));
  request.setIsFinal(true);
  return { request, bytes: messages.reduce((sum, { bytes }) => sum + bytes, 0) };
};
