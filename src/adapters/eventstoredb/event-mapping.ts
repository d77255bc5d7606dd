import { jsonEvent, type EventData, type Position as ServerPosition } from '@eventstore/db-client';
import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../../ports/event-store.js';
import { packed } from './log-position.js';

export interface ServerEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly isJson: boolean;
  readonly position?: ServerPosition | undefined;
}

export type OwnEvent = ServerEvent & { readonly data: object; readonly metadata: EventMetadata };

export const isSystemStream = (stream: string): boolean => stream.startsWith('$');

/** Links, tombstones and events of other programs on a shared server are not ours. */
export const isOwn = (event: ServerEvent | undefined): event is OwnEvent => {
  if (event === undefined || !event.isJson || event.type.startsWith('$') || isSystemStream(event.streamId)) return false;
  const { data, metadata } = event;
  if (typeof data !== 'object' || data === null || typeof metadata !== 'object' || metadata === null) return false;
  return 'schemaVersion' in metadata && typeof metadata.schemaVersion === 'number' && 'commandId' in metadata;
};

export const toEventData = ({ id, type, data, metadata }: NewEvent<DomainEvent>): EventData =>
  jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } });

export const positionOf = ({ position, id }: Pick<ServerEvent, 'position' | 'id'>): bigint => {
  if (position === undefined) throw new Error(`event ${id} came without a position: the server must be 23.10 or later`);
  return packed(position);
};

export const toRecorded = (codec: EventCodec, event: OwnEvent): RecordedEvent<DomainEvent> => {
  const { type, data } = codec.decode(event.type, event.metadata.schemaVersion, event.data);
  const recorded = {
    id: event.id,
    type,
    data,
    metadata: event.metadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position: positionOf(event),
  };
  // `type` and `data` are of one DomainEvent, which the compiler can't see.
  return recorded as RecordedEvent<DomainEvent>;
};
