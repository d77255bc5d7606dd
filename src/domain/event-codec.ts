import { Compile, type Validator } from 'typebox/compile';
import { eventSchemas, type DomainEvent } from './events.js';
import type { EventSchema } from './kernel/event-schema.js';

/** Turns event data of one version into that of the next. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Upcasters by event type and the version they start from. Empty: no event has had to change yet. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

const validators = new Map<EventSchema, Validator>();

const validatorOf = (schema: EventSchema): Validator => {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const made = Compile(schema.data);
  validators.set(schema, made);
  return made;
};

/**
 * The one place where events are checked before they are appended and brought to their current version when they are read.
 * Adapters hand it JSON-safe values and decide on the bytes.
 */
export class EventCodec {
  readonly #upcasters: Upcasters;
  readonly #schemas: ReadonlyMap<string, EventSchema>;

  constructor(upcasters: Upcasters = {}, schemas: ReadonlyMap<string, EventSchema> = eventSchemas) {
    this.#upcasters = upcasters;
    this.#schemas = schemas;
  }

  versionOf(type: string): number {
    return this.#schemas.get(type)?.version ?? 1;
  }

  /** Throws UnreadableEvent when the data does not fit the event's schema: a bug, stopped before it becomes history. */
  assertValid(event: Readonly<{ type: string; data: object }>): void {
    const schema = this.#schemas.get(event.type);
    if (schema === undefined) throw new UnreadableEvent(`no schema for event ${event.type}`);
    const validator = validatorOf(schema);
    if (validator.Check(event.data)) return;
    const [first] = validator.Errors(event.data);
    throw new UnreadableEvent(`${event.type}${first?.instancePath ?? ''} ${first?.message ?? 'is invalid'}`);
  }

  /** The event in its current version. Unknown types pass: an older build must not stop at them. */
  decode(type: string, version: number, data: object): DomainEvent {
    const current = this.versionOf(type);
    if (version === current) return asDomainEvent(type, data);
    let upcast: Record<string, unknown> = { ...data };
    for (let from = version; from < current; from += 1) {
      const step = this.#upcasters[type]?.[from];
      if (step === undefined) throw new UnreadableEvent(`no upcaster for ${type} version ${from}`);
      upcast = step(upcast);
    }
    return asDomainEvent(type, upcast);
  }
}

// The data was validated when it was written, and upcast since.
const asDomainEvent = (type: string, data: object): DomainEvent => ({ type, data }) as DomainEvent;
