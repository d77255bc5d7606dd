import { changedFields, isChanged, isCreated, isDeleted, type RecordEvent, type RecordFields } from '../../domain/record/record-book.js';
import type { AnyResource, FieldsOf, RecordList } from '../../domain/record/resource.js';
import type { RecordedEvent } from '../../ports/event-store.js';
import type { CollectionDefinition, Document, IndexFields } from '../../ports/read-models.js';
import { canComeBack, cascadesInto } from './record-cascades.js';
import type { LogRecord, ProjectionDefinition } from './projection.js';

export interface RecordDocument<Fields = RecordFields> extends Document {
  /** In log order, where the resource is numbered. */
  readonly number: number | null;
  readonly ownerId: string;
  /** null: a worker. */
  readonly createdBy: string | null;
  readonly fields: Fields;
  readonly createdAt: string;
  readonly changedAt: string;
  /** Set only where deleted records can be restored. */
  readonly deletedAt: string | null;
  /** The field whose thing is deleted, and this record with it, as long as that can be restored. */
  readonly endedWith: string | null;
  /** Of its creation in its stream: the order of records that were created in one moment. */
  readonly revision: number;
}

const ON_DOCUMENT: ReadonlySet<string> = new Set(['ownerId', 'createdAt', 'changedAt', 'deletedAt', 'endedWith', 'number', 'revision']);

export const pathOf = (name: string): string => (ON_DOCUMENT.has(name) ? name : `fields.${name}`);

/** Newest first unless declared. */
export const orderOf = ({ sort = { createdAt: -1 } }: RecordList): IndexFields => {
  const fields = Object.entries(sort).flatMap(([name, direction]) => (direction === undefined ? [] : [[pathOf(name), direction] as const]));
  const byTime = fields.find(([name]) => name === 'createdAt');
  return Object.fromEntries(byTime === undefined ? fields : [...fields, ['revision', byTime[1]]]);
};

const indexOf = (resource: AnyResource, list: RecordList): IndexFields => ({
  ...(resource.restorable ? { deletedAt: 1 } : {}),
  ...(canComeBack(resource) ? { endedWith: 1 } : {}),
  ...Object.fromEntries((list.by ?? []).map((name) => [pathOf(name), 1])),
  ...orderOf(list),
});

export const recordCollection = <R extends AnyResource>(resource: R): CollectionDefinition<RecordDocument<FieldsOf<R>>> => ({
  projection: resource.category,
  name: resource.category,
  indexes: [
    ...resource.lists.map((list) => indexOf(resource, list)),
    ...(resource.text.length === 0 ? [] : resource.lists.map((list) => ({ $text: 1, ...indexOf(resource, list) }) as const)),
    ...(resource.numbered ? [{ number: 1 } as const] : []),
  ],
  numbered: resource.numbered,
  ...(resource.text.length === 0 ? {} : { text: resource.text.map(pathOf) }),
});

const after = (
  { numbered, restorable }: AnyResource,
  document: RecordDocument | undefined,
  event: RecordedEvent<RecordEvent>,
  next: number,
): RecordDocument | undefined => {
  const { data, revision } = event;
  if (isCreated(event)) {
    const { recordId: id, ownerId, actorId: createdBy, fields, createdAt } = event.data;
    const number = numbered ? next : null;
    return { id, number, ownerId, createdBy, fields, createdAt, changedAt: createdAt, deletedAt: null, endedWith: null, revision };
  }
  if (document === undefined) return undefined;
  if (isChanged(event)) {
    const { fields, cleared, changedAt } = event.data;
    return { ...document, fields: changedFields(document.fields, fields, cleared), changedAt };
  }
  if (isDeleted(event)) return restorable ? { ...document, deletedAt: event.data.deletedAt } : undefined;
  return 'restoredAt' in data ? { ...document, deletedAt: null, changedAt: data.restoredAt } : document;
};

// The documents of these collections are records.
const isRecord = (document: Document | undefined): document is RecordDocument | undefined => document === undefined || 'revision' in document;

export const recordProjection = <R extends AnyResource>(resource: R): ProjectionDefinition<R['category']> => {
  const { category, events } = resource;
  const documents: CollectionDefinition = recordCollection(resource);
  const isOwn = (event: LogRecord): event is RecordedEvent<RecordEvent> => resource.eventTypes.has(event.type);
  return {
    name: category,
    version: 2,
    collections: [documents],
    rules: events.map(({ type }) => ({
      eventType: type,
      collection: documents.name,
      ids: (event) => (isOwn(event) ? [event.data.recordId] : []),
      apply: (document, event, _, number) => (isOwn(event) && isRecord(document) ? after(resource, document, event, number) : document),
    })),
    fanOuts: cascadesInto(resource, documents.name),
  };
};
