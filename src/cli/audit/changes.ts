export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** As RFC 6902 names them; `was` is what is replaced or removed. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly was?: Json;
  readonly value?: Json;
}

/** What a value is when it is printed: maps and decimals as they print themselves, sets in the order of their texts. */
export const printable = (value: unknown): Json => {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Map) return Object.fromEntries([...inner].map(([key, one]: [unknown, unknown]) => [String(key), one]));
    if (inner instanceof Set) return [...inner].map((one: unknown) => printable(one)).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return typeof inner === 'bigint' ? inner.toString() : inner;
  });
  return text === undefined ? null : (JSON.parse(text) as Json);
};

type Fields = { readonly [name: string]: Json };

const isFields = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const asFields = (value: Json): Fields | undefined => (Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : isFields(value) ? value : undefined);

/** What makes the first value the second one, in the order of the fields' names; items of lists are compared by their places. */
export const changesBetween = (before: Json, after: Json, path = ''): readonly Change[] => {
  const [one, other] = [asFields(before), asFields(after)];
  if (one === undefined || other === undefined || Array.isArray(before) !== Array.isArray(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ op: 'replace', path, was: before, value: after }];
  }
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  if (!Array.isArray(before)) names.sort();
  return names.flatMap((name): readonly Change[] => {
    const [was, value] = [Object.hasOwn(one, name) ? one[name] : undefined, Object.hasOwn(other, name) ? other[name] : undefined];
    const at = `${path}/${escaped(name)}`;
    if (was !== undefined && value !== undefined) return changesBetween(was, value, at);
    if (value !== undefined) return [{ op: 'add', path: at, value }];
    return was === undefined ? [] : [{ op: 'remove', path: at, was }];
  });
};

const LONGEST = 200;

const shown = (value: Json | undefined, secrets: ReadonlySet<string>): string => {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' && secrets.has(inner) ? '[secret]' : inner)) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

/** One line for a change; texts that are secrets are not printed. */
export const sentenceOf = ({ op, path, was, value }: Change, secrets: ReadonlySet<string>): string => {
  const place = path === '' ? '/' : path;
  if (op === 'add') return `add ${place} ${shown(value, secrets)}`;
  return op === 'remove' ? `remove ${place} ${shown(was, secrets)}` : `replace ${place} ${shown(was, secrets)} -> ${shown(value, secrets)}`;
};
