import type { Static, TObject, TSchema } from 'typebox';
import { accept, reject, type Decider, type Decision, type Message } from '../kernel/decider.js';
import type { EventSchema } from '../kernel/event-schema.js';
import type { Id, Timestamp } from '../kernel/event-schema.js';

type IdSchema = typeof Id;
type TimeSchema = typeof Timestamp;

/** The three events of a plain resource; what each holds follows from the schemas of `fields`. */
export interface RecordSchemas<C extends string, X extends string, D extends string, F extends TSchema, P extends TSchema> {
  readonly created: EventSchema<C, TObject<{ recordId: IdSchema; ownerId: IdSchema; fields: F; createdAt: TimeSchema }>>;
  readonly changed: EventSchema<X, TObject<{ recordId: IdSchema; ownerId: IdSchema; fields: P; changedAt: TimeSchema }>>;
  readonly deleted: EventSchema<D, TObject<{ recordId: IdSchema; ownerId: IdSchema; deletedAt: TimeSchema }>>;
}

interface Addressed {
  readonly recordId: string;
  readonly ownerId: string;
}

type Created<Name extends string, Fields> = Message<Name, Addressed & { fields: Fields; createdAt: string }>;
type Changed<Name extends string, Changes> = Message<Name, Addressed & { fields: Changes; changedAt: string }>;
type Deleted<Name extends string> = Message<Name, Addressed & { deletedAt: string }>;

export type RecordCommand<Fields, Changes> =
  | Message<'CreateRecord', Addressed & { fields: Fields; at: string }>
  | Message<'ChangeRecord', Addressed & { fields: Changes; at: string }>
  | Message<'DeleteRecord', Addressed & { at: string }>;

export type RecordRejection = 'record-exists' | 'record-not-found' | 'record-of-another';

export type RecordState<Fields> =
  | Readonly<{ status: 'absent' }>
  | Readonly<{ status: 'kept'; recordId: string; ownerId: string; fields: Fields; createdAt: string; changedAt: string }>
  | Readonly<{ status: 'deleted'; recordId: string; ownerId: string; deletedAt: string }>;

type FieldsOf<Schema extends TSchema> = Static<Schema> extends infer Fields extends object ? Fields : never;

/** The decider of any plain resource. A change replaces the fields that it names; what was deleted may be created anew. */
export const recordDecider = <C extends string, X extends string, D extends string, F extends TSchema, P extends TSchema>(
  schemas: RecordSchemas<C, X, D, F, P>,
) =>
  deciderOf<C, X, D, FieldsOf<F>, FieldsOf<P>>({
    created: schemas.created.type,
    changed: schemas.changed.type,
    deleted: schemas.deleted.type,
  });

const deciderOf = <C extends string, X extends string, D extends string, Fields extends object, Changes extends object>(names: {
  readonly created: C;
  readonly changed: X;
  readonly deleted: D;
}) => {
  type Event = Created<C, Fields> | Changed<X, Changes> | Deleted<D>;
  const isCreated = (event: Event): event is Created<C, Fields> => event.type === names.created;
  const isChanged = (event: Event): event is Changed<X, Changes> => event.type === names.changed;

  const decide = (command: RecordCommand<Fields, Changes>, record: RecordState<Fields>): Decision<Event, RecordRejection> => {
    const { recordId, ownerId, at } = command.data;
    const common = { recordId, ownerId };
    if (command.type === 'CreateRecord') {
      if (record.status === 'kept') return reject('record-exists');
      return accept({ type: names.created, data: { ...common, fields: command.data.fields, createdAt: at } });
    }
    if (record.status === 'deleted' && command.type === 'DeleteRecord' && record.ownerId === ownerId) return accept();
    if (record.status !== 'kept') return reject('record-not-found');
    if (record.ownerId !== ownerId) return reject('record-of-another');
    if (command.type === 'DeleteRecord') return accept({ type: names.deleted, data: { ...common, deletedAt: at } });
    if (changesNothing(record.fields, command.data.fields)) return accept();
    return accept({ type: names.changed, data: { ...common, fields: command.data.fields, changedAt: at } });
  };

  const evolve = (record: RecordState<Fields>, event: Event): RecordState<Fields> => {
    const { recordId, ownerId } = event.data;
    if (isCreated(event)) {
      const { fields, createdAt } = event.data;
      return { status: 'kept', recordId, ownerId, fields, createdAt, changedAt: createdAt };
    }
    if (record.status !== 'kept') return record;
    if (isChanged(event)) {
      return { ...record, fields: { ...record.fields, ...event.data.fields }, changedAt: event.data.changedAt };
    }
    return { status: 'deleted', recordId, ownerId, deletedAt: event.data.deletedAt };
  };

  const initialState = (): RecordState<Fields> => ({ status: 'absent' });
  type Result = Decider<RecordState<Fields>, RecordCommand<Fields, Changes>, Event, RecordRejection>;
  return { initialState, decide, evolve } satisfies Result;
};

const changesNothing = (fields: object, changes: object): boolean => {
  const kept = new Map<string, unknown>(Object.entries(fields));
  return Object.entries(changes).every(([name, value]) => sameValue(kept.get(name), value));
};

const sameValue = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length && changesNothing(one, other);
};
