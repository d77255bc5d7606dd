import { EMPTY_ARRAY } from './compare.js';
import { valueAt } from './field-values.js';
import { indexKey, wordKey } from './key-encoding.js';
import { documentWords } from './matcher.js';
import { WORDS, type IndexRecord, type TextRecord } from './registry-records.js';

/** The keys of one document in one index, and whether the index's metadata changed (multikey or truncated key). */
export interface IndexEntries {
  readonly keys: readonly Buffer[];
  readonly multikey: string | null;
  readonly cut: boolean;
}

export class ParallelArrays extends Error {
  override readonly name = 'ParallelArrays';
}

const NO_ENTRIES: IndexEntries = { keys: [], multikey: null, cut: false };

const elementsOf = (value: readonly unknown[]): readonly unknown[] => (value.length === 0 ? [EMPTY_ARRAY] : [...new Set(value)]);

export const entriesOf = (index: IndexRecord, document: object | undefined, id: string): IndexEntries => {
  if (document === undefined) return NO_ENTRIES;
  const { number, fields } = index;
  const values: unknown[] = [];
  let place = -1;
  for (const [field] of fields) {
    const value: unknown = field === WORDS ? [...documentWords(document, index.words ?? [])] : valueAt(document, field);
    if (Array.isArray(value)) {
      if (place !== -1) throw new ParallelArrays(`document ${id} has two arrays in one index`);
      place = values.length;
    }
    values.push(value);
  }
  const list = values[place];
  if (!Array.isArray(list)) {
    const { key, cut } = indexKey(number, fields, values, id);
    return { keys: [key], multikey: null, cut };
  }
  const multikey = fields[place]?.[0] ?? null;
  const made = elementsOf(list).map((element) => indexKey(number, fields, values.with(place, element), id));
  // Of a long word only the beginning stands in a key, which leaves the order after it as it is.
  const cut = multikey === WORDS ? indexKey(number, fields, values.with(place, ''), id).cut : made.some((entry) => entry.cut);
  return { keys: made.map(({ key }) => key), multikey, cut };
};

const sameValue = (left: unknown, right: unknown): boolean => {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right;
  return left.length === right.length && left.every((element, place) => element === right[place]);
};

/** True when the indexed fields, and so the keys, are unchanged. */
export const sameEntries = (fields: readonly string[], before: object | undefined, after: object | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  fields.every((field) => sameValue(valueAt(before, field), valueAt(after, field)));

export const wordEntriesOf = (text: TextRecord, document: object | undefined, id: string): readonly Buffer[] =>
  document === undefined ? [] : [...documentWords(document, text.fields)].map((word) => wordKey(text.number, word, id));

interface Difference {
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
}

const NO_DIFFERENCE: Difference = { removed: [], added: [] };

export const difference = (before: readonly Buffer[], after: readonly Buffer[]): Difference => {
  if (before.length === 0) return { removed: [], added: after };
  const [one, other] = [before[0], after[0]];
  // Most have one key, whose fields are known to differ; two texts of which only the beginning stands in a key may have the same.
  if (before.length === 1 && after.length === 1 && one !== undefined && other !== undefined) return one.equals(other) ? NO_DIFFERENCE : { removed: before, added: after };
  const old = new Set(before.map((key) => key.toString('latin1')));
  const fresh = new Set(after.map((key) => key.toString('latin1')));
  return {
    removed: before.filter((key) => !fresh.has(key.toString('latin1'))),
    added: after.filter((key) => !old.has(key.toString('latin1'))),
  };
};
