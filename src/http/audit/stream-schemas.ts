import { Type, type Static } from 'typebox';
import { withoutSecrets } from '../../commands/audit/without-secrets.js';
import type { RecordedEvent } from '../../ports/event-store.js';

export const StreamName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]*-[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$', maxLength: 400 });

const StateChange = Type.Object({
  path: Type.String({ description: 'JSON pointer (RFC 6901) into the state; empty: the state as a whole' }),
  before: Type.Optional(Type.Unknown({ description: 'Absent: it is new' })),
  after: Type.Optional(Type.Unknown({ description: 'Absent: it is gone' })),
});

export const AuditedEvent = Type.Object({
  id: Type.String(),
  type: Type.String(),
  revision: Type.Integer(),
  position: Type.String(),
  data: Type.Object({}, { additionalProperties: true }),
  metadata: Type.Object({}, { additionalProperties: true, description: 'Who (actorId), when (occurredAt), why (causationId, commandId, correlationId)' }),
  state: Type.Optional(Type.Unknown({ description: 'With state=true: the stream after this event' })),
  stateTruncated: Type.Optional(Type.Boolean({ description: 'The state is too large to be shown as a whole' })),
  changes: Type.Optional(Type.Array(StateChange, { description: 'With state=true: what this event changed' })),
  changesTruncated: Type.Optional(Type.Boolean({ description: 'There are more changes than are shown' })),
});
export type AuditedEvent = Static<typeof AuditedEvent>;

export const AuditedStream = Type.Object({
  stream: Type.String(),
  events: Type.Array(AuditedEvent),
  fromRevision: Type.Integer(),
  nextRevision: Type.Union([Type.Integer(), Type.Null()], { description: 'Where the next page starts; null at the end' }),
});

export const AuditedState = Type.Object({
  stream: Type.String(),
  revision: Type.Integer({ description: 'The last event that it contains' }),
  eventId: Type.String(),
  occurredAt: Type.String(),
  state: Type.Unknown(),
  stateTruncated: Type.Boolean(),
});

export const presentEvent = ({ id, type, revision, position, data, metadata }: RecordedEvent): AuditedEvent => ({
  id,
  type,
  revision,
  position: position.toString(),
  data: withoutSecrets({ type, data }),
  metadata: { ...metadata },
});
