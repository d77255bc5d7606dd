import type { Database } from 'lmdb';
import type { SortDirection } from '../../../ports/read-models.js';
import { compareStrings } from './compare.js';
import { afterPrefix, idOf, idStart, wordPrefix } from './key-encoding.js';
import type { IndexPlan, KeyRange } from './index-plan.js';

export type KeyDatabase = Database<Buffer, Buffer>;

const sameStem = (left: Buffer, right: Buffer): boolean => {
  const [leftEnd, rightEnd] = [idStart(left), idStart(right)];
  return leftEnd === rightEnd && left.compare(right, 0, rightEnd, 0, leftEnd) === 0;
};

// Entries that differ in the id alone come with descending ids when read backwards: this reverses them.
function* backwards(keys: Iterable<Buffer>): Generator<Buffer> {
  let alike: Buffer[] = [];
  for (const key of keys) {
    const [first] = alike;
    if (first !== undefined && !sameStem(first, key)) {
      yield* alike.reverse();
      alike = [];
    }
    alike.push(key);
  }
  yield* alike.reverse();
}

const keysOf = (database: KeyDatabase, { start, end }: KeyRange, direction: SortDirection): Iterable<Buffer> =>
  direction === 1
    ? database.getKeys({ start, end })
    : backwards(database.getKeys({ start: end, end: start, inclusiveEnd: true, reverse: true }));

interface Head {
  readonly key: Buffer;
  readonly orderedFrom: number;
  readonly rest: Iterator<Buffer>;
}

const compareHeads = (left: Head, right: Head, direction: SortDirection): number => {
  const [leftEnd, rightEnd] = [idStart(left.key), idStart(right.key)];
  const order = left.key.compare(right.key, right.orderedFrom, rightEnd, left.orderedFrom, leftEnd);
  return order === 0 ? compareStrings(idOf(left.key), idOf(right.key)) : order * direction;
};

function* merged(database: KeyDatabase, ranges: readonly KeyRange[], direction: SortDirection): Generator<Buffer> {
  const advance = (rest: Iterator<Buffer>, orderedFrom: number): readonly Head[] => {
    const next = rest.next();
    return next.done === true ? [] : [{ key: next.value, orderedFrom, rest }];
  };
  const iterators = ranges.map((range) => keysOf(database, range, direction)[Symbol.iterator]());
  try {
    let heads = ranges.flatMap((range, place) => {
      const iterator = iterators[place];
      return iterator === undefined ? [] : advance(iterator, range.orderedFrom);
    });
    while (heads.length > 0) {
      const least = heads.reduce((chosen, head) => (compareHeads(head, chosen, direction) < 0 ? head : chosen));
      yield least.key;
      heads = heads.flatMap((head) => (head === least ? advance(head.rest, head.orderedFrom) : [head]));
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

function* once(ids: Iterable<string>): Generator<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) continue;
    seen.add(id);
    yield id;
  }
}

function* idsIn(keys: Iterable<Buffer>): Generator<string> {
  for (const key of keys) yield idOf(key);
}

function* concatenated(database: KeyDatabase, ranges: readonly KeyRange[]): Generator<Buffer> {
  for (const range of ranges) yield* database.getKeys({ start: range.start, end: range.end });
}

const severalOf = (database: KeyDatabase, { ranges, ordered }: IndexPlan): Iterable<Buffer> =>
  ordered === null ? concatenated(database, ranges) : merged(database, ranges, ordered);

/** The ids of an index plan, each once; in the requested order when the plan is ordered. */
export const idsOfPlan = (database: KeyDatabase, plan: IndexPlan): Iterable<string> => {
  const { ranges, ordered } = plan;
  const [only, ...others] = ranges;
  if (only === undefined) return [];
  const keys = others.length === 0 ? keysOf(database, only, ordered ?? 1) : severalOf(database, plan);
  const ids = idsIn(keys);
  return plan.distinct ? ids : once(ids);
};

export const countOfPlan = (database: KeyDatabase, plan: IndexPlan): number => {
  const { ranges, distinct } = plan;
  if (distinct) return ranges.reduce((sum, { start, end }) => sum + database.getKeysCount({ start, end }), 0);
  let count = 0;
  for (const _id of once(idsIn(concatenated(database, ranges)))) count += 1;
  return count;
};

export const idsWithWords = (database: KeyDatabase, number: number, words: readonly string[]): readonly string[] => {
  const ranges = words
    .map((word) => wordPrefix(number, word))
    .map((start) => ({ start, end: afterPrefix(start) }))
    .map((range) => ({ range, size: database.getKeysCount({ ...range }) }))
    .toSorted((a, b) => a.size - b.size);
  let ids: readonly string[] | undefined;
  for (const { range } of ranges) {
    const here = [...idsIn(database.getKeys({ ...range }))];
    const known = ids === undefined ? undefined : new Set(here);
    ids = ids === undefined ? here : ids.filter((id) => known?.has(id) === true);
    if (ids.length === 0) break;
  }
  return ids ?? [];
};
