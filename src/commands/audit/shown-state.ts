import { isStateMap } from '../../domain/kernel/packed-map.js';

/** What is shown of a state: JSON, and whether it is all of it. */
export interface Shown {
  readonly value: unknown;
  readonly truncated: boolean;
}

/** The entries of what has named parts; undefined: it has none. Sorted, since a map has an order of its own. */
export const partsOf = (value: unknown): readonly (readonly [string, unknown])[] | undefined => {
  if (isStateMap(value)) return [...value.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  if (Array.isArray(value)) return value.map((item: unknown, index) => [String(index), item] as const);
  if (typeof value !== 'object' || value === null || value instanceof Date) return undefined;
  if (value instanceof Map) return [...value].map(([key, item]) => [String(key), item] as const);
  if (value instanceof Set) return [...value].map((item: unknown, index) => [String(index), item] as const);
  return Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
};

const isList = (value: unknown): boolean => Array.isArray(value) || value instanceof Set;

const scalar = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? value.toISOString() : (value ?? null);
};

/** Shows at most `budget` values of a state; what is left out is the end of its longest parts. */
export const shownState = (state: unknown, budget: number): Shown => {
  let left = budget;
  let truncated = false;
  const show = (value: unknown): unknown => {
    left -= 1;
    const parts = partsOf(value);
    if (parts === undefined) return scalar(value);
    const shown: [string, unknown][] = [];
    for (const [name, item] of parts) {
      if (left <= 0) {
        truncated = true;
        break;
      }
      shown.push([name, show(item)]);
    }
    return isList(value) ? shown.map(([, item]) => item) : Object.fromEntries(shown);
  };
  const value = show(state);
  return { value, truncated };
};
