import { createHash } from 'node:crypto';
import { headers, type JsMsg, type MsgHdrs } from 'nats';
import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { EventMetadata, RecordedEvent } from '../../ports/event-store.js';

const STREAM = 'Registrar-Stream';
const TYPE = 'Registrar-Type';
const POSITION = 'Registrar-Position';
const EVENT_ID = 'Registrar-Event-Id';

export interface MessageHead {
  readonly eventId: string;
  readonly stream: string;
  readonly type: string;
}

interface Payload {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}

export const categoryOf = (stream: string): string => stream.slice(0, Math.max(0, stream.indexOf('-')));

const digest = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** W3C trace context: the trace is the correlation id, as it is when that is a UUID. */
const traceparentOf = ({ id, metadata }: RecordedEvent<DomainEvent>): string => {
  const plain = metadata.correlationId.replaceAll('-', '').toLowerCase();
  const trace = /^[0-9a-f]{32}$/.test(plain) && /[1-9a-f]/.test(plain) ? plain : digest(metadata.correlationId, 32);
  return `00-${trace}-${digest(id, 16)}-01`;
};

export const headersOf = (event: RecordedEvent<DomainEvent>): MsgHdrs => {
  const all = headers();
  all.set(EVENT_ID, event.id);
  all.set(STREAM, event.stream);
  all.set(TYPE, event.type);
  all.set(POSITION, event.position.toString());
  all.set('Registrar-Correlation-Id', event.metadata.correlationId);
  all.set('Registrar-Causation-Id', event.metadata.causationId);
  all.set('traceparent', traceparentOf(event));
  return all;
};

/** The whole event. A position is a string, for it may need more digits than a number has. */
export const payloadOf = (event: RecordedEvent<DomainEvent>): string => JSON.stringify({ ...event, position: event.position.toString() });

/** Also of a message that is not ours: its id can serve as a key. */
export const headOf = ({ headers, seq }: { readonly headers?: MsgHdrs | undefined; readonly seq: number }): MessageHead => ({
  eventId: (headers?.get(EVENT_ID) || `message-${seq}`).replaceAll(/[^-\w]/g, '_'),
  stream: headers?.get(STREAM) ?? '',
  type: headers?.get(TYPE) ?? '',
});

export const positionOf = ({ header }: { readonly header: MsgHdrs }): bigint => BigInt(header.get(POSITION) || 0);

export const eventOf = (message: Pick<JsMsg, 'json'>, codec: EventCodec): RecordedEvent<DomainEvent> => {
  const { id, type, data, metadata, stream, revision, position } = message.json<Payload>();
  const { schemaVersion } = metadata;
  return { id, metadata: { ...metadata, schemaVersion }, stream, revision, position: BigInt(position), ...codec.decode(type, schemaVersion, data) };
};
