import { accept, reject, type Decider, type Decision, type Message, type Refusal } from '../kernel/decider.js';
import { changedFields, emptyBook, evolveBook, filesRemoved, keptRecord, type RecordBook, type RecordEntry, type RecordEvent, type RecordFields } from './record-book.js';
import { uniqueValuesOf, type UniqueRule } from './unique-values.js';

interface Acting {
  readonly recordId: string;
  readonly actorId: string | null;
  readonly at: string;
}

export type RecordCommand =
  | Message<'CreateRecord', Acting & { ownerId: string; fields: RecordFields }>
  /** Absent fields stay; optional fields in `cleared` lose their value. */
  | Message<'ChangeRecord', Acting & { fields: RecordFields; cleared?: readonly string[] }>
  | Message<'DeleteRecord', Acting>
  | Message<'RestoreRecord', Acting>;

export type RecordRejection =
  | 'record-exists'
  | 'record-not-found'
  | 'record-of-another'
  | 'record-value-taken'
  | 'record-limit-reached'
  | 'record-field-fixed'
  | 'record-value-invalid';

/** What must hold of a record beyond the schema of each field, such as between two of them. */
export interface FieldCheck<Field extends string = string> {
  /** The field that is wrong where it does not hold. */
  readonly field: Field;
  /** What the field must be: "must not be blank". */
  readonly sentence: string;
  readonly holds: (fields: RecordFields) => boolean;
}

/** The parts of a resource's declaration that the decider needs. */
export interface RecordTerms {
  readonly thing: string;
  readonly optional: readonly string[];
  readonly files: readonly string[];
  readonly fixed: Readonly<Record<string, 'ignored' | 'refused'>>;
  readonly checks: readonly FieldCheck[];
  readonly unique: readonly UniqueRule[];
  /** The most records of one stream. */
  readonly most: number;
  readonly restorable: boolean;
  readonly referring: readonly string[];
}

type RecordDecision = Decision<RecordEvent, RecordRejection>;
type CommandOf<Type extends RecordCommand['type']> = Extract<RecordCommand, { type: Type }>['data'];

export const recordDecider = (terms: RecordTerms): Decider<RecordBook, RecordCommand, RecordEvent, RecordRejection> => ({
  initialState: emptyBook,
  evolve: evolveBook(terms),
  decide: ({ type, data }, book) => {
    switch (type) {
      case 'CreateRecord':
        return create(terms, data, book);
      case 'ChangeRecord':
        return change(terms, data, book);
      case 'DeleteRecord':
        return remove(terms, data, book);
      case 'RestoreRecord':
        return restore(terms, data, book);
    }
  },
});

const create = (terms: RecordTerms, { at, ...data }: CommandOf<'CreateRecord'>, book: RecordBook): RecordDecision => {
  const { recordId, ownerId, fields } = data;
  const known = book.records.get(recordId);
  if (known?.status === 'kept') return reject('record-exists', { recordId });
  // An account that learns the id of a deleted record must not become its owner.
  if (known !== undefined && known.ownerId !== ownerId) return reject('record-of-another', { recordId });
  return invalid(terms, fields) ?? noRoom(terms, book) ?? taken(terms, recordId, fields, book) ?? accept({ type: `${terms.thing}Created`, data: { ...data, createdAt: at } });
};

const change = (terms: RecordTerms, command: CommandOf<'ChangeRecord'>, book: RecordBook): RecordDecision => {
  const { recordId, actorId, at } = command;
  const entry = keptRecord(book, recordId);
  if (entry === undefined) return reject('record-not-found', { recordId });
  const wanted = Object.entries(command.fields).filter(([name, value]) => !sameValue(entry.fields[name], value));
  const fixed = wanted.find(([name]) => terms.fixed[name] === 'refused');
  if (fixed !== undefined) return reject('record-field-fixed', { field: fixed[0] });
  const fields = Object.fromEntries(wanted.filter(([name]) => terms.fixed[name] === undefined));
  const cleared = clearable(terms, command.cleared ?? [], entry);
  if (Object.keys(fields).length + cleared.length === 0) return accept();
  const after = changedFields(entry.fields, fields, cleared);
  const refusal = invalid(terms, after) ?? taken(terms, recordId, after, book);
  const data = { recordId, ownerId: entry.ownerId, actorId, fields, ...(cleared.length === 0 ? {} : { cleared }), ...filesRemoved(terms.files, entry.fields, after), changedAt: at };
  return refusal ?? accept({ type: `${terms.thing}Changed`, data });
};

const remove = ({ thing, files, restorable }: RecordTerms, { recordId, actorId, at }: CommandOf<'DeleteRecord'>, book: RecordBook): RecordDecision => {
  const entry = book.records.get(recordId);
  if (entry === undefined) return reject('record-not-found', { recordId });
  if (entry.status === 'deleted') return accept();
  const removed = restorable ? {} : filesRemoved(files, entry.fields, {});
  return accept({ type: `${thing}Deleted`, data: { recordId, ownerId: entry.ownerId, actorId, ...removed, deletedAt: at } });
};

const restore = (terms: RecordTerms, { recordId, actorId, at }: CommandOf<'RestoreRecord'>, book: RecordBook): RecordDecision => {
  const entry = book.records.get(recordId);
  if (entry?.status === 'kept') return accept();
  if (entry === undefined || !terms.restorable) return reject('record-not-found', { recordId });
  const data = { recordId, ownerId: entry.ownerId, actorId, restoredAt: at };
  return noRoom(terms, book) ?? taken(terms, recordId, entry.fields, book) ?? accept({ type: `${terms.thing}Restored`, data });
};

const invalid = ({ checks }: RecordTerms, fields: RecordFields): Refusal<RecordRejection> | undefined => {
  const broken = checks.find(({ holds }) => !holds(fields));
  return broken === undefined ? undefined : reject('record-value-invalid', { field: broken.field, problem: broken.sentence });
};

const noRoom = ({ most }: RecordTerms, { kept }: RecordBook): Refusal<RecordRejection> | undefined =>
  kept < most ? undefined : reject('record-limit-reached', { most });

const taken = ({ unique }: RecordTerms, recordId: string, fields: RecordFields, { holders }: RecordBook): Refusal<RecordRejection> | undefined => {
  const clash = uniqueValuesOf(unique, fields).find(({ value }) => (holders.get(value) ?? recordId) !== recordId);
  return clash === undefined ? undefined : reject('record-value-taken', { fields: clash.rule.fields });
};

const clearable = ({ optional, fixed }: RecordTerms, names: readonly string[], { fields }: RecordEntry): readonly string[] =>
  names.filter((name) => optional.includes(name) && fixed[name] === undefined && fields[name] !== undefined);

const sameValue = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [left, right] = [new Map<string, unknown>(Object.entries(one)), new Map<string, unknown>(Object.entries(other))];
  if (Array.isArray(one) !== Array.isArray(other) || left.size !== right.size) return false;
  return [...left].every(([name, value]) => right.has(name) && sameValue(value, right.get(name)));
};
