import type { AnyResource, ReferableAggregate, Reference } from '../../domain/record/resource.js';
import type { EventType } from '../../domain/events.js';
import type { Document } from '../../ports/read-models.js';
import type { FanOutRule, LogRecord } from './projection.js';

const ends: Readonly<Record<ReferableAggregate, { readonly eventType: EventType; readonly id: string }>> = {
  account: { eventType: 'AccountDeleted', id: 'accountId' },
  course: { eventType: 'CourseDeleted', id: 'courseId' },
  organization: { eventType: 'OrganizationDeleted', id: 'organizationId' },
};

const cascadesOf = ({ references }: AnyResource): readonly (readonly [string, Reference])[] =>
  Object.entries(references).filter(([, { cascade }]) => cascade === true);

const isRestorable = ({ to }: Reference): boolean => typeof to !== 'string' && to.restorable;

/** True: the thing that a record ends with can be restored, and the record with it. */
export const canComeBack = (resource: AnyResource): boolean => cascadesOf(resource).some(([, reference]) => isRestorable(reference));

const textIn = (data: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : undefined;
};

const fanOut = (collection: string, eventType: string, name: string, id: string, apply: (document: Document) => Document | undefined): FanOutRule => ({
  eventType,
  collection,
  field: name === 'ownerId' ? name : `fields.${name}`,
  value: ({ data }: LogRecord) => textIn(data, id),
  apply,
});

/** What the end of other things does to the records that end with them: one step, so a record refers to all of those things. */
export const cascadesInto = (resource: AnyResource, collection: string): readonly FanOutRule[] =>
  cascadesOf(resource).flatMap(([name, reference]): readonly FanOutRule[] => {
    const { to } = reference;
    if (typeof to === 'string') return [fanOut(collection, ends[to].eventType, name, ends[to].id, () => undefined)];
    if (!isRestorable(reference)) return [fanOut(collection, `${to.thing}Deleted`, name, 'recordId', () => undefined)];
    const endedWith = (value: string | null) => (document: Document) => ({ ...document, endedWith: value });
    return [
      fanOut(collection, `${to.thing}Deleted`, name, 'recordId', endedWith(name)),
      fanOut(collection, `${to.thing}Restored`, name, 'recordId', endedWith(null)),
    ];
  });
