import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { EventCodec } from '../domain/event-codec.js';
import type { DomainEvent } from '../domain/events.js';
import { Timestamp } from '../domain/kernel/event-schema.js';
import type { RecordedEvent } from '../ports/event-store.js';

const Line = Type.Object(
  {
    position: Type.String({ pattern: '^[0-9]{1,40}$' }),
    stream: Type.String({ minLength: 1 }),
    revision: Type.Integer({ minimum: 0 }),
    id: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
    type: Type.String({ minLength: 1 }),
    data: Type.Object({}),
    metadata: Type.Object(
      {
        actorId: Type.Union([Type.String(), Type.Null()]),
        correlationId: Type.String(),
        causationId: Type.String(),
        occurredAt: Timestamp,
        schemaVersion: Type.Integer({ minimum: 1 }),
        commandId: Type.String(),
        hash: Type.Optional(Type.String()),
        previousHash: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      },
    ),
  },
  { additionalProperties: false },
);

const lineValidator = Compile(Line);

export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

export const toLine = ({ position, stream, revision, id, type, data, metadata }: RecordedEvent<DomainEvent>): string =>
  `${JSON.stringify({ position: String(position), stream, revision, id, type, data, metadata })}\n`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidEvent('is not JSON');
  }
};

const recorded = ({ position, ...event }: Static<typeof Line>): RecordedEvent<DomainEvent> => {
  const value: object = { ...event, position: BigInt(position) };
  // The schema has checked that `type` and `data` are in the catalogue.
  return value as RecordedEvent<DomainEvent>;
};

/** Throws InvalidEvent when the line is not an event that this build knows and could have written. */
export const fromLine = (text: string, codec: EventCodec): RecordedEvent<DomainEvent> => {
  const value = parsed(text);
  if (!lineValidator.Check(value)) {
    const [first] = lineValidator.Errors(value);
    throw new InvalidEvent(`${first?.instancePath ?? ''} ${first?.message ?? 'is no event'}`.trim());
  }
  const current = codec.versionOf(value.type);
  const { schemaVersion } = value.metadata;
  if (schemaVersion > current) throw new InvalidEvent(`${value.type} version ${schemaVersion} is from a later build, this one knows version ${current}`);
  try {
    codec.assertValid(codec.decode(value.type, schemaVersion, value.data));
  } catch (error) {
    throw new InvalidEvent(error instanceof Error ? error.message : String(error));
  }
  return recorded(value);
};
