import type { DomainEvent, EventOfType, EventType } from '../../domain/events.js';
import type { AnyEvent, RecordedEvent } from '../../ports/event-store.js';
import type { CollectionDefinition, Document, Scalar } from '../../ports/read-models.js';

export type DomainRecord = RecordedEvent<DomainEvent>;
export type RecordOf<T extends EventType> = RecordedEvent<EventOfType<T>>;

/** Any event of the log. Rules take this and not the union: with hundreds of types the union makes the compiler slow. */
export type LogRecord = RecordedEvent<AnyEvent>;

/** One thing that one kind of event does: to which documents of which collection, and how. Pure. */
export interface ProjectionRule {
  readonly eventType: string;
  readonly collection: string;
  /** Other documents of the projection that the rule needs to know the ids. Absent: the event says them. */
  readonly lookup?: Lookup;
  readonly ids: (event: LogRecord, found: readonly Document[]) => readonly string[];
  /** `number` is the document's, where its collection is numbered, else 0. `found`: what was looked up. */
  readonly apply: (document: Document | undefined, event: LogRecord, id: string, number: number, found: readonly Document[]) => Document | undefined;
}

export interface Lookup {
  readonly collection: string;
  readonly ids: (event: LogRecord) => readonly string[];
}

/** One thing that one kind of event does to all documents of a collection that have a value in a field. Pure. */
export interface FanOutRule {
  readonly eventType: string;
  readonly collection: string;
  readonly field: string;
  /** Undefined: the event concerns none. */
  readonly value: (event: LogRecord) => Scalar | undefined;
  readonly apply: (document: Document, event: LogRecord) => Document | undefined;
}

/**
 * A read model: its collections and the rules that fill them. `version` is raised whenever the same events
 * would give other documents: the projector then rebuilds it beside the old one.
 */
export interface ProjectionDefinition<Name extends string = string> {
  readonly name: Name;
  readonly version: number;
  readonly collections: readonly CollectionDefinition[];
  readonly rules: readonly ProjectionRule[];
  /** For analysts and auditors: it follows in larger steps, a moment behind, and is level at once when somebody waits for it. */
  readonly batched?: true;
  /** For what changes rarely and stands in many documents, such as a name: each such event is a query and many writes. */
  readonly fanOuts?: readonly FanOutRule[];
}

/** A read model whose name is known to the compiler, so that routes can say what they read. */
export const projection = <const Name extends string>(definition: ProjectionDefinition<Name>): ProjectionDefinition<Name> => definition;

/** A rule that is run only for events of its type: the check makes the narrowing true instead of asserted. */
export const rule = <D extends Document, T extends EventType>(
  collection: CollectionDefinition<D>,
  eventType: T,
  ids: (event: RecordOf<T>) => string | readonly string[],
  apply: (document: D | undefined, event: RecordOf<T>, id: string, number: number) => D | undefined,
): ProjectionRule => {
  const isOfType = (event: LogRecord): event is RecordOf<T> => event.type === eventType;
  return {
    eventType,
    collection: collection.name,
    ids: (event) => {
      if (!isOfType(event)) return [];
      const found = ids(event);
      return typeof found === 'string' ? [found] : found;
    },
    // The document came from this collection, which holds nothing but D.
    apply: (document, event, id, number) => (isOfType(event) ? apply(document as D | undefined, event, id, number) : document),
  };
};

/**
 * A rule for an event that does not name the documents that it changes, such as the figures of the instructor of a course: they
 * are named by documents of another collection. These are as the events before have made them (and the rules above this one);
 * after a crash of a store without transactions they may be ahead, so a rule trusts only what stays as it was first set.
 */
export const lookingUp = <D extends Document, From extends Document, T extends EventType>(
  collection: CollectionDefinition<D>,
  eventType: T,
  from: { readonly collection: CollectionDefinition<From>; readonly ids: (event: RecordOf<T>) => string | readonly string[] },
  ids: (event: RecordOf<T>, found: readonly From[]) => readonly string[],
  apply: (document: D | undefined, event: RecordOf<T>, found: readonly From[], id: string, number: number) => D | undefined,
): ProjectionRule => {
  const isOfType = (event: LogRecord): event is RecordOf<T> => event.type === eventType;
  return {
    eventType,
    collection: collection.name,
    lookup: { collection: from.collection.name, ids: (event) => (isOfType(event) ? [from.ids(event)].flat() : []) },
    // The documents came from these collections, which hold nothing else.
    ids: (event, found) => (isOfType(event) ? ids(event, found as readonly From[]) : []),
    apply: (document, event, id, number, found) => (isOfType(event) ? apply(document as D | undefined, event, found as readonly From[], id, number) : document),
  };
};

/**
 * An event that changes every document whose `field` has (or, an array, contains) the value: a rename, a deletion that
 * takes others with it. The field is indexed by itself. Documents that other rules of the same event change must be in
 * another collection.
 */
export const where = <D extends Document, T extends EventType>(
  collection: CollectionDefinition<D>,
  eventType: T,
  field: string,
  value: (event: RecordOf<T>) => Scalar | undefined,
  apply: (document: D, event: RecordOf<T>) => D | undefined,
): FanOutRule => {
  const isOfType = (event: LogRecord): event is RecordOf<T> => event.type === eventType;
  return {
    eventType,
    collection: collection.name,
    field,
    value: (event) => (isOfType(event) ? value(event) : undefined),
    apply: (document, event) => (isOfType(event) ? apply(document as D, event) : document),
  };
};

export const collection = <D extends Document>(definition: Omit<CollectionDefinition<D>, 'document'>): CollectionDefinition<D> => definition;
