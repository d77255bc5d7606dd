import type { Filter, Query } from '../../../ports/read-models.js';

/** More shapes than the program has queries. */
const MOST_SHAPES = 1_000;

const withoutValues = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.every((each) => typeof each === 'object' && each !== null) ? part.map(withoutValues) : ['?'];
  if (typeof part !== 'object' || part === null) return '?';
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withoutValues(value)]));
};

/** What a query compares and sorts by, without the values: whoever reads the log learns nothing of what people look for. */
export const shapeOf = (collection: string, { filter = {}, sort = {} }: { readonly filter?: Filter; readonly sort?: Query['sort'] }): string =>
  JSON.stringify({ collection, filter: withoutValues(filter), sort });

/** Passes on each message once. */
export const oncePerShape = (tell: (message: string) => void): ((message: string) => void) => {
  const told = new Set<string>();
  return (message) => {
    if (told.has(message) || told.size >= MOST_SHAPES) return;
    told.add(message);
    tell(message);
  };
};
