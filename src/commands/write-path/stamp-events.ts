import type { EventCodec } from '../../domain/event-codec.js';
import type { DomainEvent } from '../../domain/events.js';
import type { AnyEvent, EventMetadata, NewEvent } from '../../ports/event-store.js';
import { digest } from '../../primitives/canonical-json.js';
import type { CommandContext } from '../context.js';
import { uuidV5 } from '../../primitives/uuid-v5.js';
import { wellFormed } from '../../primitives/well-formed.js';

interface HashedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
}

/** The hash of a chained event covers everything but the hash itself. */
export const hashedPart = (stream: string, revision: number, { id, type, data, metadata: { hash: _own, ...metadata } }: HashedEvent): readonly unknown[] => [
  stream,
  revision,
  id,
  type,
  data,
  metadata,
];

export const eventHash = (stream: string, revision: number, event: HashedEvent): string => digest(hashedPart(stream, revision, event));

export interface Stamp {
  readonly codec: EventCodec;
  readonly context: CommandContext;
  readonly occurredAt: string;
  readonly stream: string;
  readonly revision: number;
  /** The hash of the event before; undefined where the aggregate is not chained. */
  readonly previousHash: string | null | undefined;
}

// Fields are spelled out: a spread costs more than all the rest. `type` and `data` are of one event, which the compiler can't
// see.
const stamped = ({ type, data }: AnyEvent, id: string, metadata: EventMetadata): NewEvent<DomainEvent> =>
  ({ type, data, id, metadata }) as NewEvent<DomainEvent>;

/**
 * Gives decided events their metadata, and ids that are derived from the command's, so that a repeat makes the same ones. Text is
 * made whole here, so that the hash and the fold see what the store keeps.
 */
export const stampEvents = (events: readonly AnyEvent[], stamp: Stamp): readonly NewEvent<DomainEvent>[] => {
  let previousHash = stamp.previousHash;
  return events.map((decided, index) => {
    stamp.codec.assertValid(decided);
    const event: AnyEvent = { type: decided.type, data: wellFormed(decided.data) };
    const id = uuidV5(`${stamp.stream}/${index}`, stamp.context.commandId);
    const metadata: EventMetadata = {
      actorId: stamp.context.actorId,
      correlationId: stamp.context.correlationId,
      causationId: stamp.context.causationId,
      occurredAt: stamp.occurredAt,
      schemaVersion: stamp.codec.versionOf(event.type),
      commandId: stamp.context.commandId,
    };
    if (previousHash === undefined) return stamped(event, id, metadata);
    const chained = { ...metadata, previousHash };
    const hash = eventHash(stamp.stream, stamp.revision + index, stamped(event, id, chained));
    previousHash = hash;
    return stamped(event, id, { ...chained, hash });
  });
};
