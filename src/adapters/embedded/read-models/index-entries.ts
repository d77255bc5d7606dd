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
  const values = index.fields.map(([field]): unknown => (field === WORDS ? [...documentWords(document, index.words ?? [])] : valueAt(document, field)));
  const directions = index.fields.map(([, direction]) => direction);
  const arrays = values.flatMap((value, place) => (Array.isArray(value) ? [place] : []));
  const [place] = arrays;
  if (place === undefined) {
    const { key, cut } = indexKey(index.number, values, directions, id);
    return { keys: [key], multikey: null, cut };
  }
  const multikey = index.fields[place]?.[0] ?? null;
  const list: unknown = values[place];
  if (arrays.length > 1 || !Array.isArray(list)) throw new ParallelArrays(`document ${id} has two arrays in one index`);
  const made = elementsOf(list).map((element) => indexKey(index.number, values.with(place, element), directions, id));
  // Of a long word only the beginning stands in a key, which leaves the order after it as it is.
  const cut = multikey === WORDS ? indexKey(index.number, values.with(place, ''), directions, id).cut : made.some((entry) => entry.cut);
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

export const difference = (
  before: readonly Buffer[],
  after: readonly Buffer[],
): { readonly removed: readonly Buffer[]; readonly added: readonly Buffer[] } => {
  if (before.length === 0) return { removed: [], added: after };
  const old = new Set(before.map((key) => key.toString('latin1')));
  const fresh = new Set(after.map((key) => key.toString('latin1')));
  return {
    removed: before.filter((key) => !fresh.has(key.toString('latin1'))),
    added: after.filter((key) => !old.has(key.toString('latin1'))),
  };
};
