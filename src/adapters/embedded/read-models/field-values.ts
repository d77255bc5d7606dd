import type { SortDirection } from '../../../ports/read-models.js';
import { compareValues, EMPTY_ARRAY } from './compare.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const splitPaths = new Map<string, readonly string[]>();

const partsOf = (path: string): readonly string[] => {
  const known = splitPaths.get(path);
  if (known !== undefined) return known;
  const parts = path.split('.');
  splitPaths.set(path, parts);
  return parts;
};

const at = (value: unknown, parts: readonly string[], from: number): unknown => {
  let current = value;
  for (let i = from; i < parts.length; i += 1) {
    if (Array.isArray(current)) {
      return current.flatMap((element: unknown): unknown => (isObject(element) ? at(element, parts, i) : []));
    }
    const part = parts[i];
    if (!isObject(current) || part === undefined || !Object.hasOwn(current, part)) return undefined;
    current = current[part];
  }
  return current;
};

/** The value of a dotted path; an array on the way gives the array of its elements' values. */
export const valueAt = (document: object, path: string): unknown => at(document, partsOf(path), 0);

/** The value that a document is sorted by: the smallest element of an array, or the largest when descending. */
export const sortValue = (value: unknown, direction: SortDirection): unknown => {
  if (!Array.isArray(value)) return value;
  const elements: readonly unknown[] = value;
  return elements.reduce(
    (chosen, element) =>
      chosen === EMPTY_ARRAY || compareValues(element, chosen) * direction < 0 ? element : chosen,
    EMPTY_ARRAY as unknown,
  );
};
