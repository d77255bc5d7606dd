import { Type, type Static, type TObject, type TProperties } from 'typebox';
import type { Aggregate } from '../kernel/aggregate.js';
import type { EventSchema } from '../kernel/event-schema.js';
import { recordDecider, type FieldCheck, type RecordCommand, type RecordRejection } from './decider.js';
import { recordEvents, type RecordSchemas } from './record-events.js';
import type { RecordBook, RecordEvent } from './record-book.js';
import type { UniqueRule } from './unique-values.js';

/** Names the owner of a record where an option asks for a field. */
export const OWNER = 'ownerId';

export type ReferableAggregate = 'account' | 'course' | 'organization';

/** The thing that a field names must exist when the record is created, changed to it or restored. */
export interface Reference<Field extends string = string> {
  readonly to: ReferableAggregate | AnyResource;
  /** The field that names the other record's stream, where its resource is within something. */
  readonly within?: Field;
  /** True: the record ends with the thing that it refers to. */
  readonly cascade?: boolean;
}

/** One way to list, with its index: equality filters on `by` (optional for clients unless a route fixes one) and an order. */
export interface RecordList<Field extends string = string> {
  readonly by?: readonly (Field | typeof OWNER)[];
  readonly sort?: Readonly<Partial<Record<Field | 'createdAt' | 'changedAt', 1 | -1>>>;
}

/** Named rules of src/commands/access for reading, creating, and for changing, deleting and restoring. */
export interface RecordRules {
  readonly read: string;
  readonly create: string;
  readonly write: string;
}

interface Options<Category extends string, Fields extends TProperties, Field extends string> {
  readonly category: Category;
  readonly description: string;
  readonly fields: Fields;
  /** Fields that hold keys of the file store: a file goes when the record loses it. */
  readonly files?: readonly Field[];
  /** Fields that keep their first value: a change is ignored or refused. */
  readonly fixed?: Readonly<Partial<Record<Field, 'ignored' | 'refused'>>>;
  /** Records with the same value share a stream, so that `unique` and `most` are facts of it; `all`: all records share one. */
  readonly within?: Field | typeof OWNER | 'all';
  /** The values of these fields make the id: one record for each combination. */
  readonly key?: readonly Field[];
  /** What must hold of a record beyond the schema of each field. */
  readonly checks?: readonly FieldCheck<Field>[];
  readonly unique?: readonly (UniqueRule & { readonly fields: readonly Field[] })[];
  /** The most records of one stream. */
  readonly most?: number;
  readonly references?: Readonly<Partial<Record<Field | typeof OWNER, Reference<Field | typeof OWNER>>>>;
  readonly rules: Pick<RecordRules, 'read' | 'write'> & Partial<RecordRules>;
  readonly lists?: readonly RecordList<Field>[];
  /** The fields of a text search. */
  readonly text?: readonly Field[];
  /** True: each record also gets an integer, in log order. */
  readonly numbered?: boolean;
  /** True: a deleted record can be restored. Absent: only its id and owner are kept. */
  readonly restorable?: boolean;
}

export interface AnyResource extends Aggregate<RecordBook, RecordCommand, RecordEvent, RecordRejection> {
  readonly thing: string;
  readonly description: string;
  readonly events: readonly EventSchema[];
  readonly schema: TObject;
  readonly fixed: Readonly<Record<string, 'ignored' | 'refused'>>;
  readonly files: readonly string[];
  readonly within: string | null;
  readonly key: readonly string[] | null;
  readonly unique: readonly UniqueRule[];
  readonly most: number;
  readonly references: Readonly<Record<string, Reference>>;
  readonly rules: RecordRules;
  readonly lists: readonly RecordList[];
  readonly text: readonly string[];
  readonly numbered: boolean;
  readonly restorable: boolean;
}

/** A plain resource: everything about it follows from its declaration. */
export interface Resource<Thing extends string, Category extends string, Fields extends TProperties> extends AnyResource {
  readonly category: Category;
  readonly events: RecordSchemas<Thing, Fields>;
  readonly schema: TObject<Fields>;
}

export type FieldsOf<R extends AnyResource> = Readonly<Static<R['schema']>>;

const definedOnly = <Value>(values: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** Declares a plain resource. The names of its events begin with `thing`. Throws when the options contradict each other. */
export const resource = <const Thing extends string, const Category extends string, Fields extends TProperties>(
  thing: Thing,
  options: Options<Category, Fields, Extract<keyof Fields, string>>,
): Resource<Thing, Category, Fields> => {
  const { category, description, fields, key = null, within = null, checks = [], unique = [], restorable = false, files = [] } = options;
  assertCoherent(thing, options);
  const events = recordEvents(thing, description, fields);
  const schema = Type.Object(fields);
  const placing = [...(key ?? []), ...(within === null ? [] : [within])];
  const fixed = definedOnly<'ignored' | 'refused'>({ ...Object.fromEntries(placing.map((name) => [name, 'ignored' as const])), ...options.fixed });
  const references = definedOnly<Reference>({ ...options.references });
  const referring = Object.entries(references).flatMap(([name, reference]) => [name, ...(reference.within === undefined ? [] : [reference.within])]);
  const most = options.most ?? Infinity;
  const optional = Object.keys(fields).filter((name) => Type.IsOptional(fields[name]));
  return {
    category,
    decider: {
      ...recordDecider({ thing, optional, files, fixed, checks, unique, most, restorable, referring }),
      begins: ({ type }) => type === 'CreateRecord' && within === null && key === null,
    },
    eventTypes: new Set<string>(events.map(({ type }) => type)),
    hashChained: false,
    thing,
    description,
    events,
    schema,
    fixed,
    files,
    within,
    key,
    unique,
    most,
    restorable,
    references,
    rules: { create: options.rules.write, ...options.rules },
    lists: options.lists ?? [],
    text: options.text ?? [],
    numbered: options.numbered ?? false,
  };
};

const RESERVED: readonly string[] = [OWNER, 'all', 'id', 'number', 'createdAt', 'changedAt', 'deletedAt', 'actorId', 'recordId'];

const assertCoherent = (thing: string, { fields, within, unique, most }: Options<string, TProperties, string>): void => {
  const reserved = Object.keys(fields).filter((name) => RESERVED.includes(name));
  if (reserved.length > 0) throw new Error(`${thing}: a field can't be called ${reserved.join(', ')}`);
  if (within === undefined && (unique !== undefined || most !== undefined)) {
    throw new Error(`${thing}: unique and most are facts of one stream, so they need within`);
  }
};
