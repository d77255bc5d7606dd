import type { Document, Filter, Query, Scalar } from '../../src/ports/read-models.js';

/** The query language once more, written down as plainly as can be: what every adapter's answers are compared with. */
type Fields = Readonly<Record<string, unknown>>;

const lookUp = (document: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Fields | undefined)?.[part], document);

const rank = (value: unknown): number => {
  if (Array.isArray(value)) return 0;
  if (value === undefined || value === null) return 1;
  return 2 + ['number', 'string', 'object', 'boolean'].indexOf(typeof value);
};

const codePoints = (text: string): readonly number[] => [...text].map((character) => character.codePointAt(0) ?? 0);

const compareText = (left: string, right: string): number => {
  const [a, b] = [codePoints(left), codePoints(right)];
  const place = a.findIndex((point, index) => point !== b[index]);
  return place < 0 ? a.length - b.length : (a[place] ?? 0) - (b[place] ?? -1);
};

const compare = (left: unknown, right: unknown): number => {
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  if (typeof left === 'string') return compareText(left, String(right));
  return rank(left) < 2 ? 0 : Number(left) - Number(right);
};

const some = (value: unknown, test: (value: unknown) => boolean): boolean => (Array.isArray(value) ? value.some(test) : test(value));

const same = (value: unknown, expected: Scalar): boolean => (value ?? null) === expected;

const inOrder = (value: unknown, expected: Scalar, holds: (order: number) => boolean): boolean =>
  some(value, (one) => rank(one) === rank(expected) && holds(compare(one, expected)) && (expected !== null || holds(0)));

const holds = (value: unknown, operator: string, expected: Scalar & (readonly Scalar[])): boolean => {
  switch (operator) {
    case '$eq':
      return some(value, (one) => same(one, expected));
    case '$ne':
      return !some(value, (one) => same(one, expected));
    case '$in':
      return some(value, (one) => expected.some((each) => same(one, each)));
    case '$nin':
      return !some(value, (one) => expected.some((each) => same(one, each)));
    case '$gt':
      return inOrder(value, expected, (order) => order > 0);
    case '$gte':
      return inOrder(value, expected, (order) => order >= 0);
    case '$lt':
      return inOrder(value, expected, (order) => order < 0);
    case '$lte':
      return inOrder(value, expected, (order) => order <= 0);
    default:
      return (value !== undefined) === Boolean(expected);
  }
};

const withoutSpaces = /^[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

const plain = (text: string): string => {
  const bare = [...text.normalize('NFKD').toUpperCase().toLowerCase()].filter(
    (character) => !/^\p{M}$/u.test(character) || !/^[\p{Script=Inherited}\p{Script=Hebrew}]$/u.test(character) || '\u3099\u309a'.includes(character),
  );
  const typed: Readonly<Record<string, string>> = { ł: 'l', đ: 'd', ø: 'o', æ: 'ae', œ: 'oe', ς: 'σ' };
  return [...bare.join('').normalize('NFC')].map((character) => typed[character] ?? character).join('');
};

/** Runs of letters, and where it changes from a script with spaces to one without. */
const runs = (text: unknown): readonly (readonly string[])[] => {
  const found: string[][] = [];
  let last = '';
  for (const character of plain(typeof text === 'string' ? text : '')) {
    const kind = !/^[\p{L}\p{N}\p{M}]$/u.test(character) ? 'none' : withoutSpaces.test(character) ? 'without spaces' : 'with spaces';
    if (kind !== 'none' && kind === last) found.at(-1)?.push(character);
    else if (kind !== 'none') found.push([character]);
    last = kind;
  }
  return found;
};

const pairs = (run: readonly string[]): readonly string[] => run.slice(1).map((character, place) => `${run[place]}${character}`);

const words = (text: unknown): readonly string[] =>
  runs(text).flatMap((run) => (withoutSpaces.test(run[0] ?? '') ? [...run, ...pairs(run)] : [run.join('')]));

const wanted = (search: string): readonly string[] =>
  runs(search).flatMap((run) => (withoutSpaces.test(run[0] ?? '') && run.length > 1 ? pairs(run) : [run.join('')]));

const found = (document: object, search: string, fields: readonly string[]): boolean => {
  const known = fields.flatMap((field) => [lookUp(document, field)].flat().flatMap(words));
  return wanted(search).length > 0 && wanted(search).every((word) => known.includes(word));
};

export const matches = (document: object, filter: Filter, text: readonly string[]): boolean =>
  Object.entries(filter).every(([key, condition]) => {
    if (key === '$and') return (filter.$and ?? []).every((part) => matches(document, part, text));
    if (key === '$or') return (filter.$or ?? []).some((part) => matches(document, part, text));
    if (key === '$text') return found(document, filter.$text?.$search ?? '', text);
    const operators = typeof condition === 'object' && condition !== null ? condition : { $eq: condition };
    return Object.entries(operators).every(([operator, expected]) => holds(lookUp(document, key), operator, expected as never));
  });

const sortKey = (document: object, path: string, direction: number): unknown => {
  const value = lookUp(document, path);
  if (!Array.isArray(value) || value.length === 0) return value;
  return value.toSorted((a, b) => compare(a, b) * direction)[0];
};

export const answer = (documents: readonly Document[], query: Query, text: readonly string[]): readonly Document[] => {
  const sort = [...Object.entries(query.sort ?? {}), ['id', 1] as const];
  const ordered = documents
    .filter((document) => matches(document, query.filter ?? {}, text))
    .toSorted((left, right) => {
      for (const [field, direction] of sort) {
        const order = compare(sortKey(left, field, direction), sortKey(right, field, direction)) * direction;
        if (order !== 0) return order;
      }
      return 0;
    });
  const skip = query.skip ?? 0;
  return ordered.slice(skip, skip + (query.limit ?? Infinity));
};
