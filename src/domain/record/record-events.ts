import { Type, type TOptional, type TProperties, type TSchema } from 'typebox';
import { defineEvent, Id, Nullable, Personal, Timestamp } from '../kernel/event-schema.js';

export type OptionalFields<Fields extends TProperties> = { [Field in keyof Fields]: TOptional<Fields[Field]> };

/** The four events of a resource; the name of the thing is in the name of the event. */
export type RecordSchemas<Thing extends string, Fields extends TProperties> = ReturnType<typeof recordEvents<Thing, Fields>>;

const addressed = {
  recordId: Id,
  ownerId: Id,
  /** Null: a worker. */
  actorId: Nullable(Id),
};

export const optionalFields = <Fields extends TProperties>(fields: Fields): OptionalFields<Fields> =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as OptionalFields<Fields>;

const isPersonal = (schema: object): boolean => 'x-personal' in schema;

export const recordEvents = <Thing extends string, Fields extends TProperties>(thing: Thing, noun: string, fields: Fields) => {
  const marked = <Schema extends TSchema>(schema: Schema): Schema =>
    Object.values(fields).some(isPersonal) ? Personal(schema) : schema;
  // They are taken out of the file store by a worker.
  const removedFiles = Type.Optional(marked(Type.Array(Type.String())));
  return [
    defineEvent(`${thing}Created` as const, `${noun}: created.`, {
      ...addressed,
      fields: marked(Type.Object(fields)),
      createdAt: Timestamp,
    }),
    defineEvent(`${thing}Changed` as const, `${noun}: changed. A field that is absent stayed as it was; those of \`cleared\` have no value now.`, {
      ...addressed,
      fields: marked(Type.Object(optionalFields(fields))),
      cleared: Type.Optional(Type.Array(Type.String())),
      removedFiles,
      changedAt: Timestamp,
    }),
    defineEvent(`${thing}Deleted` as const, `${noun}: deleted.`, { ...addressed, removedFiles, deletedAt: Timestamp }),
    defineEvent(`${thing}Restored` as const, `${noun}: restored as it was before it was deleted.`, { ...addressed, restoredAt: Timestamp }),
  ] as const;
};
