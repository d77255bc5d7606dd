import type { EventCodec } from '../../../domain/event-codec.js';
import type { DomainEvent } from '../../../domain/events.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../../../ports/event-store.js';

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
  readonly stream: string;
  readonly revision: number;
}

// Fields are spelled out: a spread costs more than the encoding.
export const toStored = (event: NewEvent<DomainEvent>, stream: string, revision: number): StoredEvent => ({
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: event.metadata,
  stream,
  revision,
});

export const toRecorded = (codec: EventCodec, stored: StoredEvent, position: number): RecordedEvent<DomainEvent> => {
  const { type, data } = codec.decode(stored.type, stored.metadata.schemaVersion, stored.data);
  const recorded = {
    id: stored.id,
    type,
    data,
    metadata: stored.metadata,
    stream: stored.stream,
    revision: stored.revision,
    position: BigInt(position),
  };
  // `type` and `data` are of one DomainEvent, which the compiler can't see.
  return recorded as RecordedEvent<DomainEvent>;
};

export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash === -1 ? stream : stream.slice(0, dash);
};
