import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../../../src/ports/event-store.js';

/** Positions of the log are bytes, not numbers of events. */
const BYTES_PER_EVENT = 100n;

export const positionOf = (position: bigint): string => (position * BYTES_PER_EVENT).toString();

/** A server's checkpoint may stand behind an event, where the next one is not yet. */
export const checkpointAt = (position: bigint) => {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition((position * BYTES_PER_EVENT + BYTES_PER_EVENT / 2n).toString());
  checkpoint.setPreparePosition('0');
  return new streams.ReadResp().setCheckpoint(checkpoint);
};

/** The last event at or before a position that a client names. */
export const eventAt = (commitPosition: string): bigint => BigInt(commitPosition) / BYTES_PER_EVENT;

export const streamName = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString();

export const identifierOf = (stream: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString('base64'));
  return identifier;
};

interface ProposedMessage {
  getId(): { getString(): string } | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

const parsed = (bytes: Uint8Array): unknown => (bytes.length === 0 ? {} : JSON.parse(Buffer.from(bytes).toString()));

/** Whatever a client proposes: the log does not look into it. */
export const proposed = (message: ProposedMessage): NewEvent<DomainEvent> => {
  const isJson = message.getMetadataMap().get('content-type') === 'application/json';
  const event = {
    id: message.getId()?.getString(),
    type: message.getMetadataMap().get('type'),
    data: isJson ? parsed(message.getData_asU8()) : { $binary: Buffer.from(message.getData_asU8()).toString('base64') },
    metadata: parsed(message.getCustomMetadata_asU8()) as EventMetadata,
  };
  return event as NewEvent<DomainEvent>;
};

export const eventMessage = (event: RecordedEvent<DomainEvent>) => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const position = positionOf(event.position);
  const binary = '$binary' in event.data && typeof event.data.$binary === 'string' ? event.data.$binary : undefined;
  recorded.setId(new shared.UUID().setString(event.id));
  recorded.setStreamIdentifier(identifierOf(event.stream));
  recorded.setStreamRevision(event.revision.toString());
  recorded.setCommitPosition(position);
  recorded.setPreparePosition(position);
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('created', '638000000000000000');
  recorded.getMetadataMap().set('content-type', binary === undefined ? 'application/json' : 'application/octet-stream');
  recorded.setData(binary ?? Buffer.from(JSON.stringify(event.data)).toString('base64'));
  recorded.setCustomMetadata(Buffer.from(JSON.stringify(event.metadata)).toString('base64'));
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
};

/** An error as the server sends it: its name is in the metadata. */
export const failure = (code: status, exception?: string, details: Readonly<Record<string, string>> = {}): ServiceError => {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  for (const [name, value] of Object.entries(details)) metadata.set(name, value);
  return Object.assign(new Error(exception ?? status[code]), { code, details: exception ?? status[code], metadata });
};
